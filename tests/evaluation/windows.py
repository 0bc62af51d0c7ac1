"""Are times read, and given to the right thing? `python -m tests.evaluation windows DIR`, a folder in Chia's format.

**Read.** Of every gold `Temporal` whose words hold a length of time (a number and a unit), whether `trial_windows`
marks a stretch that overlaps it (`found`), and whether that stretch says exactly the lengths of the gold words
(`right`): each number with its unit, counted by a reader of its own (`lengths_in`), and half-lives. Labels are counted
apart, because "for at least 6 months" is how long a thing lasts and no window.

**Precision of reading.** Of the stretches with a length that are marked, the share that overlaps a gold Temporal or
Value; Chia annotates durations as either.

**Attached.** Given gold entities and gold Temporals, which entity each belongs to (`Has_temporal`): pairs right, out of
pairs predicted and gold pairs; beside it the entity that is nearest in tokens.

The corpus is Chia (Kury et al. 2020, CC BY 4.0).
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from parser.models.values import Window
from parser.nlp.annotations import DURATIONS, WINDOWS, Quantity
from parser.normalize.numbers import parse_number
from tests.evaluation.brat import read_folder
from tests.evaluation.relations import Line, lines, pipeline, scored

_UNITS = {"year": "Y", "yr": "Y", "month": "M", "mo": "M", "week": "W", "wk": "W", "day": "D", "hour": "H", "hr": "H"}
_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = rf"\d+(?:\.\d+)?|{'|'.join(_WORDS)}"
_LENGTH = re.compile(
    rf"(?<![\w.])(?:({_NUMBER})\s?(?:-|to)\s?)?({_NUMBER})(?:\s?\(\w+\))?[\s-]?"
    r"(?:(?:consecutive|calendar)\s)?(years?|yrs?|months?|mo|weeks?|wks?|days?|hours?|hrs?|h|d)\b",
    re.IGNORECASE,
)
_HALF_LIVES = re.compile(rf"({_NUMBER})\s(?:(?!or\b|and\b)[\w']+\s){{0,3}}half[\s-]li(?:ves|fe)", re.IGNORECASE)
#: The same length once more: "one year (12 months)".
_AGAIN = re.compile(
    r"(years?|months?|weeks?|days?|hours?)\s?\([^)]*(?:years?|months?|weeks?|days?|hours?)\)?", re.IGNORECASE
)


def evaluate(folder: Path) -> dict[str, Any]:
    """Return counts and scores over all documents of a folder."""
    nlp = pipeline("trial_windows")
    begun = time.process_time()
    read: Counter[str] = Counter()
    gathered = [line for document in read_folder(folder) for line in lines(document)]
    docs = list(nlp.pipe(line.text for line in gathered))
    for line, doc in zip(gathered, docs, strict=True):
        read.update(_read(line, doc))
    return {
        "evaluation": "windows",
        "gold_lengths": read["gold"],
        "found": _share(read["found"], read["gold"]),
        "right": _share(read["right"], read["gold"]),
        "right_by_label": {label: read[label] for label in ("window", "duration", "washout")},
        "marked_with_length": read["marked"],
        "marked_on_gold": _share(read["marked_on_gold"], read["marked"]),
        "attached": scored(gathered, docs, "time"),
        "cpu_seconds": round(time.process_time() - begun, 1),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _read(line: Line, doc: Doc) -> Iterator[str]:
    """Yield what is counted of one line."""
    spans = sorted((*doc.spans[WINDOWS], *doc.spans[DURATIONS]), key=lambda span: span.start)
    marked = [(span.start_char, span.end_char, span.label_, lengths_of(span._.trial)) for span in spans]
    for start, end in line.spans_of("Temporal"):
        wanted = lengths_in(line.text[start:end])
        if not wanted:
            continue
        yield "gold"
        over = [mark for mark in marked if mark[0] < end and start < mark[1] and mark[3]]
        if over:
            yield "found"
        said = Counter(length for mark in over for length in mark[3])
        if over and not wanted - said and not said - Counter(lengths_in(line.text[over[0][0] : over[-1][1]])):
            yield "right"
            yield over[0][2]
    gold = [*line.spans_of("Temporal"), *line.spans_of("Value"), *line.spans_of("Multiplier")]
    for start, end, _, lengths in marked:
        if lengths:
            yield "marked"
            if any(low < end and start < high for low, high in gold):
                yield "marked_on_gold"


def lengths_in(words: str) -> Counter[str]:
    """Return the lengths that words say, as `6M`, `2W`, `5half-lives`; "one year (12 months)" says one."""
    words = _AGAIN.sub(r"\1", words)
    found = Counter(
        f"{_number(number)}{_unit(match[3])}"
        for match in _LENGTH.finditer(words)
        for number in match.group(1, 2)
        if number
    )
    found.update(f"{_number(match[1])}half-lives" for match in _HALF_LIVES.finditer(words))
    return found


def _number(words: str) -> str:
    number = parse_number(words)
    return f"{number:g}" if number is not None else words


def _unit(words: str) -> str:
    unit = words.lower().rstrip("s")
    return _UNITS.get(unit) or unit[0].upper()


def lengths_of(value: Any) -> list[str]:
    """Return the lengths that a window or duration holds, written as `lengths_in` does."""
    if isinstance(value, Quantity):
        limits = value.range
        unit = {"a": "Y", "mo": "M", "wk": "W", "d": "D", "h": "H"}.get(limits.ucum or "", limits.ucum)
        return [f"{bound:g}{unit}" for bound in dict.fromkeys((limits.low, limits.high)) if bound is not None]
    assert isinstance(value, Window)
    said = [length for length in (value.min, value.max) if length]
    said += [*value.longer_of, *value.shorter_of]
    if value.half_lives is not None:
        said.append(f"{value.half_lives:g} half-lives")
    return [re.sub(r"^PT?|\s", "", length) for length in said]
