"""A criterion as a row of units: cues, topics, quantities, windows, phrases, separators, brackets, words.

The components of `parser.nlp` annotate a `Doc` in groups that may overlap; here the longest annotation wins, and what
none of them took becomes words and punctuation. The grammar reads units, never strings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from spacy.tokens import Doc, Span

from parser.models.values import Range
from parser.nlp.annotations import (
    ASSERTION,
    DURATIONS,
    GRADES,
    PHRASES,
    QUANTITIES,
    TOPICS,
    WINDOWS,
    Quantity,
    Words,
    longest_places,
    words_of,
)

T = TypeVar("T")

_GROUPS = (WINDOWS, DURATIONS, GRADES, QUANTITIES, TOPICS, ASSERTION, PHRASES)
#: Of these, the ones whose spans hold a value.
_WITH_DATA = frozenset((WINDOWS, DURATIONS, GRADES, QUANTITIES, TOPICS))

#: What joins the parts of a list, and how.
_SEPARATORS = {
    ",": "comma",
    ";": "semicolon",
    "；": "semicolon",
    "，": "comma",
    "、": "comma",
    "and": "and",
    "&": "and",
    "or": "or",
    "nor": "or",
}
_ARTICLES = frozenset(("a", "an", "the", "any"))
#: Diseases that are words otherwise, unless they stand in capitals.
ABBREVIATIONS = ("ALL",)
#: The stronger separator wins where several stand together (", or").
_STRENGTH = ("comma", "and", "or", "semicolon")


@dataclass(frozen=True, slots=True)
class Unit:
    """One step of the grammar.

    Attributes:
        kind: The annotation's label (`status`, `quantity`, …), `phrase` for noun phrases, or `separator`, `article`,
            `open`, `close`, `colon`, `stop`, `word`.
        value: Its value: the cue's, the phrase's kind of thing, the separator's strength, the word in lower case.
        start: Offset in the criterion's text.
        end: Offset after its last character.
        text: Its words.
        data: A `Quantity`, `Window` or `Grade`, where the annotation holds one.
    """

    kind: str
    value: str
    start: int
    end: int
    text: str
    data: Any = None


class Cursor:
    """A place in a row of units."""

    __slots__ = ("_last", "_tables", "at", "units")

    def __init__(self, units: list[Unit]) -> None:
        self.units = units
        self.at = 0
        self._last: dict[str, int] | None = None
        self._tables: dict[object, Any] = {}

    def table(self, make: Callable[[list[Unit]], T]) -> T:
        """Return what `make` says of every place in the row, made once: looking it up anew would take its square."""
        if make not in self._tables:
            self._tables[make] = make(self.units)
        table: T = self._tables[make]
        return table

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return self.at >= len(self.units)

    def peek(self, ahead: int = 0) -> Unit | None:
        """Return a unit without passing it; None beyond the end."""
        index = self.at + ahead
        return self.units[index] if index < len(self.units) else None

    def sees(self, kind: str, *values: str, ahead: int = 0) -> bool:
        """Tell whether a unit of this kind, and one of these values, is there."""
        index = self.at + ahead
        if index >= len(self.units):
            return False
        unit = self.units[index]
        return unit.kind == kind and (not values or unit.value in values)

    @property
    def last(self) -> dict[str, int]:
        """Where the last unit of each kind stands, and two kinds more.

        A `number` is a quantity or a word in digits, a `noun` a phrase or an abbreviation that is a word otherwise.
        """
        if self._last is None:
            self._last = {}
            for index, unit in enumerate(self.units):
                self._last[unit.kind] = index
                if unit.kind == "quantity" or (unit.kind == "word" and unit.text.isdecimal()):
                    self._last["number"] = index
                if unit.kind == "phrase" or unit.text in ABBREVIATIONS:
                    self._last["noun"] = index
        return self._last

    def has_ahead(self, kind: str) -> bool:
        """Tell whether a unit of this kind, a `number` or a `noun`, is still to come."""
        return self.last.get(kind, -1) >= self.at

    def follows_word(self, *words: str) -> bool:
        """Tell whether the unit just passed is one of these words."""
        before = self.units[self.at - 1] if self.at else None
        return before is not None and before.kind == "word" and before.value in words

    def take(self, kind: str, *values: str) -> Unit | None:
        """Pass the next unit and return it when it is of this kind and value; None otherwise."""
        at = self.at
        if at >= len(self.units):
            return None
        unit = self.units[at]
        if unit.kind != kind or (values and unit.value not in values):
            return None
        self.at = at + 1
        return unit

    def take_all(self, kind: str, *values: str) -> list[Unit]:
        """Pass as many units of this kind and value as there are."""
        taken: list[Unit] = []
        while (unit := self.take(kind, *values)) is not None:
            taken.append(unit)
        return taken

    def attempt(self, read: Callable[[], T]) -> T:
        """Call `read`; go back to where it began when it returns None."""
        mark = self.at
        result = read()
        if result is None:
            self.at = mark
        return result

    def take_bracket(self) -> Cursor | None:
        """Pass a bracketed group and return a cursor over its inside; None when there is none or it never closes."""
        if not self.sees("open"):
            return None
        close = self.table(_closing).get(self.at)
        if close is None:
            return None
        inside = Cursor(self.units[self.at + 1 : close])
        self.at = close + 1
        return inside


def _closing(row: list[Unit]) -> dict[int, int]:
    """Return where each bracket that opens is closed, of those that are."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for index, unit in enumerate(row):
        if unit.kind == "open":
            opened.append(index)
        elif unit.kind == "close" and opened:
            closing[opened.pop()] = index
    return closing


def units(doc: Doc) -> list[Unit]:
    """Return the units of an annotated criterion, in order; every token but blanks and hyphens is in one."""
    words = words_of(doc)
    row: list[Unit] = []
    index = 0
    for start, end, span, group in _annotations(doc):
        row.extend(_token_units(words, index, start))
        row.append(_annotation_unit(span, group, words.between(start, end)))
        index = end
    row.extend(_token_units(words, index, len(words.tokens)))
    return list(_joined_chains(list(_joined_separators(row))))


def cut(row: list[Unit], start: int, end: int) -> tuple[list[Unit], list[Unit]] | None:
    """Part a row at some words, which go.

    Args:
        row: The units.
        start: Where the words begin, in the criterion's text.
        end: Where they end.

    Returns:
        The units before and after; what a phrase has beside the words stays. None where the words go through the
        midst of another unit.
    """
    before: list[Unit] = []
    after: list[Unit] = []
    for unit in row:
        if unit.end <= start:
            before.append(unit)
        elif unit.start >= end:
            after.append(unit)
        elif unit.start < start or unit.end > end:
            if unit.kind not in ("phrase", "word"):
                return None
            before.extend(_part_of(unit, unit.start, start))
            after.extend(_part_of(unit, end, unit.end))
    return before, after


def _part_of(unit: Unit, start: int, end: int) -> list[Unit]:
    """Return the words of a unit in a stretch; none where it has none there."""
    words = unit.text[max(start - unit.start, 0) : max(end - unit.start, 0)]
    stripped = words.strip()
    if not stripped:
        return []
    start += len(words) - len(words.lstrip())
    return [replace(unit, start=start, end=start + len(stripped), text=stripped)]


def _annotations(doc: Doc) -> Iterator[tuple[int, int, Span, str]]:
    """Yield the longest annotations: first token, the one after the last, the span, its group."""
    found = [(span.start, span.end, span, name) for name in _GROUPS if name in doc.spans for span in doc.spans[name]]
    for index in longest_places([(start, end) for start, end, _, _ in found]):
        yield found[index]


def _annotation_unit(span: Span, group: str, text: str) -> Unit:
    kind, value = ("phrase", span.label_) if group == PHRASES else (span.label_, span.kb_id_)
    data = _data(kind, span._.trial) if group in _WITH_DATA else None
    start = span.start_char
    return Unit(kind, value, start, start + len(text), text, data)


def _data(kind: str, data: Any) -> Any:
    """Return an annotation's value; spans of the same words share one, so a length may hold the other's."""
    if kind == "quantity" and isinstance(data, Range):
        return Quantity(data, is_time=True, is_age=False)
    return data.range if kind == "duration" and isinstance(data, Quantity) else data


def _token_units(words: Words, begin: int, end: int) -> Iterator[Unit]:
    """Yield a unit for each token `[begin, end)` that is no blank."""
    for index in range(begin, end):
        if not words.tokens[index].isspace():
            yield _token_unit(words.tokens[index], words.lower[index], words.starts[index])


def _token_unit(text: str, word: str, start: int) -> Unit:
    kind, value = "word", word
    if word in _SEPARATORS:
        kind, value = "separator", _SEPARATORS[word]
    elif word in _ARTICLES:
        kind = "article"
    elif word in "([":
        kind = "open"
    elif word in ")]":
        kind = "close"
    elif word in (":", "："):
        kind = "colon"
    elif word in (".", "。"):
        kind = "stop"
    return Unit(kind, value, start, start + len(text), text)


def _joined_separators(row: list[Unit]) -> Iterator[Unit]:
    """Join separators that stand together: ", or" is one `or`, "and/or" too; a stop or colon at the end goes."""
    held: Unit | None = None
    for index, unit in enumerate(row):
        following = row[index + 1] if index + 1 < len(row) else None
        slash = unit.value == "/" and held is not None and following is not None and following.kind == "separator"
        if unit.kind == "separator" or slash:
            held = unit if held is None else _stronger(held, unit)
            continue
        if unit.value == "/" and index and following is not None and _are_alternatives(row[index - 1], following):
            held = replace(unit, kind="separator", value="or")
            continue
        if held is not None:
            yield held
            held = None
        if unit.kind in ("stop", "colon") and index == len(row) - 1:
            return
        yield unit
    if held is not None:
        yield held


def _are_alternatives(before: Unit, after: Unit) -> bool:
    """Tell whether a slash between two units joins alternatives ("neurological/psychiatric disorders")."""
    return before.kind == after.kind and before.kind in ("phrase", "qualifier", "certainty", "allergy")


def _joined_chains(row: list[Unit]) -> Iterator[Unit]:
    """Join the bounds on both sides of a name ("30 < eGFR < 60 mL/min") to one quantity after it."""
    index = 0
    while index < len(row):
        chain = _chain(row, index)
        if chain:
            bound = chain[-1]
            yield from chain[1:-1]
            quantity = _between(chain[0].data, bound.data)
            yield Unit(bound.kind, bound.value, bound.start, bound.end, bound.text, quantity)
            index += len(chain)
        else:
            yield row[index]
            index += 1


def _chain(row: list[Unit], index: int) -> list[Unit]:
    """Return the units of a chain that begins here: a bound, a name of one or two units, the other bound."""
    first = row[index]
    if first.kind != "quantity" or not first.data.before_name:
        return []
    for length in (3, 4):
        chain = row[index : index + length]
        if len(chain) == length and _is_chain(first, chain[1:-1], chain[-1]):
            return chain
    return []


def _is_chain(first: Unit, names: list[Unit], second: Unit) -> bool:
    named = all(name.kind in ("measurement", "phrase", "age") for name in names)
    if not named or second.kind != "quantity":
        return False
    one, other = first.data.range, second.data.range
    if (one.low is None) == (other.low is None) or (one.high is None) == (other.high is None):
        return False
    low, high = (one.low, other.high) if one.low is not None else (other.low, one.high)
    return bool(low is not None and high is not None and low <= high)


def _between(first: Quantity, second: Quantity) -> Quantity:
    """Return the second quantity with the bound of the first on its other side."""
    side = "low" if first.range.low is not None else "high"
    bound = {side: getattr(first.range, side), f"{side}_inclusive": getattr(first.range, f"{side}_inclusive")}
    return replace(second, range=second.range.model_copy(update=bound))


def _stronger(first: Unit, second: Unit) -> Unit:
    value = max((first, second), key=lambda unit: _STRENGTH.index(unit.value) if unit.value in _STRENGTH else -1).value
    return Unit("separator", value, first.start, second.end, first.text + second.text)
