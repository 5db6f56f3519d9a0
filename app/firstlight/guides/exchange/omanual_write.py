# SPDX-License-Identifier: Apache-2.0
"""A guide -> oManual 1.0: a zip with category.xml, a folder with guide.xml, and media/. What that format cannot say is named."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from firstlight.guides.document import picture
from firstlight.guides.exchange.draft import Fate, Imported
from firstlight_contract.guide_steps import Step
from firstlight_contract.guide_words import Line, Thing, Tone
from firstlight_contract.guides import Difficulty, Guide
from firstlight_contract.wire import words_in

_NAMESPACE = "http://omanual.com/"
_WORDS = {Difficulty.EASY: "Easy", Difficulty.MEDIUM: "Moderate", Difficulty.CAREFUL: "Difficult"}
_BULLETS = {Tone.NOTE: "icon_note", Tone.REMINDER: "icon_reminder", Tone.CAUTION: "icon_caution"}
_COLOURED = "ABCDEFGH"
_COLOURS = ("red", "orange", "yellow", "green", "light_blue", "blue", "violet", "black")
_DATED = (1980, 1, 1, 0, 0, 0)


def write(guide: Guide, folder: Path, target: Path, language: str = "en") -> Imported:
    """Write the package; the answer says what has no place in it. The same guide makes the same bytes."""
    told = Imported()
    media: dict[str, bytes] = {}
    xml = _Writer(guide, folder, language, told, media).text()
    category = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<category locale={quoteattr(language)} xmlns="{_NAMESPACE}">\n'
        f"   <category_info>{escape(_device(guide))}</category_info>\n   <guides>\n"
        f'      <guide id="1" type="installation"><title>{escape(words_in(guide.title, language))}</title>'
        f"<path>{guide.id}/guide.xml</path></guide>\n   </guides>\n</category>\n"
    )
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        files: dict[str, bytes] = {"category.xml": category.encode(), f"{guide.id}/guide.xml": xml.encode()}
        for name, data in (files | {f"media/{n}": d for n, d in media.items()}).items():
            archive.writestr(zipfile.ZipInfo(name, _DATED), data, zipfile.ZIP_DEFLATED)
    return told


def _device(guide: Guide) -> str:
    return guide.for_.device[0] if guide.for_.device else guide.id


class _Writer:
    """One guide.xml."""

    def __init__(self, guide: Guide, folder: Path, language: str, told: Imported, media: dict[str, bytes]) -> None:
        self._guide, self._folder, self._language, self._told, self._media = guide, folder, language, told, media

    def text(self) -> str:
        """The whole file."""
        g = self._guide
        for what, there in (
            ("ask", g.ask),
            ("files", g.files),
            ("people", g.people),
            ("rescue", g.rescue),
            ("prerequisites", g.prerequisites),
        ):
            if there:
                self._lost(what, f"{len(there)} entries", "oManual has words and pictures only")
        other = sorted(set(g.title) - {self._language, "en"})
        if other:
            self._lost("words", ", ".join(other), "a package is in one language")
        parts = [
            f'<guide locale={quoteattr(self._language)} xmlns="{_NAMESPACE}">',
            self._tag("title", self._said(g.title), ' type="installation"'),
        ]
        if g.summary:
            parts.append(self._tag("summary", self._said(g.summary)))
        if g.cover:
            parts += self._picture(g.cover, "cover", {})
        if g.source.author:
            parts.append(self._tag("author", g.source.author))
        if g.span:
            parts.append(self._tag("time_required", " - ".join(str(m) for m in g.span) + " minutes"))
        parts += [self._tag("difficulty", _WORDS[g.difficulty]), self._tag("category", _device(g))]
        parts += self._things("tools", "tool", self._all_tools())
        parts += self._things("parts", "part", [*g.parts, *(p for s in g.steps for p in s.parts)])
        parts.append("<steps>")
        for number, step in enumerate(g.steps):
            parts += self._step(number, step)
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join([*parts, "</steps>", "</guide>"]) + "\n"

    def _step(self, number: int, step: Step) -> list[str]:
        for key in ("gate", "do", "else_", "after", "undo", "timer", "timeout", "prove", "if_", "uses"):
            value = getattr(step, key)
            if value:
                count = f"{len(value)} of {key.rstrip('_')}" if isinstance(value, tuple) else key.rstrip("_")
                self._lost(f"steps.{step.id}", count, "oManual has no actions, conditions, timers or evidence")
        if step.tools:
            self._told.remark(self._guide.id, f"steps.{step.id}", "tools", Fate.CHANGED, "oManual lists tools for the whole guide")
        parts = [f"<step number={quoteattr(str(number))} title={quoteattr(self._said(step.title))}>", "<lines>"]
        parts += [self._line(line) for line in step.say]
        parts.append("</lines>")
        if step.show:
            parts.append('<media type="image">')
            for shown in step.show:
                if shown.marks and not shown.has_letters:
                    self._lost(
                        f"steps.{step.id}",
                        f"{len(shown.marks)} marks on {shown.img}",
                        "oManual ties a line to a picture by its colour alone",
                    )
                parts += self._picture(shown.img, f"steps.{step.id}", shown.alt)
            parts.append("</media>")
        return [*parts, "</step>"]

    def _line(self, line: Line) -> str:
        bullet = _BULLETS.get(line.tone) or (line.colour.value if line.colour else "")
        if not bullet:
            bullet = _COLOURS[_COLOURED.index(line.mark)] if line.mark else "black"
        words = " ".join(w for w in (self._said(line.strong), self._said(line.text)) if w)
        return f"<line bullet={quoteattr(bullet)} level={quoteattr(str(line.level))} text_raw={quoteattr(words)}>{escape(words)}</line>"

    def _all_tools(self) -> list[Thing]:
        """Of the guide and of its steps, each once."""
        found: dict[str, Thing] = {}
        for thing in (*self._guide.tools, *(t for s in self._guide.steps for t in s.tools)):
            found.setdefault(self._said(thing.name), thing)
        return list(found.values())

    def _things(self, outer: str, inner: str, things: list[Thing]) -> list[str]:
        rows = [
            f"<{inner} name={quoteattr(self._said(t.name))} quantity={quoteattr(str(t.qty))} notes={quoteattr(self._said(t.note))}"
            f' url={quoteattr(t.link or "")} thumbnail="" type=""/>'
            for t in things
        ]
        return [f"<{outer}>", *rows, f"</{outer}>"] if rows else []

    def _picture(self, name: str, where: str, alt: Mapping[str, str]) -> list[str]:
        path = picture(self._folder, name)
        if path is None:
            self._told.remark(self._guide.id, where, name, Fate.MISSING, "the picture is not beside the guide")
            return []
        self._media[name] = path.read_bytes()
        return [f"<image alt={quoteattr(self._said(alt))}>../media/{escape(name)}</image>"]

    def _tag(self, name: str, words: str, attributes: str = "") -> str:
        return f"<{name}{attributes}>{escape(words)}</{name}>"

    def _said(self, words: Mapping[str, str]) -> str:
        return words_in(dict(words), self._language) if words else ""

    def _lost(self, where: str, what: str, why: str) -> None:
        self._told.remark(self._guide.id, where, what, Fate.UNMAPPED, why)
