"""ClinicalTrials.gov: one way to walk its JSON and its XML, by the names of `names`.

A node is the study or an entry of one of its lists. Values come out as `Leaf`: the words and where they stand, a JSON
pointer (RFC 6901) or an XPath. Odd shapes are met with what they can only mean: a lone value where a list is usual is
its only entry, a list where one value is usual stands for its first, and an object where words are usual has none.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from parser.registries.ctgov.names import Generation, Paths, paths


class Leaf(NamedTuple):
    """A value of the source: its words as they stand there, and the path to it."""

    text: str
    path: str


class Node(ABC):
    """The study, or an entry of one of its lists.

    Attributes:
        path: Where it stands in the source.
        wrapped: Whether the format breaks its lines at a fixed width, so that line breaks mean nothing.
    """

    path: str
    wrapped: bool

    @abstractmethod
    def one(self, name: str) -> Leaf | None:
        """Return a field's value, an empty one too; None where the source has no such field or no words in it."""

    @abstractmethod
    def many(self, name: str) -> Sequence[Node]:
        """Return the entries of a list; none where the source has no such list."""

    def values(self, name: str) -> list[Leaf]:
        """Return the entries of a list of plain values."""
        return [leaf for entry in self.many(name) if (leaf := entry.one("value")) is not None and leaf.text.strip()]


class JsonNode(Node):
    """An object of the API's JSON."""

    __slots__ = ("_holders", "_paths", "_tree", "path")
    wrapped = False

    def __init__(self, tree: Any, path: str, generation: Generation | Mapping[str, Paths]) -> None:
        self._tree = tree
        self.path = path
        self._paths = paths(generation) if isinstance(generation, str) else generation
        # The objects that hold fields, by their paths: several fields stand in each.
        self._holders: dict[str, Any] = {"": tree}

    def one(self, name: str) -> Leaf | None:  # noqa: D102
        empty: Leaf | None = None
        for steps, above, joined in self._paths[name]:
            holder = self._holders[above] if above in self._holders else self._hold(steps, above)
            if holder is None:
                continue
            if type(holder) is dict and steps:
                value = holder.get(steps[-1])
                if value is None:
                    continue
                if type(value) is str and value and not value.isspace():
                    return Leaf(value, self.path + joined)
            leaf = self._odd(steps)
            if leaf is not None and leaf.text.strip():
                return leaf
            empty = empty or leaf
        return empty

    def _hold(self, steps: tuple[str, ...], above: str) -> Any:
        """Return, and keep, the object that a field stands in; None where there is none, else what stands instead."""
        value = self._tree
        for step in steps[:-1]:
            if type(value) is not dict:
                break
            value = value.get(step)
        self._holders[above] = value
        return value

    def _odd(self, steps: tuple[str, ...]) -> Leaf | None:
        """Return a value that is no plain words, or does not stand where it is usual."""
        value, path = self._reach(steps)
        while isinstance(value, list):
            value, path = (value[0] if value else None), f"{path}/0"
        if isinstance(value, str):
            return Leaf(value, path)
        if isinstance(value, bool):
            return Leaf("Yes" if value else "No", path)
        return Leaf(str(value), path) if isinstance(value, int | float) else None

    def many(self, name: str) -> Sequence[JsonNode]:  # noqa: D102
        for steps, _, _ in self._paths[name]:
            value, path = self._reach(steps)
            if isinstance(value, list):
                return [JsonNode(entry, f"{path}/{index}", self._paths) for index, entry in enumerate(value)]
            if value not in (None, "", {}):
                return [JsonNode(value, path, self._paths)]
        return ()

    def values(self, name: str) -> list[Leaf]:
        """Return the entries of a list of plain values, most of which are words as they should be."""
        for steps, _, _ in self._paths[name]:
            value, path = self._reach(steps)
            if isinstance(value, list) and all(type(entry) is str for entry in value):
                return [Leaf(entry, f"{path}/{index}") for index, entry in enumerate(value) if entry.strip()]
        return super().values(name)

    def _reach(self, steps: tuple[str, ...]) -> tuple[Any, str]:
        value, path = self._tree, self.path
        for step in steps:
            while isinstance(value, list):
                value, path = (value[0] if value else None), f"{path}/0"
            if not isinstance(value, dict):
                return None, path
            value = value.get(step)
            path = f"{path}/{step}"
        return value, path


class XmlNode(Node):
    """An element of the legacy XML."""

    __slots__ = ("_element", "_paths", "path")
    wrapped = True

    def __init__(self, element: Any, path: str) -> None:
        self._element = element
        self.path = path
        self._paths = paths("xml")

    def one(self, name: str) -> Leaf | None:  # noqa: D102
        empty: Leaf | None = None
        for steps, _, _ in self._paths[name]:
            if steps and steps[-1].startswith("@"):
                element, path = self._reach(steps[:-1])
                value = None if element is None else element.get(steps[-1][1:])
                path = f"{path}/{steps[-1]}"
            else:
                element, path = self._reach(steps)
                value = None if element is None else _words(element)
            if value is not None and value.strip():
                return Leaf(value, path)
            empty = empty or (None if value is None else Leaf(value, path))
        return empty

    def many(self, name: str) -> Sequence[XmlNode]:  # noqa: D102
        for steps, _, _ in self._paths[name]:
            parent, path = self._reach(steps[:-1])
            found = [] if parent is None else parent.findall(steps[-1])
            if found:
                return [XmlNode(element, f"{path}/{steps[-1]}[{index}]") for index, element in enumerate(found, 1)]
        return ()

    def _reach(self, steps: tuple[str, ...]) -> tuple[Any, str]:
        element, path = self._element, self.path
        for step in steps:
            element = element.find(step)
            path = f"{path}/{step}[1]"
            if element is None:
                break
        return element, path


def _words(element: Any) -> str:
    """Return an element's words, those of elements within it too."""
    return (element.text or "") if not len(element) else "".join(element.itertext())
