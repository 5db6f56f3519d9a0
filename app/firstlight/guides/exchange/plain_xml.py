# SPDX-License-Identifier: Apache-2.0
"""XML of strangers as plain nodes: no document types, no entities, bounded in size, depth and count. Names lose their namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

MAX_XML = 16 << 20
_MAX_NODES = 200_000
_MAX_DEPTH = 40


class XmlBad(Exception):
    """Not readable, or not harmless; says why."""


@dataclass
class Node:
    """An element: its own words and those of its children in reading order are in `parts`."""

    name: str
    attributes: dict[str, str]
    parts: list[str | Node] = field(default_factory=list)

    @property
    def children(self) -> list[Node]:
        """Elements right below."""
        return [p for p in self.parts if isinstance(p, Node)]

    def all(self, name: str) -> list[Node]:
        """Elements of this name right below."""
        return [c for c in self.children if c.name == name]

    def one(self, *path: str) -> Node | None:
        """The first element at a path; None when there is none."""
        node: Node | None = self
        for name in path:
            node = next(iter(node.all(name)), None) if node else None
        return node

    def words(self, *path: str) -> str:
        """The words of the element at a path, markup left out; "" when there is none."""
        node = self.one(*path)
        return "".join(node.every_word()).strip() if node else ""

    def every_word(self) -> Iterator[str]:
        """Words in reading order; paragraphs and list items begin lines."""
        for part in self.parts:
            if isinstance(part, str):
                yield part
            else:
                if part.name in ("p", "br", "li", "div", "h1", "h2", "h3", "h4"):
                    yield "\n"
                yield from part.every_word()


def parse(text: bytes) -> Node:
    """The root element; XmlBad."""
    if len(text) > MAX_XML:
        raise XmlBad(f"larger than {MAX_XML >> 20} MiB")
    root = Node("", {})
    stack = [root]
    count = 0

    def refuse(*_: object) -> None:
        raise XmlBad("it has a document type, which may hide anything")

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _MAX_NODES or len(stack) > _MAX_DEPTH:
            raise XmlBad("too many or too deeply nested elements")
        node = Node(name.rpartition(":")[2], attributes)
        stack[-1].parts.append(node)
        stack.append(node)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.CharacterDataHandler = lambda words: stack[-1].parts.append(words)
    parser.EndElementHandler = lambda _: stack.pop()
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, ValueError) as error:
        raise XmlBad(str(error)[:120]) from error
    return root.children[0]
