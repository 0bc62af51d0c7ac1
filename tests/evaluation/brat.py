"""Reading brat stand-off annotation (https://brat.nlplab.org/standoff.html), as Chia and LCT are published in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class TextBound:
    """A T line: a label on one or more stretches of the text."""

    id: str
    label: str
    spans: tuple[tuple[int, int], ...]
    text: str

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


@dataclass(frozen=True)
class Event:
    """An E line: a trigger with arguments that name T or E ids."""

    id: str
    label: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]


@dataclass
class Document:
    """One text with its annotations."""

    id: str
    text: str
    bounds: dict[str, TextBound] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    attributes: dict[tuple[str, str], str] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    groups: list[tuple[str, ...]] = field(default_factory=list)
    """Members of each `OR` group (lines that begin with `*`)."""

    def trigger_of(self, id: str) -> TextBound | None:
        """Return the text bound that an id names, itself or as an event's trigger."""
        if id in self.events:
            id = self.events[id].trigger
        return self.bounds.get(id)


def read_folder(folder: Path) -> Iterator[Document]:
    """Yield the documents of a folder, in the order of their names; offsets count every carriage return."""
    for path in sorted(folder.glob("*.ann")):
        with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
            document = Document(path.stem, file.read())
        with path.open(encoding="utf-8", newline="") as file:
            for line in file.read().splitlines():
                _read_line(document, line)
        yield document


def _read_line(document: Document, line: str) -> None:
    if line.startswith("T") and line.count("\t") >= 2:
        id, place, text = line.split("\t", 2)
        label, _, offsets = place.partition(" ")
        spans = tuple((int(a), int(b)) for a, b in re.findall(r"(\d+) (\d+)", offsets))
        document.bounds[id] = TextBound(id, label, spans, text)
    elif line.startswith("E"):
        id, _, rest = line.partition("\t")
        head, *arguments = rest.split()
        label, _, trigger = head.partition(":")
        pairs = tuple((name, value) for name, _, value in (argument.partition(":") for argument in arguments))
        document.events[id] = Event(id, label, trigger, pairs)
    elif line.startswith("A"):
        _, _, rest = line.partition("\t")
        name, target, *value = rest.split()
        document.attributes[name, target] = " ".join(value)
    elif line.startswith("R"):
        _, _, rest = line.partition("\t")
        name, first, second = rest.split()
        document.relations.append((name, first.partition(":")[2], second.partition(":")[2]))
    elif line.startswith("*"):
        name, *members = line.partition("\t")[2].split()
        if name == "OR":
            document.groups.append(tuple(members))
