# SPDX-License-Identifier: Apache-2.0
"""oManual 1.0 -> guides: a zip (.omanual) of category.xml, folders with guide.xml, and media/; or one of these files alone.

The format is that of the oManual 1.0 schema. A zip of strangers is read in memory, member by member, each bounded; no path of it is used
to write anything.
"""

from __future__ import annotations

import lzma
import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import Any

from firstlight.guides.exchange import assembly
from firstlight.guides.exchange.draft import Draft, Fate, Imported, clean, numbered, sentences, slug, split_step, title
from firstlight.guides.exchange.plain_xml import MAX_XML, Node, XmlBad, parse

_MAX_MEMBERS = 5000
_MAX_ALL = 512 << 20
_TORN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, RuntimeError)
"""What the reader of packages raises for bytes that are none."""
_KNOWN = {
    "title", "summary", "image", "author", "time_required", "difficulty", "category", "introduction", "tools", "parts", "flags",
    "documents", "prerequisites", "steps", "conclusion", "dates", "url",
}  # fmt: skip


class Package:
    """Files of one source by their path inside it; `read` gives b"" for what is not there, is too large, or lies outside."""

    def __init__(self, path: Path) -> None:
        self._zip: zipfile.ZipFile | None = None
        self._folder: Path | None = None
        self._left = _MAX_ALL
        if zipfile.is_zipfile(path):
            self._zip = zipfile.ZipFile(path)
            infos = self._zip.infolist()
            if len(infos) > _MAX_MEMBERS:
                raise XmlBad(f"more than {_MAX_MEMBERS} files in it")
            self.names = [i.filename for i in infos if not i.is_dir()]
            self._sizes = {i.filename: i.file_size for i in infos}
        elif path.is_file() and path.suffix.lower() != ".xml":
            raise XmlBad("neither a whole package nor an XML file")
        else:
            self._folder = path.parent if path.is_file() else path
            self.names = [path.name] if path.is_file() else sorted(str(p.relative_to(path)) for p in path.rglob("*.xml"))[:_MAX_MEMBERS]

    def close(self) -> None:
        """Let go."""
        if self._zip:
            self._zip.close()

    def read(self, name: str, limit: int) -> bytes:
        """One file."""
        path = posixpath.normpath(name)
        if path.startswith(("/", "../")) or path == ".." or "\\" in path or ":" in path:
            return b""
        if self._zip:
            if path not in self._sizes or self._sizes[path] > min(limit, self._left):
                return b""
            try:
                with self._zip.open(path) as file:
                    data = file.read(limit + 1)
            except (OSError, *_TORN):
                return b""
        else:
            assert self._folder is not None
            try:
                real = (self._folder / path).resolve()
                if not real.is_relative_to(self._folder.resolve()) or not real.is_file():
                    return b""
                with real.open("rb") as stream:
                    data = stream.read(limit + 1)
            except OSError:
                return b""
        self._left -= len(data)
        return data if len(data) <= limit else b""


def read(path: Path, found: Imported) -> None:
    """All guides of one source; what is wrong with it becomes a remark."""
    try:
        package = Package(path)
    except (OSError, XmlBad, *_TORN) as error:
        found.remark(path.name, "", path.name, Fate.UNMAPPED, f"cannot be read: {error}")
        return
    try:
        _read(package, path.name, found)
    finally:
        package.close()


def _read(package: Package, source: str, found: Imported) -> None:
    guides = [n for n in package.names if posixpath.basename(n).lower().endswith(".xml")]
    listed: dict[str, str] = {}
    read = set()
    for name in sorted(guides, key=lambda n: posixpath.basename(n) != "category.xml"):
        try:
            root = parse(package.read(name, MAX_XML))
        except XmlBad as error:
            found.remark(source, name, name, Fate.UNMAPPED, f"not readable: {error}")
            continue
        if root.name == "category":
            listed |= _category(root, source, name, found)
        elif root.name == "guide":
            read.add(posixpath.normpath(name))
            _Guide(package, source, name, root, found).make()
        else:
            found.remark(source, name, root.name, Fate.UNMAPPED, "neither a guide nor a category")
    for path, words in listed.items():
        if path not in read:
            found.remark(source, path, words, Fate.MISSING, "the category lists it, the package does not hold it")


def _category(root: Node, source: str, name: str, found: Imported) -> dict[str, str]:
    found.items += 1
    for what in ("description", "image", "solutions"):
        words = clean(root.words(what))
        if words or root.one(what):
            found.remark(source, f"{name}: {what}", words[:80] or what, Fate.UNMAPPED, "a guide is not a page about a device")
    folder = posixpath.dirname(name)
    guides = root.one("guides")
    return {
        posixpath.normpath(posixpath.join(folder, g.words("path"))): g.words("title") or g.words("path")
        for g in (guides.all("guide") if guides else [])
        if g.words("path")
    }


class _Guide:
    """One guide.xml on its way."""

    def __init__(self, package: Package, source: str, name: str, root: Node, found: Imported) -> None:
        self._package, self._source, self._name, self._root, self._found = package, source, name, root, found
        self._folder = posixpath.dirname(name)
        self._files: dict[str, bytes] = {}
        self._names: dict[str, str] = {}

    def make(self) -> None:
        """Into `found`."""
        root, head = self._root, title(self._root.words("title"), "Guide")
        self._found.items += 1
        for child in root.children:
            if child.name not in _KNOWN:
                self._lost(child.name, child.name, "a guide has no such part")
        data: dict[str, Any] = {"guide": 1, "id": slug(head), "title": head, "kind": "assemble", "way": "hands"}
        summary = sentences(root.words("summary"))
        if summary:
            data["summary"] = summary[0]
            for more in summary[1:]:
                self._lost("summary", more, "a summary is one paragraph")
        category = clean(root.words("category"))
        if category:
            data["for"] = {"device": [slug(category)]}
        data |= self._care()
        author = clean(root.words("author"))[:120]
        data["source"] = {"author": author} if author else {}
        for key, icon in (("tools", ""), ("parts", "nut")):
            node = root.one(key)
            rows = [c.attributes | {"name": c.attributes.get("name") or "".join(c.every_word())} for c in (node.children if node else [])]
            self._found.items += len(rows)
            if rows:
                data[key] = assembly.things(rows, icon)[: 60 if key == "tools" else 200]
        cover = root.one("image")
        if cover:
            picture = self._picture(cover, "image")
            if picture:
                data["cover"] = picture["img"]
        steps = [*self._before(), *self._steps(), *self._after()]
        data["steps"] = numbered([part for step in steps for part in split_step(step)]) or [{"id": "empty", "title": "Nothing to do"}]
        if not data["source"]:
            del data["source"]
        self._found.add(Draft(data["id"], data, self._files), self._source)

    def _care(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        time, difficulty = clean(self._root.words("time_required")), clean(self._root.words("difficulty"))
        if time:
            span = assembly.minutes(time)
            if span:
                found["minutes"] = span
            else:
                self._lost("time_required", time, "no length of time that can be read")
        if difficulty:
            level = assembly.DIFFICULTIES.get(difficulty.lower())
            if level:
                found["difficulty"] = level
            else:
                self._lost("difficulty", difficulty, "none of the five words")
        return found

    def _before(self) -> list[dict[str, Any]]:
        """Introduction, flags, prerequisites and documents are a step of their own."""
        say: list[dict[str, Any]] = []
        introduction = self._root.one("introduction")
        if introduction:
            raw = (
                introduction.attributes.get("introduction_raw")
                or introduction.attributes.get("text_raw")
                or introduction_words(introduction)
            )
            text, lost = assembly.unwiki(raw)
            say += assembly.lines(text, "", 0)
            for item in lost:
                self._lost("introduction", item, "guides have words and still pictures")
        for flag in self._below("flags", "flag"):
            say += assembly.lines(clean("".join(flag.every_word())) or flag.attributes.get("title", ""), "icon_note", 0)
        for needed in self._below("prerequisites", "prerequisite"):
            name = title(needed.words("title"), "another guide")
            say += assembly.lines(f"Do this first: {name}", "icon_reminder", 0)
            self._found.remark(self._source, f"{self._name}: prerequisites", name, Fate.CHANGED, "a line before the first step")
        for document in self._below("documents", "document"):
            name = clean("".join(document.every_word()))
            say += assembly.lines(f"Document: {posixpath.basename(name)}", "icon_note", 0)
            self._lost("documents", name, "a guide carries no documents; its name stands before the first step")
        return [{"id": "before", "title": "Before you begin", "say": say}] if say else []

    def _steps(self) -> list[dict[str, Any]]:
        found = []
        for n, node in enumerate(self._below("steps", "step"), 1):
            step: dict[str, Any] = {"id": f"step-{n}", "title": title(node.attributes.get("title"), f"Step {n}")}
            say: list[dict[str, Any]] = []
            box = node.one("lines")
            for line in box.all("line") if box else []:
                raw = line.attributes.get("text_raw") or "".join(line.every_word())
                text, lost = assembly.unwiki(raw)
                bullet = line.attributes.get("bullet", "black")
                level = line.attributes.get("level", "0")
                if bullet not in assembly.COLOURS and bullet not in assembly.TONES:
                    self._lost(f"step {n}", f"bullet {bullet}", "an unknown bullet; the words stay")
                say += assembly.lines(text, bullet, int(level) if level in ("0", "1", "2") else 0)
                for item in lost:
                    self._lost(f"step {n}", item, "guides have words and still pictures")
                self._found.items += 1
            if say:
                step["say"] = say
            show = self._media(node, n)
            if show:
                step["show"] = show
            found.append(step)
        return found

    def _media(self, node: Node, n: int) -> list[dict[str, Any]]:
        media = node.one("media")
        show = []
        for item in media.children if media else []:
            self._found.items += 1
            if item.name != "image":
                self._lost(f"step {n}", f"{item.name} {clean(''.join(item.every_word()))[:120]}", "guides have still pictures only")
                continue
            picture = self._picture(item, f"step {n}")
            if picture:
                show.append(picture)
        return show

    def _after(self) -> list[dict[str, Any]]:
        node = self._root.one("conclusion")
        text, lost = assembly.unwiki(introduction_words(node)) if node else ("", [])
        for item in lost:
            self._lost("conclusion", item, "guides have words and still pictures")
        say = assembly.lines(text, "", 0)
        return [{"id": "after", "title": "At the end", "say": say}] if say else []

    def _picture(self, node: Node, where: str) -> dict[str, Any] | None:
        """A picture of the package; one on the web is named, and not fetched."""
        path = clean("".join(node.every_word()))
        if not path:
            return None
        if path in self._names:
            return {"img": self._names[path]}
        inside = posixpath.normpath(posixpath.join(self._folder, path))
        data = b"" if "://" in path else self._package.read(inside, assembly.MAX_PICTURE) or self._package.read(path, assembly.MAX_PICTURE)
        kind = assembly.picture_kind(data)
        if not kind:
            why = "it is on the web, and nothing is fetched" if "://" in path else "the package holds no such picture"
            self._found.remark(self._source, f"{self._name}: {where}", path, Fate.MISSING, why)
            return None
        name = assembly.picture_name(posixpath.splitext(posixpath.basename(path))[0], kind)
        while name in self._files:
            name = "x" + name
        self._files[name] = data
        self._names[path] = name
        picture: dict[str, Any] = {"img": name}
        if clean(node.attributes.get("alt")):
            picture["alt"] = title(node.attributes.get("alt"), "")
        return picture

    def _below(self, outer: str, inner: str) -> list[Node]:
        node = self._root.one(outer)
        nodes = node.all(inner) if node else []
        self._found.items += len(nodes)
        return nodes

    def _lost(self, where: str, what: str, why: str) -> None:
        self._found.remark(self._source, f"{self._name}: {where}", what, Fate.UNMAPPED, why)


def introduction_words(node: Node) -> str:
    """All words of a part that holds HTML."""
    return "".join(node.every_word())
