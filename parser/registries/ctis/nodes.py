"""A JSON record as nodes that know their JSON pointer, whatever the record has where something else is usual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from parser.text import is_blank, mended_words


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a JSON record.

    Attributes:
        value: The value; None where the record has none.
        path: JSON pointer (RFC 6901) to it.
    """

    value: Any
    path: str = ""

    def at(self, *names: str) -> Node:
        """Return the value under names, one after the other; of a list, its first entry's."""
        node = self
        for name in names:
            if isinstance(node.value, list):
                node = Node(node.value[0] if node.value else None, f"{node.path}/0")
            escaped = name.replace("~", "~0").replace("/", "~1")
            value = node.value.get(name) if isinstance(node.value, dict) else None
            node = Node(value, f"{node.path}/{escaped}")
        return node

    def entries(self) -> list[Node]:
        """Return a list's entries; a lone value is its own only entry, null and the empty object are none."""
        if isinstance(self.value, list):
            return [
                Node(value, f"{self.path}/{number}") for number, value in enumerate(self.value) if value is not None
            ]
        return [] if self.value in (None, "", {}) else [self]

    def members(self) -> Iterator[tuple[str, Node]]:
        """Yield an object's names and values."""
        if isinstance(self.value, dict):
            for name in self.value:
                yield name, self.at(name)

    @property
    def text(self) -> str:
        """A string or number as text with its line breaks, damage mended; empty where there is neither."""
        if isinstance(self.value, str):
            return "" if is_blank(self.value) else mended_words(self.value).strip()
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            return str(self.value)
        return ""

    @property
    def words(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())

    @property
    def number(self) -> int | None:
        """A whole number, written as one or as digits."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value
        digits = self.words
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None

    @property
    def flag(self) -> bool | None:
        """A boolean, or the words for one."""
        if isinstance(self.value, bool):
            return self.value
        return {"true": True, "yes": True, "false": False, "no": False}.get(self.words.casefold())


def first(*nodes: Node) -> Node:
    """Return the first node that has text; the last one, where none has."""
    return next((node for node in nodes if node.text), nodes[-1])
