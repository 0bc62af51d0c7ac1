"""Are the numbers of the criteria found? `python -m tests.evaluation values DIR`, on a folder in LCT's brat format.

Gold: every `Eq-Value` with a number, on its line; its side where the comparison resolves it (one number with GT or
GTEQ: low, with LT or LTEQ: high; two with BETWEEN: the lesser low, the greater high). Predicted: every bound in a
rule of a criterion (ranges, counts, durations, windows, at any depth), on the line where its rule's words stand. A
hit is the right number on the right line, each gold number used once. Recall counts gold numbers hit; precision,
predicted numbers that are hits. A small number that the line implies and does not write ("past year", "class III",
"above normal") is in no gold; such predictions are counted apart, as `implied`. The corpus is evaluated on, never
trained on (Dobbins et al. 2022, Leaf Clinical Trials).

Units: of the hits whose gold states a unit that is one (a measure of time, or `Unit` with `Per`), the share where the
prediction's UCUM unit is that one.

By owner: an `Age` event, a window or duration (the comparison has a temporal unit and its owner is no age), anything
else (`laboratory`: laboratory values, scores, counts, sizes).
"""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import parser
from parser.normalize.numbers import parse_number
from parser.normalize.units import unit_of
from tests.evaluation.brat import Document, Event, TextBound, read_folder

_SIDES = {"GT": "low", "GTEQ": "low", "LT": "high", "LTEQ": "high"}
_WRITTEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+")
#: LCT's measures of time in UCUM, and the letters of ISO 8601.
_TIMES = {"year": "a", "month": "mo", "week": "wk", "day": "d", "hour": "h", "minute": "min", "second": "s"}
_LETTERS = {"Y": "a", "M": "mo", "W": "wk", "D": "d", "H": "h", "S": "s"}
#: Larger numbers are never implied; what is not written is then a reading gone wrong.
_HIGHEST_IMPLIED = 10
_ISO = re.compile(r"(\d+(?:\.\d+)?)[YMWDHS]")


@dataclass(frozen=True)
class Number:
    """A number on a line, with what is known of it."""

    line: int
    value: float
    side: str | None
    owner: str
    ucum: str | None = None


def evaluate(folder: Path) -> dict[str, Any]:
    """Return counts and scores over all documents of a folder."""
    nlp = parser.load_nlp()
    gold_all: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    predicted_count = right_side = sided = right_unit = with_unit = implied = 0
    begun = time.process_time()
    for document in read_folder(folder):
        gold = list(gold_numbers(document))
        everything = list(predicted_numbers(document.text, nlp))
        lines = document.text.split("\n")
        predicted = [number for number in everything if not is_implied(number, lines[number.line])]
        implied += len(everything) - len(predicted)
        predicted_count += len(predicted)
        gold_all.update(number.owner for number in gold)
        for number, other in matches(gold, predicted):
            hit[number.owner] += 1
            if number.side and other.side:
                sided += 1
                right_side += number.side == other.side
            if number.ucum:
                with_unit += 1
                right_unit += number.ucum == other.ucum
    hits = hit.total()
    return {
        "evaluation": "values",
        "gold": gold_all.total(),
        "predicted": predicted_count,
        "implied": implied,
        "hits": hits,
        "recall": _share(hits, gold_all.total()),
        "precision": _share(hits, predicted_count),
        "side_right": _share(right_side, sided),
        "unit_right": _share(right_unit, with_unit),
        "recall_by_owner": {owner: _share(hit[owner], count) for owner, count in sorted(gold_all.items())},
        "gold_by_owner": dict(sorted(gold_all.items())),
        "cpu_seconds": round(time.process_time() - begun, 1),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def matches(gold: list[Number], predicted: list[Number]) -> Iterator[tuple[Number, Number]]:
    """Pair gold with predicted numbers, each used once; the same side first."""
    left = list(predicted)
    for number in gold:
        same = [other for other in left if (other.line, other.value) == (number.line, number.value)]
        if same:
            best = min(same, key=lambda other: other.side != number.side)
            left.remove(best)
            yield number, best


def gold_numbers(document: Document) -> Iterator[Number]:
    """Yield the gold numbers of a document."""
    starts = _line_starts(document.text)
    ages, owners = _owners(document)
    seen: set[TextBound] = set()
    for event in document.events.values():
        if event.label != "Eq-Comparison":
            continue
        values = [document.bounds[target] for name, target in event.arguments if name.startswith("Value")]
        operator = _operator(document, event)
        temporal = any(name.startswith("Temporal-Unit") for name, _ in event.arguments)
        owner = "age" if event.id in ages else "time" if temporal or event.id in owners else "laboratory"
        read = [(bound, parse_number(bound.text.strip())) for bound in values]
        numbers = [(bound, float(number)) for bound, number in read if number is not None]
        for bound, number in numbers:
            if bound in seen:
                continue  # written once, though several comparisons use it
            seen.add(bound)
            side = _side(operator, number, numbers)
            yield Number(_line_of(starts, bound.start), number, side, owner, _unit(document, event))


def _unit(document: Document, event: Event) -> str | None:
    """Return the UCUM unit that a comparison states; None where it states none, or a word that is no unit."""
    units = [document.bounds[target] for name, target in event.arguments if name.rstrip("0123456789") == "Unit"]
    per = [document.bounds[target] for name, target in event.arguments if name.rstrip("0123456789") == "Per"]
    times = [target for name, target in event.arguments if name.rstrip("0123456789") == "Temporal-Unit"]
    if times and not units:
        return _TIMES.get(document.attributes.get(("Eq-Temporal-Unit-Value", times[0]), ""))
    if len(units) != 1 or times:
        return None
    found = unit_of("/".join(bound.text.strip() for bound in (*units, *per)))
    return found.ucum if found is not None else None


def _side(operator: str | None, number: float, numbers: list[tuple[TextBound, float]]) -> str | None:
    """Return the side that a comparison gives a number; of BETWEEN, the lesser of two is the low one."""
    if operator in _SIDES and len(numbers) == 1:
        return _SIDES[operator]
    if operator == "BETWEEN" and len(numbers) == 2:
        return "low" if number == min(value for _, value in numbers) else "high"
    return None


def _owners(document: Document) -> tuple[set[str], set[str]]:
    """Return the comparisons that an age owns, and those that place or measure time."""
    ages: set[str] = set()
    times: set[str] = set()
    for event in document.events.values():
        for name, target in event.arguments:
            if name.startswith("Numeric-Filter") and event.label == "Age":
                ages.add(target)
            elif name.startswith(("Temporality", "Duration")):
                times.add(target)
    return ages, times


def _operator(document: Document, event: Event) -> str | None:
    target = next((target for name, target in event.arguments if name == "Operator"), None)
    return document.attributes.get(("Eq-Operator-Value", target)) if target else None


def predicted_numbers(text: str, nlp: Any) -> Iterator[Number]:
    """Yield the numbers in the rules of a text, the same number on the same side of a line once."""
    eligibility = parser.parse_eligibility(text, nlp=nlp)
    starts = _line_starts(eligibility.text or "")
    first = {
        (number.line, number.value, number.side): number for number in reversed(list(_of_criteria(eligibility, starts)))
    }
    yield from reversed(first.values())


def is_implied(number: Number, line: str) -> bool:
    """Tell whether a number is small and whole, and the line writes it neither in figures nor as a number word."""
    if number.value > _HIGHEST_IMPLIED or not number.value.is_integer():
        return False
    written = (parse_number(word) for word in _WRITTEN.findall(line.lower()))
    return number.value not in {float(value) for value in written if value is not None}


def _of_criteria(eligibility: parser.Eligibility, starts: list[int]) -> Iterator[Number]:
    """Yield every number of every rule; one that a list shares comes once for each of its atoms."""
    for criterion in eligibility.walk():
        if criterion.rule is None:
            continue
        low, high = criterion.span
        for node in _nodes(criterion.rule.model_dump()):
            spans = [span for span in node.get("spans", ()) if low <= span[0] < high]
            if spans:
                # a number stands at the end of its rule's words as often as at the beginning: the line of the last
                for value, side, ucum in bounds_of(node):
                    yield Number(_line_of(starts, spans[-1][0]), value, side, "", ucum)


def _nodes(rule: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if rule.get("type"):
        yield rule
    for value in rule.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict) and (inner.get("type") or "rules" in inner):
                yield from _nodes(inner)


def bounds_of(node: dict[str, Any]) -> Iterator[tuple[float, str | None, str | None]]:
    """Yield the numbers of an atom with their side and unit."""
    for name in ("range", "count", "duration", "dose"):
        limits = node.get(name)
        if limits:
            yield from _of_range(limits)
    for written in node.get("values", ()):
        if (number := parse_number(written)) is not None:
            yield float(number), None, None
    for window in node.get("when", ()):
        for name, side in (("min", "low"), ("max", "high")):
            if match := _ISO.search(window.get(name) or ""):
                yield float(match[1]), side, _iso_unit(window[name])
        for name in ("longer_of", "shorter_of"):
            for entry in window.get(name, ()):
                if match := re.search(r"\d+(?:\.\d+)?", entry):
                    yield float(match[0]), "high", None


def _of_range(limits: dict[str, Any]) -> Iterator[tuple[float, str | None, str | None]]:
    ucum = limits.get("ucum")
    if limits.get("low") is not None and limits.get("low") == limits.get("high"):
        yield float(limits["low"]), None, ucum
        return
    for side in ("low", "high"):
        if limits.get(side) is not None:
            yield float(limits[side]), side, ucum
    if limits.get("value") is not None:
        yield float(limits["value"]), None, ucum


def _iso_unit(duration: str) -> str | None:
    if duration.startswith("PT") and duration.endswith("M"):
        return "min"
    return _LETTERS.get(duration[-1])


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\n", text))]


def _line_of(starts: list[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1
