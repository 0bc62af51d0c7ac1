"""Values of a DRKS record with their places; any of them may be missing, null, or of another type than usual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from parser.text import mended_words


@dataclass(frozen=True, slots=True)
class Item:
    """A JSON value that is there.

    Attributes:
        data: The value; never null.
        path: JSON pointer.
    """

    data: Any
    path: str

    @property
    def name(self) -> str:
        """The key under which it stands."""
        return self.path.rpartition("/")[2]

    @property
    def words(self) -> str:
        """A text or number as words, damage of the source mended; empty of an object or a list."""
        if isinstance(self.data, dict | list):
            return ""
        written = str(self.data).lower() if isinstance(self.data, bool) else str(self.data)
        lines = mended_words(written).strip().splitlines()
        return "\n".join(" ".join(line.split()) for line in lines)

    @property
    def scalar(self) -> Item | None:
        """Itself, where it is a text or number."""
        return self if self.words else None

    @property
    def locale(self) -> str:
        """The language of a description, which stands in one of the objects in it."""
        for name in ("idLocale/locale", "idArm/locale", "locale"):
            if found := self.text(name):
                return found
        return ""

    def child(self, names: str) -> Item | None:
        """Return the value at a chain of keys (`idLocale/locale`); None where it is missing, null or empty."""
        data, path = self.data, self.path
        for name in names.split("/"):
            if not isinstance(data, dict) or data.get(name) in (None, "", [], {}):
                return None
            data, path = data[name], f"{path}/{name}"
        return Item(data, path)

    def text(self, names: str) -> str:
        """Return the words at a chain of keys; empty where there are none."""
        found = self.child(names)
        return found.words if found else ""

    def items(self, names: str) -> list[Item]:
        """Return the entries of the list at a chain of keys; a value that stands there alone is its only entry."""
        return list(items_of(self.child(names)))


def items_of(found: Item | None) -> Iterator[Item]:
    """Yield the entries of a list that are not empty; a value that is no list is its only entry."""
    if found is None:
        return
    if not isinstance(found.data, list):
        yield found
        return
    for index, entry in enumerate(found.data):
        if entry not in (None, "", [], {}):
            yield Item(entry, f"{found.path}/{index}")
