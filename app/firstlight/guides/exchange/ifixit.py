# SPDX-License-Identifier: Apache-2.0
"""iFixit -> guides: answers of its API (version 2: a guide, a list of guides) and dumps with one guide a line, as MyFixit's.

Their content is CC BY-NC-SA: it is read at the tester's side and stays there. Pictures are on the web; nothing is fetched, each is named.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from firstlight.guides.exchange import assembly
from firstlight.guides.exchange.draft import Draft, Fate, Imported, clean, many, numbered, sentences, slug, split_step, title

_MAX_LINE = 8 << 20
_MAX_FILE = 256 << 20
_MAX_GUIDES = 20_000
_USED = frozenset(
    """guideid title category subject type difficulty time_required time_required_min time_required_max summary introduction_raw
    introduction_rendered conclusion_raw conclusion_rendered author image tools parts prerequisites documents flags steps url
    locale""".split()  # noqa: SIM905  names in a block are easier to compare with the API's page
)
_NOT_CONTENT = frozenset(
    """public revisionid modified_date prereq_modified_date created_date published_date completed favorited comments can_edit
    userid langid datatype featured_documentid featured_document_embed_url featured_document_thumbnail_url intro_video_url
    patrol_threshold editors licensing translations archived username image_id dimensions""".split()  # noqa: SIM905  as above
)
"""Fields about the page and its visitors, not about the work."""


def read(path: Path, found: Imported) -> None:
    """All guides of one file; what is wrong with it becomes a remark."""
    try:
        if path.stat().st_size > _MAX_FILE:
            raise ValueError(f"larger than {_MAX_FILE >> 20} MiB")
        for number, guide in _guides(path):
            if number > _MAX_GUIDES:
                raise ValueError(f"more than {_MAX_GUIDES} guides")
            if "Steps" in guide or "Guidid" in guide:
                _Dumped(path.name, f"line {number}", guide, found).make()
            elif "steps" in guide:
                _Answered(path.name, str(guide.get("guideid", number)), guide, found).make()
            else:
                found.remark(path.name, f"item {number}", ", ".join(map(str, list(guide)[:6])), Fate.UNMAPPED, "no guide: it has no steps")
    except (OSError, ValueError, RecursionError) as error:
        found.remark(path.name, "", path.name, Fate.UNMAPPED, f"cannot be read: {error}")


def _guides(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Guides of a file, whichever of the shapes it has."""
    with path.open(encoding="utf-8", errors="strict") as file:
        first = file.readline(_MAX_LINE + 1)
        rest = file.read(1)
        if rest and _is_whole(first):
            file.seek(0)
            for number, line in enumerate(iter(lambda: file.readline(_MAX_LINE + 1), ""), 1):
                if len(line) > _MAX_LINE:
                    raise ValueError(f"line {number} is larger than {_MAX_LINE >> 20} MiB")
                if line.strip():
                    yield number, _as_guide(json.loads(line))
            return
        file.seek(0)
        data = json.load(file)
    for number, item in enumerate(data if isinstance(data, list) else [data], 1):
        yield number, _as_guide(item)


def _is_whole(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _as_guide(item: object) -> dict[str, Any]:
    if isinstance(item, dict) and isinstance(item.get("guide"), dict):
        item = item["guide"]
    if not isinstance(item, dict):
        raise ValueError("not a guide")
    return item


def _maps(raw: object) -> list[Mapping[str, Any]]:
    return [x for x in raw if isinstance(x, Mapping)] if isinstance(raw, list) else []


class _Reading:
    """What both shapes share."""

    def __init__(self, source: str, where: str, guide: Mapping[str, Any], found: Imported) -> None:
        self._source, self._where, self._guide, self._found = source, where, guide, found

    def _lost(self, where: str, what: object, why: str, fate: Fate = Fate.UNMAPPED) -> None:
        self._found.remark(self._source, f"{self._where}: {where}", str(what), fate, why)

    def _said(self, raw: object, where: str, bullet: str = "", level: int = 0) -> list[dict[str, Any]]:
        text, lost = assembly.unwiki(raw if isinstance(raw, str) else "")
        for item in lost:
            self._lost(where, item, "guides have words and still pictures")
        return assembly.lines(text, bullet, level)

    def _picture(self, url: object, where: str) -> None:
        self._found.items += 1
        self._lost(where, url, "it is on the web, and nothing is fetched", Fate.MISSING)

    def _finish(self, data: dict[str, Any], steps: list[dict[str, Any]]) -> None:
        data["steps"] = numbered([part for step in steps for part in split_step(step)]) or [{"id": "empty", "title": "Nothing to do"}]
        self._found.items += 1
        self._found.add(Draft(data["id"], data), self._source)


class _Answered(_Reading):
    """A guide as the API answers."""

    def make(self) -> None:
        """Into `found`."""
        g = self._guide
        head = title(g.get("title"), "Guide")
        data: dict[str, Any] = {"guide": 1, "id": slug(head), "title": head, "kind": "assemble", "way": "hands"}
        for key in g:
            if key not in _USED and key not in _NOT_CONTENT and g[key] not in (None, "", [], {}):
                self._lost(str(key), str(g[key])[:80], "a guide has no such field")
        summary = sentences(clean(g.get("summary")))
        if summary:
            data["summary"] = summary[0]
        if clean(g.get("category")):
            data["for"] = {"device": [slug(g.get("category"))]}
        data |= self._care()
        author = g.get("author")
        name = clean(author.get("username")) if isinstance(author, Mapping) else ""
        data["source"] = {"author": name[:120], "licence": "CC BY-NC-SA 3.0"} | (
            {"url": g["url"]} if assembly.is_link(g.get("url")) else {}
        )
        for key, icon in (("tools", ""), ("parts", "nut")):
            rows = [
                {"name": x.get("text") or x.get("name") or "", **{k: str(x.get(k) or "") for k in ("quantity", "notes", "url")}}
                for x in _maps(g.get(key))
            ]
            self._found.items += len(rows)
            if rows:
                data[key] = assembly.things(rows, icon)[: 60 if key == "tools" else 200]
        if isinstance(g.get("image"), Mapping):
            self._picture(g["image"].get("original") or g["image"].get("standard"), "image")
        self._finish(data, [*self._before(), *self._steps(), *self._after()])

    def _care(self) -> dict[str, Any]:
        g, found = self._guide, dict[str, Any]()
        difficulty = clean(g.get("difficulty"))
        if difficulty:
            level = assembly.DIFFICULTIES.get(difficulty.lower())
            if level:
                found["difficulty"] = level
            else:
                self._lost("difficulty", difficulty, "none of the five words")
        seconds = [g.get("time_required_min"), g.get("time_required_max")]
        span = [min(max(s // 60, 1), 1440) for s in seconds if isinstance(s, int) and not isinstance(s, bool) and s > 0]
        span = sorted(set(span)) or assembly.minutes(clean(g.get("time_required")))
        if span:
            found["minutes"] = span
        elif clean(g.get("time_required")):
            self._lost("time_required", g.get("time_required"), "no length of time that can be read")
        return found

    def _before(self) -> list[dict[str, Any]]:
        g = self._guide
        say = self._said(g.get("introduction_raw"), "introduction")
        for flag in _maps(g.get("flags")):
            say += self._said(flag.get("text") or flag.get("title"), "flags", "icon_note")
        for needed in _maps(g.get("prerequisites")):
            name = title(needed.get("title"), "another guide")
            say += assembly.lines(f"Do this first: {name}", "icon_reminder", 0)
            self._lost("prerequisites", name, "a line before the first step", Fate.CHANGED)
        for document in _maps(g.get("documents")):
            name = clean(document.get("text") or document.get("title") or document.get("url"))
            say += assembly.lines(f"Document: {name}", "icon_note", 0)
            self._lost("documents", name, "a guide carries no documents; its name stands before the first step")
        return [{"id": "before", "title": "Before you begin", "say": say}] if say else []

    def _after(self) -> list[dict[str, Any]]:
        say = self._said(self._guide.get("conclusion_raw"), "conclusion")
        return [{"id": "after", "title": "At the end", "say": say}] if say else []

    def _steps(self) -> list[dict[str, Any]]:
        found = []
        ordered = sorted(_maps(self._guide.get("steps")), key=lambda s: s["orderby"] if isinstance(s.get("orderby"), int) else 0)
        for n, raw in enumerate(ordered, 1):
            say: list[dict[str, Any]] = []
            for line in _maps(raw.get("lines")):
                bullet, level = str(line.get("bullet", "black")), line.get("level")
                if bullet not in assembly.COLOURS and bullet not in assembly.TONES:
                    self._lost(f"step {n}", f"bullet {bullet}", "an unknown bullet; the words stay")
                say += self._said(line.get("text_raw"), f"step {n}", bullet, level if isinstance(level, int) else 0)
                self._found.items += 1
            self._media(raw.get("media"), n)
            comments = raw.get("comments")
            if isinstance(comments, list) and comments:
                self._lost(f"step {n}", f"{len(comments)} comments", "what visitors said is no part of the guide")
            found.append({"id": f"step-{n}", "title": title(raw.get("title"), f"Step {n}")} | ({"say": say} if say else {}))
        return found

    def _media(self, media: object, n: int) -> None:
        if not isinstance(media, Mapping):
            return
        if media.get("type") != "image":
            self._lost(f"step {n}", f"{media.get('type')}", "guides have still pictures only")
            return
        for image in _maps(media.get("data")):
            self._picture(image.get("original") or image.get("standard") or image.get("guid"), f"step {n}")
            if image.get("markup"):
                self._lost(f"step {n}", f"marks {str(image['markup'])[:80]}", "marks without their picture point at nothing")


class _Dumped(_Reading):
    """A guide as the dumps hold it: capitals, words only, `Text_raw` as they were written."""

    def make(self) -> None:
        """Into `found`."""
        g = self._guide
        head = title(g.get("Title"), "Guide")
        data: dict[str, Any] = {"guide": 1, "id": slug(head), "title": head, "kind": "assemble", "way": "hands"}
        if clean(g.get("Category")):
            data["for"] = {"device": [slug(g.get("Category"))]}
        data["source"] = {"licence": "CC BY-NC-SA 3.0"} | ({"url": g["Url"]} if assembly.is_link(g.get("Url")) else {})
        rows = [{"name": clean(t.get("Name")), "url": str(t.get("Url") or "")} for t in _maps(g.get("Toolbox"))]
        self._found.items += len(rows)
        if rows:
            data["tools"] = assembly.things(rows, "")[:60]
        for t in _maps(g.get("Toolbox")):
            if t.get("Url") and not assembly.is_link(t.get("Url")):
                self._lost("Toolbox", f"{t.get('Name')}: {t.get('Url')}", "no whole address of a page")
        if clean(g.get("Subject")):
            self._lost("Subject", g["Subject"], "it stands in the title", Fate.CHANGED)
        steps = []
        for n, raw in enumerate(_maps(g.get("Steps")), 1):
            text = (
                raw.get("Text_raw")
                if isinstance(raw.get("Text_raw"), str)
                else " ".join(str(x.get("Text", "")) for x in _maps(raw.get("Lines")))
            )
            say = self._said(text, f"step {n}")
            self._found.items += 1
            images = raw.get("Images")
            for url in images if isinstance(images, list) else []:
                self._picture(url, f"step {n}")
            names = [clean(x) for x in many(raw.get("Tools_extracted")) if isinstance(x, str) and x != "NA"]
            step: dict[str, Any] = {"id": f"step-{n}", "title": f"Step {n}"}
            if say:
                step["say"] = say
            if names:
                step["tools"] = [{"name": name[:160]} for name in names if name][:12]
            steps.append(step)
        self._finish(data, steps)
