# SPDX-License-Identifier: Apache-2.0
"""What a log looks like when it leaves: nothing planted in it, everything else as it was, the same from every engine."""

from __future__ import annotations

import gzip
import json
import random
import re
import time
import zipfile
from pathlib import Path

import pytest
import zstandard

from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.redact import engines
from firstlight.redact.errors import EngineMissing, NotText, TooMuch
from firstlight.redact.mask import redact, redact_files
from firstlight.redact.scan import PIECE
from firstlight.redact.survey import Together, survey, survey_file
from unit.redact import logs


def masked(folder: Path, data: bytes, choices=None, **more) -> tuple[bytes, object]:
    source, target = folder / "in.log", folder / "out.log"
    source.write_bytes(data)
    result = redact(source, target, choices, **more)
    return target.read_bytes(), result


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_nothing_planted_is_left_and_no_decoy_is_touched(tmp_path, seed):
    data, planted = logs.make(seed, 1500)
    out, result = masked(tmp_path, data)
    assert planted
    for kind, values in planted.items():
        assert values, kind
        left = [v for v in values if v.encode() in out]
        assert not left, kind
        assert kind in result.kinds
    both = zip(data.decode().splitlines(), out.decode().splitlines(), strict=True)
    decoys = [(before, after) for before, after in both if any(decoy in before for decoy in logs.DECOYS)]
    assert len(decoys) > 100
    assert [after for before, after in decoys if after != before] == []


@pytest.mark.parametrize("engine", [e for e in engines.NAMES if e != "re"])
def test_each_engine_gives_the_same_bytes(tmp_path, engine):
    if engine not in engines.installed():
        pytest.skip(f"{engine} is not installed here")
    data, _ = logs.make(21, 3000)
    assert masked(tmp_path, data, engine=engine)[0] == masked(tmp_path, data, engine="re")[0]


def test_an_engine_that_is_not_here_is_named(tmp_path):
    with pytest.raises(EngineMissing):
        masked(tmp_path, b"x\n", engine="nonesuch")


def test_lines_stay_lines_and_line_ends_stay_as_they_are(tmp_path):
    data = b"a 8c:5a:f1:09:2e:71\r\n\r\n\nuser wren@moss.example\nno end"
    out, result = masked(tmp_path, data)
    assert out == b"a [mac 1]\r\n\r\n\nuser [mail 1]\nno end"
    assert result.hidden == 2


def test_the_same_detail_has_the_same_number_in_any_spelling_also_before_it_was_recognised(tmp_path):
    data = (
        b"Moss-Attic-5G is near\nssid Moss-Attic-5G\npeer 8C:5A:F1:09:2E:71\nmac=8c5af1092e71\n"
        b"raw 8c5af1092e71 x\ndev_8C_5A_F1_09_2E_71\nother 8c:5a:f1:09:2e:72\n"
    )
    out, _ = masked(tmp_path, data)
    assert out == b"[wifi 1] is near\nssid [wifi 1]\npeer [mac 1]\nmac=[mac 1]\nraw [mac 1] x\ndev_[mac 1]\nother [mac 2]\n"


def test_kinds_can_stay_readable_values_be_restored_and_more_be_hidden(tmp_path):
    data = b"board R1E-004217 and R1E-004218\nuser a.b@c.example\nthe blue bicycle, a blue bicycle\nlan 192.168.31.4\n"
    assert b"R1E-004217" in masked(tmp_path, data, {"off_kinds": ["serial"]})[0]
    assert masked(tmp_path, data, {"off_kinds": []})[0].endswith(b"lan [home ip 1]\n")
    out, result = masked(tmp_path, data, {"restored": ["R1E-004217"], "extra": ["blue bicycle"]})
    assert out == b"board R1E-004217 and [serial 2]\nuser [mail 1]\nthe [hidden 1], a [hidden 1]\nlan 192.168.31.4\n"
    assert (result.found, result.hidden) == (6, 4)


def test_choices_that_make_no_sense_hide_more_never_less(tmp_path):
    data = b"user a.b@c.example\n"
    for choices in ({"off_kinds": "mail"}, {"off_kinds": [None, "nonesuch"]}, {"restored": [7]}, {"extra": {"x": 1}}):
        assert masked(tmp_path, data, choices)[0] == b"user [mail 1]\n"


def test_a_private_key_goes_line_by_line_also_behind_stamps(tmp_path):
    body = ["MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", "AbCdEf0123456789AbCdEf0123456789", "QkJC"]
    data = "\n".join(
        [
            "-----BEGIN RSA PRIVATE KEY-----",
            *(f"11-22 10:00 D/ssl: {line}" for line in body[:2]),
            "-----END RSA PRIVATE KEY-----",
            "after 12",
        ]
    )
    out, _ = masked(tmp_path, data.encode())
    assert not any(line.encode() in out for line in body[:2])
    assert out.endswith(b"after 12")
    assert out.count(b"\n") == data.count("\n")


def test_findings_name_the_bytes_of_the_input(tmp_path):
    data = "temp 5 °C, then a.b@c.example and 8c:5a:f1:09:2e:71\nx\nagain a.b@c.example\n".encode()
    out, _ = masked(tmp_path, data, findings=tmp_path / "f.jsonl")
    lines = data.splitlines()
    listed = [json.loads(line) for line in (tmp_path / "f.jsonl").read_text().splitlines()]
    assert [(f["line"], f["token"]) for f in listed] == [(1, "[mail 1]"), (1, "[mac 1]"), (3, "[mail 1]")]
    values = [lines[one["line"] - 1][one["start"] : one["end"]] for one in listed]
    assert values == [b"a.b@c.example", b"8c:5a:f1:09:2e:71", b"a.b@c.example"]
    assert b"a.b@c" not in out


def test_utf16_gzip_zstandard_and_zip_are_looked_into(tmp_path):
    text = "user wren@moss.example on Moss-Attic-5G\nssid Moss-Attic-5G\n"
    clean = "user [mail 1] on [wifi 1]\nssid [wifi 1]\n"
    assert masked(tmp_path, text.encode("utf-16"))[0].decode("utf-8").lstrip("\ufeff") == clean
    assert gzip.decompress(masked(tmp_path, gzip.compress(text.encode()))[0]).decode() == clean
    packed = masked(tmp_path, zstandard.compress(text.encode()))[0]
    assert zstandard.ZstdDecompressor().decompressobj().decompress(packed).decode() == clean


def test_a_bugreport_is_redacted_member_by_member_and_what_is_no_text_stays_out(tmp_path):
    source, target = tmp_path / "bugreport.zip", tmp_path / "out.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("main.txt", "user wren@moss.example\n")
        archive.writestr("FS/8c:5a:f1:09:2e:71/wifi.log.gz", gzip.compress(b"ssid Moss-Attic-5G\nwren@moss.example\n"))
        archive.writestr("shot.png", b"\x89PNG\r\n\x1a\n\0\0secret")
        archive.writestr("../../climbs.txt", "plain\n")
        archive.comment = b"wren@moss.example"
    redact(source, target)
    whole = b""
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        for name in names:
            member = archive.read(name)
            whole += name.encode() + (gzip.decompress(member) if name.endswith(".gz") else member)
    assert sorted(names) == ["FS/[mac 1]/wifi.log.gz", "climbs.txt", "left-out.txt", "main.txt"]
    assert b"shot.png" in whole
    assert b"[mail 1]" in whole
    for secret in (b"wren@", b"Moss-Attic", b"8c:5a", b"\0\0secret"):
        assert secret not in whole
        assert secret not in target.read_bytes()


def test_a_broken_or_encrypted_archive_leaves_nothing_behind(tmp_path):
    source, target = tmp_path / "a.zip", tmp_path / "out.zip"
    source.write_bytes(b"PK\x03\x04" + bytes(200))
    with pytest.raises(NotText):
        redact(source, target)
    source.write_bytes(gzip.compress(b"user a.b@c.example\n" * 999)[:-30])
    with pytest.raises(NotText):
        redact(source, target)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip"]


def test_a_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("firstlight.redact.containers.MOST_BYTES", 1 << 20)
    source, target = tmp_path / "b.gz", tmp_path / "out.gz"
    source.write_bytes(gzip.compress(b"all is well\n" * (1 << 20)))
    with pytest.raises(TooMuch):
        redact(source, target)
    assert not target.exists()


_R = random.Random(5)
HOSTILE = {
    "zeros and colons": b"0:" * 32_000,
    "hex pairs": b"aa:" * 22_000,
    "dots": b"1." * 32_000,
    "at signs": b"a@" * 32_000,
    "almost an address": b"a" * 60_000 + b"@" + b"b." * 2_000,
    "keys": b"password" * 8_000,
    "quotes": b'password="' + b"x" * 60_000,
    "nuls": b"\0" * 64_000,
    "broken utf-8": bytes(_R.choice(b"\xff\xc0\x80\xed\xa0aZ0 =:") for _ in range(64_000)),
    "noise": bytes(_R.randrange(256) for _ in range(64_000)),
    "colons": b"::" * 32_000,
    "tokens": b"eyJ" + b"a" * 30_000 + b"." + b"b" * 30_000,
    "digits": b"8" * 64_000,
    "plus": b"+1 " * 21_000,
    "dashes": b"-----BEGIN " * 6_000,
    "serials": b"serial: " * 8_000,
    "no line end": b"user=" + b"x" * (5 << 20),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_lines_cost_bounded_time_and_keep_their_count(tmp_path, name):
    data = HOSTILE[name] + b"\nuser a.b@c.example\n"
    started = time.process_time()
    out, _ = masked(tmp_path, data, engine="re")
    # Generous: what this catches is time that grows with the square, which would be minutes.
    assert time.process_time() - started < 10
    assert out.endswith(b"\nuser [mail 1]\n")
    assert out.count(b"\n") == data.count(b"\n")


def test_a_secret_at_the_seam_of_two_pieces_is_found(tmp_path):
    secret = b"wren.moss@moss.example"
    for shift in (0, 5, 11, 21):
        data = b"x" * 70 + b"\n"
        data = data * (4 * PIECE // len(data))
        data += b"y" * (4 * PIECE - len(data) - shift) + b" " + secret + b"\nend\n"
        out, _ = masked(tmp_path, data)
        assert out.endswith(b"y [mail 1]\nend\n")


def test_the_work_runs_in_a_process_of_its_own_and_can_be_stopped(tmp_path):
    source, target = tmp_path / "in.log", tmp_path / "out.log"
    source.write_bytes(b"user a.b@c.example\n")
    assert redact_files([(source, target, {})], [], Work()) == ([1], [])
    assert target.read_bytes() == b"user [mail 1]\n"
    data, _ = logs.make(3, 2000)
    source.write_bytes(data * 60)

    class Stopping(Work):
        def _said(self, progress):
            self.cancel()

    target.unlink()
    with pytest.raises(Cancelled):
        redact_files([(source, target, {})], [], Stopping())
    assert not target.exists()


def test_errors_of_the_process_come_back_as_they_are(tmp_path):
    source = tmp_path / "in.zip"
    source.write_bytes(b"PK\x03\x04" + bytes(200))
    with pytest.raises(NotText):
        redact_files([(source, tmp_path / "out.zip", {})], [], Work())


def test_a_survey_counts_and_shows_what_will_leave(tmp_path):
    source = tmp_path / "in.log"
    data, _ = logs.make(8, 400)
    source.write_bytes(data)
    choices = {"off_kinds": ["serial"]}
    seen = survey(source, choices, Together(), Work())
    target = tmp_path / "out.log"
    result = redact(source, target, choices)
    assert (seen.found, seen.hidden, seen.kinds, seen.line_count) == (result.found, result.hidden, result.kinds, 400)
    shown = "\n".join("".join(part.shown for part in line) for line in seen.lines) + "\n"
    assert shown.encode() == target.read_bytes()
    assert survey_file(source, choices, Together(), Work()) == seen


def test_a_survey_of_a_long_log_shows_its_beginning_and_counts_all(tmp_path, monkeypatch):
    monkeypatch.setattr("firstlight.redact.survey.MOST_LINES", 10)
    source = tmp_path / "in.log"
    source.write_bytes(b"".join(b"%d user a%d@b.example\n" % (i, i) for i in range(50)))
    seen = survey(source, {}, Together(), Work())
    assert (len(seen.lines), seen.line_count, seen.found, seen.is_whole) == (10, 50, 50, False)


def test_tokens_look_like_nothing_private(tmp_path):
    data, _ = logs.make(4, 800)
    out, _ = masked(tmp_path, data)
    again, result = masked(tmp_path, out)
    assert len(re.findall(rb"\[(?:mac|ip|mail) \d+\]", out)) > 50
    assert set(result.kinds) <= {"ip_private"}, again
    assert again == out


def test_the_same_detail_has_the_same_token_in_all_texts_of_a_report_and_what_one_teaches_is_hidden_in_each(tmp_path):
    first, second = tmp_path / "a.log", tmp_path / "b.log"
    first.write_bytes(b"near Moss-Attic-5G, peer 8c:5a:f1:09:2e:72\nblue bicycle\n")
    second.write_bytes(b"peer 8c:5a:f1:09:2e:71\nssid=Moss-Attic-5G\npeer 8c:5a:f1:09:2e:72\n")
    texts = [(first, tmp_path / "a.out", {"extra": ["bicycle"]}), (second, tmp_path / "b.out", {"off_kinds": ["wifi"]})]
    hidden, names = redact_files(texts, ["Moss-Attic-5G.log", "8c5af1092e71 of wren@moss.example.png", "plain.txt"], Work())
    assert (tmp_path / "a.out").read_bytes() == b"near [wifi 1], peer [mac 1]\nblue [hidden 1]\n"
    assert (tmp_path / "b.out").read_bytes() == b"peer [mac 2]\nssid=Moss-Attic-5G\npeer [mac 1]\n"
    assert hidden == [3, 2]
    assert names == ["wifi-1.log", "mac-2 of mail-1.png", "plain.txt"]
    seen = survey(first, {"extra": ["bicycle"]}, Together((first, second)), Work())
    assert "".join(part.shown for part in seen.lines[0]) == "near [wifi 1], peer [mac 1]"
    seen = survey(second, {}, Together((first, second)), Work())
    assert "".join(part.shown for part in seen.lines[0]) == "peer [mac 2]"


def test_without_texts_file_names_are_cleaned_all_the_same():
    assert redact_files([], ["wren@moss.example.png"], Work()) == ([], ["mail-1.png"])


@pytest.mark.parametrize("piece", [900, 9_000])
def test_what_comes_out_does_not_depend_on_how_the_text_is_cut(tmp_path, monkeypatch, piece):
    data, _ = logs.make(31, 2000)
    usual, result = masked(tmp_path, data)
    monkeypatch.setattr("firstlight.redact.scan.PIECE", piece)
    assert masked(tmp_path, data) == (usual, result)


def test_colours_of_a_terminal_split_no_value(tmp_path):
    data = b"password=\x1b[32mhunter22\x1b[0m\n\x1b[3mssid\x1b[0m\x1b[2m=\x1b[0mFernHill\n"
    data += b"mac 8c:5a:\x1b[1mf1\x1b[0m:09:2e:71\n\x1b]0;t\x07end\n"
    out, result = masked(tmp_path, data)
    assert out == b"password=[password 1]\nssid=[wifi 1]\nmac [mac 1]\nend\n"
    assert result.lines == 4


def test_a_line_without_end_is_not_cut_between_a_key_and_its_value(tmp_path):
    head = b"x" * ((4 << 20) - 14) + b" password: "
    assert masked(tmp_path, head + b"hunter22 end\n")[0] == head + b"[password 1] end\n"


def test_the_same_thing_in_another_spelling_has_the_same_token(tmp_path):
    data = b"wren@mail.example\n?to=wren%40mail.example&mac=8c%3A5a%3Af1%3A09%3A2e%3A71\n"
    data += b"hw 8c:5a:f1:09:2e:71\nIMEI: 352099001761481\n35 209900 176148 1\n"
    assert masked(tmp_path, data)[0] == b"[mail 1]\n?to=[mail 1]&mac=[mac 1]\nhw [mac 1]\nIMEI: [imei 1]\n[imei 1]\n"


def test_of_a_name_with_gaps_and_odd_signs_nothing_is_left(tmp_path):
    data = (
        b'<string name="SSID">&quot;Fern Hill&quot;</string>\n[wlan.ssid]: [Fern Hill]\n<b name="ssid">Fern Hill</b>\n'
        b'C:\\Users\\Wren Moss\\x\n"deviceName":"Wren\'s phone"\n'
        rb'"password":"ab\"cd ef"' + b"\noption ssid 'Wren'\\''s Net'\n"
    )
    out = masked(tmp_path, data)[0]
    assert not re.search(rb"Fern|Hill|Wren|Moss|phone|ab|cd|ef|Net", out), out
