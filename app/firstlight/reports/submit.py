# SPDX-License-Identifier: Apache-2.0
"""From draft to outbox and back: checks, the payload, revisions.

Every queueing takes a new revision, whatever became of the one before: so no two contents ever share a name at the hub.
"""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from firstlight.reports import rows
from firstlight.reports.errors import Incomplete, NotEditable, TooLate, Unreviewed
from firstlight.reports.report import Draft, Local, Outgoing
from firstlight.store.db import Database, Tx
from firstlight.store.points import reached
from firstlight.sync.backoff import UNDO_MS
from firstlight.sync.entry import OpKind, OpState
from firstlight.sync.outbox import Outbox

MOST_TITLE, MOST_TEXT = 200, 20_000
_SKEW_WORTH_TELLING_MS = 60_000


def check(db: Database, draft: Draft) -> None:
    """Raises NotEditable, Incomplete or Unreviewed: everything that the tester can mend before it is queued."""
    if draft.state != Local.DRAFT:
        raise NotEditable(id=draft.id, state=draft.state)
    missing = [name for name, ok in (("account", draft.account_id is not None), ("title", bool(draft.title.strip()))) if not ok]
    if len(draft.title.strip()) > MOST_TITLE:
        missing.append("title")
    missing += [name for name in ("text", "steps") if len(getattr(draft, name)) > MOST_TEXT]
    if draft.account_id is not None and not _programme(db, draft):
        missing.append("programme")
    if missing:
        raise Incomplete(id=draft.id, fields=tuple(dict.fromkeys(missing)))
    unseen = [a for a in draft.attachments if a.needs_review]
    if unseen:
        raise Unreviewed(id=draft.id, names=tuple(a.name for a in unseen), positions=tuple(a.pos for a in unseen))


def words_of(db: Database, draft: Draft, files: tuple[Outgoing, ...]) -> Outgoing:
    """The words as they leave, for the review: what the hub gets apart from the files."""
    body = json.dumps(_put(db, draft, files, rev=draft.rev + 1), ensure_ascii=False, indent=1)
    seen = _private_in("\n".join((draft.title, draft.text, draft.steps)))
    return Outgoing(-1, "", len(body.encode()), "application/json", "words", body=body, seen=seen)


def _private_in(words: str) -> int:
    """How many details the rules for logs find: many a log is pasted into a report's words."""
    from firstlight.redact import engines  # noqa: PLC0415  # heavy: not before the first paint
    from firstlight.redact.kinds import DEFAULT_OFF  # noqa: PLC0415  # as above
    from firstlight.redact.scan import Scanner  # noqa: PLC0415  # as above

    text = words.encode("utf-8", "replace")
    found = {(kind, text[start:end]) for start, end, kind, _ in Scanner(engines.choose("re")).findings(text) if kind not in DEFAULT_OFF}
    return len(found)


def queue(db: Database, outbox: Outbox, draft: Draft, files: tuple[Outgoing, ...], *, undo_ms: int = UNDO_MS) -> bool:
    """Report, op and blobs in one transaction; False when the draft changed while its files were made."""
    payload = _payload(db, draft, files)
    not_before = outbox.now_ms() + undo_ms
    with db.write() as tx:
        current = rows.read(tx, draft.id)
        if current != draft:
            return False
        outbox.add(
            tx,
            _account(draft),
            OpKind.REPORT,
            draft.id,
            payload,
            about=draft.id,
            needs={file.sha256: file.name for file in files},
            not_before_ms=not_before,
        )
        outbox.set_travel(tx, _account(draft), rows.travel_of(tx, draft.id))
        tx.execute(
            "UPDATE report SET state = 'queued', rev = rev + 1, queued_ms = ? WHERE id = ?",
            (outbox.now_ms(), draft.id),
        )
        reached("report.queued")
    return True


def take_back(db: Database, outbox: Outbox, id: str) -> Draft:
    """The report is a draft again and was never sent; TooLate otherwise."""
    with db.write() as tx:
        draft = rows.read(tx, id)
        if draft.state != Local.QUEUED:
            raise TooLate(id=id)
        take_back_op(tx, outbox, _account(draft), OpKind.REPORT, id)
        tx.execute("UPDATE report SET state = 'draft', queued_ms = 0 WHERE id = ?", (id,))
        return rows.read(tx, id)


def take_back_op(tx: Tx, outbox: Outbox, account_id: int, kind: OpKind, subject: str) -> None:
    """Remove an op that cannot have left yet; TooLate otherwise."""
    op = outbox.find(tx, account_id, kind, subject)
    if op is None or not op.can_take_back(outbox.now_ms()):
        raise TooLate(id=subject)
    outbox.remove(tx, op)


def edit(db: Database, outbox: Outbox, id: str) -> Draft:
    """Hold its op and make it a draft; what is on its way stays the older revision."""
    with db.write() as tx:
        draft = rows.read(tx, id)
        if draft.state == Local.DISCARDED:
            raise NotEditable(id=id, state=draft.state)
        if draft.state != Local.DRAFT:
            _hold(tx, outbox, draft)
            tx.execute("UPDATE report SET state = 'draft' WHERE id = ?", (id,))
        return rows.read(tx, id)


def send_again(db: Database, outbox: Outbox, id: str) -> Draft:
    """A refused report goes once more as it is: whatever the hub minded was mended elsewhere."""
    with db.write() as tx:
        draft = rows.read(tx, id)
        op = outbox.find(tx, draft.account_id, OpKind.REPORT, id) if draft.account_id is not None else None
        if draft.state != Local.NEEDS_YOU or op is None:
            raise NotEditable(id=id, state=draft.state)
        outbox.retry(tx, op)
        tx.execute("UPDATE report SET state = 'queued' WHERE id = ?", (id,))
        return rows.read(tx, id)


def as_answer(db: Database, outbox: Outbox, id: str) -> str:
    """The hub takes no newer revision of a closed report: send its words as an answer instead. Files stay here."""
    with db.write() as tx:
        draft = rows.read(tx, id)
        if draft.state not in (Local.NEEDS_YOU, Local.DRAFT) or not draft.sent_rev:
            raise NotEditable(id=id, state=draft.state)
        op = outbox.find(tx, _account(draft), OpKind.REPORT, id)
        if op:
            outbox.remove(tx, op)
        words = "\n\n".join(part for part in (draft.title, draft.text, draft.steps) if part.strip())
        comment = _comment(tx, outbox, _account(draft), id, words, "")
        tx.execute("UPDATE report SET state = 'delivered' WHERE id = ?", (id,))
    return comment


def discard(db: Database, outbox: Outbox, id: str, now: float) -> Draft:
    """Only what the hub does not have can be thrown away."""
    with db.write() as tx:
        draft = rows.read(tx, id)
        if draft.sent_rev or draft.state in (Local.DELIVERED, Local.DISCARDED):
            raise NotEditable(id=id, state=draft.state)
        _hold(tx, outbox, draft)
        tx.execute("UPDATE report SET was = state, state = 'discarded', changed_ms = ? WHERE id = ?", (rows.ms(now), id))
        return rows.read(tx, id)


def restore(db: Database, outbox: Outbox, id: str) -> Draft:
    """As it was before `discard`; what was queued goes on, what the hub had refused is a draft."""
    with db.write() as tx:
        draft = rows.read(tx, id)
        if draft.state != Local.DISCARDED:
            return draft
        op = outbox.find(tx, draft.account_id, OpKind.REPORT, id) if draft.account_id is not None else None
        was = tx.execute("SELECT was FROM report WHERE id = ?", (id,)).fetchone()["was"]
        state = Local.QUEUED if was == Local.QUEUED and op else Local.DRAFT
        if op and state == Local.QUEUED:
            outbox.release(tx, op)
            if op.state == OpState.DONE:
                state = Local.DELIVERED
        tx.execute("UPDATE report SET state = ?, was = '' WHERE id = ?", (state, id))
        return rows.read(tx, id)


def answer(db: Database, outbox: Outbox, account_id: int, id: str, text: str, verdict: str) -> str:
    """A comment in the outbox, under a name of its own."""
    if not text and not verdict:
        raise Incomplete(id=id, fields=("text",))
    with db.write() as tx:
        if not _is_at_hub(tx, account_id, id):
            raise NotEditable(id=id, state="not at the hub")
        return _comment(tx, outbox, account_id, id, text, verdict)


def _is_at_hub(tx: Tx, account_id: int, id: str) -> bool:
    told = tx.execute("SELECT 1 FROM inbox WHERE account_id = ? AND kind = 'report' AND key = ?", (account_id, id)).fetchone()
    return told is not None or tx.execute("SELECT 1 FROM report WHERE id = ? AND sent_rev > 0", (id,)).fetchone() is not None


def take_back_answer(tx: Tx, outbox: Outbox, account_id: int, comment: str) -> None:
    """Undo `answer`, with what was too long for its first comment; TooLate."""
    take_back_op(tx, outbox, account_id, OpKind.COMMENT, comment)
    number = 1
    while outbox.find(tx, account_id, OpKind.COMMENT, more := _further(comment, number)) is not None:
        take_back_op(tx, outbox, account_id, OpKind.COMMENT, more)
        number += 1


def _comment(tx: Tx, outbox: Outbox, account_id: int, id: str, text: str, verdict: str) -> str:
    """As many comments as the hub wants for so many words, in their order; the name of the first."""
    comment = str(uuid.uuid4())
    not_before = outbox.now_ms() + UNDO_MS
    for number, at in enumerate(range(0, max(1, len(text)), MOST_TEXT)):
        said = {"report": id, "text": text[at : at + MOST_TEXT], "verdict": "" if number else verdict}
        payload, name = json.dumps(said, ensure_ascii=False), _further(comment, number) if number else comment
        outbox.add(tx, account_id, OpKind.COMMENT, name, payload, about=id, not_before_ms=not_before)
    return comment


def _further(comment: str, number: int) -> str:
    """The name of the comment that goes on where the one before was full."""
    return str(uuid.uuid5(uuid.UUID(comment), str(number)))


def _hold(tx: Tx, outbox: Outbox, draft: Draft) -> None:
    if draft.account_id is None:
        return
    op = outbox.find(tx, draft.account_id, OpKind.REPORT, draft.id)
    if op:
        outbox.hold(tx, op)


def _account(draft: Draft) -> int:
    if draft.account_id is None:
        raise Incomplete(id=draft.id, fields=("account",))
    return draft.account_id


def _programme(db: Database, draft: Draft) -> str:
    """The draft's programme, else the first one that its account is in."""
    if draft.programme:
        return draft.programme
    me = _account_row(db, draft).get("me_json")
    enrolments = json.loads(me).get("enrolments", []) if me else []
    return str(enrolments[0]["programme"]["slug"]) if enrolments else ""


def _account_row(db: Database, draft: Draft) -> dict[str, Any]:
    with db.read() as tx:
        row = tx.execute("SELECT * FROM account WHERE id = ?", (draft.account_id,)).fetchone()
    return dict(row) if row else {}


def _put(db: Database, draft: Draft, files: tuple[Outgoing, ...], *, rev: int) -> dict[str, Any]:
    """The fields of contract's ReportPut."""
    skew_ms = int(_account_row(db, draft).get("skew_ms") or 0)
    environment = dict(draft.environment)
    if abs(skew_ms) > _SKEW_WORTH_TELLING_MS:
        environment["clock_skew_ms"] = str(skew_ms)
    return {
        "programme": _programme(db, draft),
        "rev": rev,
        "kind": draft.kind,
        "title": draft.title.strip(),
        "text": draft.text,
        "steps": draft.steps,
        "often": draft.often,
        "severity": draft.severity,
        "device": draft.device or None,
        "device_model": draft.device_model,
        "build": draft.build,
        "guide_step": draft.guide_step,
        "captured_at": datetime.fromtimestamp(draft.captured_at, UTC).isoformat(),
        "environment": environment,
        "attachments": [
            {"sha256": f.sha256, "name": f.name, "size": f.size, "media": f.media, "role": f.purpose, "hidden": f.hidden} for f in files
        ],
    }


def _payload(db: Database, draft: Draft, files: tuple[Outgoing, ...]) -> str:
    """JSON of the request, checked against the contract before it is kept."""
    from pydantic import ValidationError  # noqa: PLC0415  # heavy: not before the first paint

    from firstlight_contract.reports import ReportPut  # noqa: PLC0415  # heavy: not before the first paint

    try:
        return ReportPut.model_validate(_put(db, draft, files, rev=draft.rev + 1)).model_dump_json()
    except ValidationError as error:
        raise Incomplete(id=draft.id, fields=tuple(dict.fromkeys(str(e["loc"][0]) for e in error.errors()))) from error
