"""One view of an ISRCTN record, whether it came as XML or as the JSON that tools make of that XML.

In the JSON an element that comes once is an object and one that comes more often a list, an empty element may be `""`,
`[]`, `{}` or null, and a name in the plural may stand around its elements or be left out. A `Node` hides that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from parser.text import mended_words

#: Where the JSON of several tools keeps the text of an element that has attributes.
_TEXT_KEYS = ("#text", "$", "_", "value", "$t", "content", "text")


@dataclass(frozen=True, slots=True)
class Node:
    """An element or JSON value with its place in the record.

    Attributes:
        data: An XML element, or a decoded JSON value.
        path: XPath or JSON pointer.
    """

    data: Any
    path: str

    @property
    def is_xml(self) -> bool:
        """Whether the record is XML."""
        return not isinstance(self.data, dict | list | str | int | float | bool | None)

    @property
    def text(self) -> str:
        """The words, damage of the source mended, blanks collapsed in each line; empty where there are none."""
        lines = mended_words(self.raw).strip().splitlines()
        return "\n".join(" ".join(line.split()) for line in lines)

    @property
    def raw(self) -> str:
        """The words as the source has them."""
        if self.is_xml:
            return "".join(self.data.itertext()) if len(self.data) == 0 else self.data.text or ""
        value = self.data
        if isinstance(value, dict):
            value = next((value[key] for key in _TEXT_KEYS if isinstance(value.get(key), str | int | float)), None)
        return "" if value is None or isinstance(value, dict | list) else str(value)

    def all(self, *names: str) -> list[Node]:
        """Return the nodes at the end of a chain of names, in their order."""
        found = [self]
        for name in names:
            found = [child for node in found for child in node._children(name)]
        return found

    def get(self, *names: str) -> Node | None:
        """Return the first node with words or nodes of its own at the end of a chain of names."""
        return next((node for node in self.all(*names) if node), None)

    def words(self, *names: str) -> str:
        """Return the words at the end of a chain of names; empty where there are none."""
        node = self.get(*names)
        return node.text if node else ""

    def attribute(self, name: str) -> Node | None:
        """Return an attribute; the JSON of several tools writes it with a mark before its name, or without one."""
        if self.is_xml:
            value = self.data.get(name)
            return Node(value, f"{self.path}/@{name}") if value else None
        if not isinstance(self.data, dict):
            return None
        marked = next((key for key in (f"@{name}", f"_{name}", name) if self.data.get(key)), None)
        inner = self.data.get("@attributes")
        if marked is None and isinstance(inner, dict) and inner.get(name):
            return Node(inner[name], f"{self.path}/@attributes/{name}")
        return Node(self.data[marked], f"{self.path}/{marked}") if marked else None

    def leaves(self) -> Iterator[tuple[str, Node]]:
        """Yield every node with words and no nodes of its own, with its name."""
        for name, child in self._named():
            if child._has_children():
                yield from child.leaves()
            elif child.text:
                yield name, child

    def __bool__(self) -> bool:
        return self._has_children() or bool(self.text)

    def _has_children(self) -> bool:
        return len(self.data) > 0 if self.is_xml else isinstance(self.data, dict | list) and bool(self.data)

    def _children(self, name: str) -> list[Node]:
        return [child for key, child in self._named() if key == name]

    def _named(self) -> Iterator[tuple[str, Node]]:
        if self.is_xml:
            yield from self._elements()
        elif isinstance(self.data, dict):
            for key, value in self.data.items():
                yield from _spread(str(key), value, f"{self.path}/{_escaped(str(key))}")
        elif isinstance(self.data, list):
            for index, value in enumerate(self.data):
                yield from _spread("", value, f"{self.path}/{index}")

    def _elements(self) -> Iterator[tuple[str, Node]]:
        seen: dict[str, int] = {}
        for element in self.data:
            if isinstance(element.tag, str):
                name = local_name(element)
                seen[name] = seen.get(name, 0) + 1
                yield name, Node(element, f"{self.path}/{step(element)}[{seen[name]}]")


def _spread(key: str, value: Any, path: str) -> Iterator[tuple[str, Node]]:
    """Yield a JSON value, of a list every entry."""
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield key, Node(entry, f"{path}/{index}")
    else:
        yield key, Node(value, path)


def local_name(element: Any) -> str:
    """Return an element's name without its name space."""
    return str(element.tag).rpartition("}")[2]


def step(element: Any) -> str:
    """Return the XPath step of an element; in a name space it goes by the local name."""
    name = local_name(element)
    return f"*[local-name()='{name}']" if "}" in str(element.tag) else name


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
