"""Annotated criteria: brat stand-off files to lines of text with flat entities.

The corpus is Chia (Kury et al. 2020, https://doi.org/10.1038/s41597-020-00620-0), in the layout it is published in: a
text and an `.ann` file for the inclusion and for the exclusion criteria of each trial. Offsets count every carriage
return, so files are read with `newline=""`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from parser.nlp.recogniser.tags import LABELS

_TRIAL = re.compile(r"NCT\d{8}")
_LINE = re.compile(r"[^\r\n]*")
#: One in so many trials is held out of training, for choosing among models and for calibration.
_HELD_OUT = 10


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """A labelled stretch of a text, in characters."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Mention:
    """What the annotators marked: a label on one or more stretches."""

    label: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A file of the corpus."""

    trial: str
    text: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion with its entities, which do not overlap; their offsets count from the line's begin."""

    trial: str
    text: str
    entities: tuple[Entity, ...]


def trial_id(name: str) -> str:
    """Return the ClinicalTrials.gov identifier in a file's name or a record's id, else the name itself."""
    match = _TRIAL.search(name)
    return match.group() if match else name


def is_held_out(trial: str) -> bool:
    """Tell whether a trial belongs to the tenth that no training sees: a fixed choice, by a hash of its id."""
    return int(hashlib.sha256(trial.encode()).hexdigest(), 16) % _HELD_OUT == 0


def read_corpus(folder: Path) -> Iterator[AnnotatedText]:
    """Yield the texts of a brat folder in the order of their names, with the mentions of the eleven labels.

    Raises:
        FileNotFoundError: The folder has no `.ann` file, or one of them has no text.
    """
    paths = sorted(folder.glob("*.ann"))
    if not paths:
        raise FileNotFoundError(f"Expected brat files (*.ann, *.txt) in {folder}; found none.")
    for path in paths:
        yield AnnotatedText(
            trial_id(path.stem), _read(path.with_suffix(".txt")), tuple(_mentions(_read(path).split("\n")))
        )


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _mentions(lines: Iterable[str]) -> Iterator[Mention]:
    for line in lines:
        fields = line.split("\t")
        if line.startswith("T") and len(fields) > 1:
            label, _, offsets = fields[1].partition(" ")
            spans = tuple((int(start), int(end)) for start, end in re.findall(r"(\d+) (\d+)", offsets))
            if label in LABELS and spans:
                yield Mention(label, spans)


def flatten(mentions: Iterable[Mention]) -> list[Entity]:
    """Make mentions flat: contiguous ones, longest first, overlaps dropped; then free fragments of the others.

    Of two equally long ones the first in the text wins, then the first label in the order of `LABELS`.
    """
    whole: list[Entity] = []
    fragments: list[Entity] = []
    for mention in mentions:
        target = whole if len(mention.spans) == 1 else fragments
        target.extend(Entity(start, end, mention.label) for start, end in mention.spans)
    kept: list[Entity] = []
    for entity in [*sorted(whole, key=_longest_first), *sorted(fragments, key=_longest_first)]:
        if all(entity.end <= other.start or other.end <= entity.start for other in kept):
            kept.append(entity)
    return sorted(kept)


def _longest_first(entity: Entity) -> tuple[int, int, int]:
    return entity.start - entity.end, entity.start, LABELS.index(entity.label)


def lines_of(text: AnnotatedText) -> Iterator[Line]:
    """Yield the lines of a text that are not blank; entities across a line's end are left out."""
    entities = flatten(text.mentions)
    for start, end in line_spans(text.text):
        inside = [entity for entity in entities if start <= entity.start and entity.end <= end]
        moved = tuple(Entity(entity.start - start, entity.end - start, entity.label) for entity in inside)
        yield Line(text.trial, text.text[start:end], moved)


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each line that is not blank, without blanks around."""
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + line.index(stripped[0])
            yield start, start + len(stripped)


def read_lines(folder: Path) -> list[Line]:
    """Return the criteria of a brat folder."""
    return [line for text in read_corpus(folder) for line in lines_of(text)]


def split_held_out(lines: Iterable[Line]) -> tuple[list[Line], list[Line]]:
    """Part criteria into those to train on and those of the held-out tenth of trials."""
    training: list[Line] = []
    held_out: list[Line] = []
    for line in lines:
        (held_out if is_held_out(line.trial) else training).append(line)
    return training, held_out


def trials_in(folder: Path) -> set[str]:
    """Return the identifiers in the names of a folder's files; none where there is no such folder."""
    return {match.group() for path in folder.glob("*.txt") if (match := _TRIAL.search(path.name))}
