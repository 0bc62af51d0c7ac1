"""The `trial_quantities` component."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from parser.models.values import Range
from parser.nlp.annotations import QUANTITIES, Quantity, set_group
from parser.nlp.components.quantities.patterns import AFTER, AGE_WORDS, BEFORE, NORMAL, RELATIVE, TIMES, TO
from parser.normalize.numbers import WORDS, parse_number
from parser.normalize.units import UNITS, Unit


def one_of(writings: Iterable[str]) -> str:
    """Return a pattern that matches any of the writings, the longest first; words only as whole words."""
    ordered = sorted(writings, key=lambda writing: (-len(writing), writing))
    return "(?:" + "|".join(_whole(writing) for writing in ordered) + ")"


def _whole(writing: str) -> str:
    pattern = re.escape(writing).replace(r"\ ", r"\s")
    before = r"(?<![^\W\d_])" if writing[0].isalpha() else ""
    after = r"(?![^\W_])" if writing[-1].isalnum() else ""
    return before + pattern + after


#: A number in digits (not part of a longer number or a name such as `CD4`), or spelled out.
NUMBER = r"(?:(?<!\s[-−])(?<![\w.,])\d{1,15}(?:[.,]\d{1,9})*(?![.,]?\d)|" + one_of(WORDS) + ")"
UNIT = one_of(UNITS).replace("/", r"\s?/\s?")

_TIMES = "(?:" + "|".join(map(re.escape, TIMES)) + ")"

_QUANTITY = re.compile(
    rf"""
    (?: (?P<before>{one_of(BEFORE)})\s? | (?P<between>(?<!\w)(?:between|from)\s) )?
    (?P<ages>(?:the\s)?ages?\sof\s)?
    (?<![^\W\d_][-−])(?P<first>{NUMBER})
    (?: [\s-]?(?P<first_unit>{UNIT}) )?
    (?: \s?(?P<to>{one_of(TO)}|(?<=\s)and(?=\s))\s?(?P<second>{NUMBER}) )?
    (?: [\s-]?(?P<unit>{UNIT}) )?
    (?: \s?{_TIMES}\s?(?:of\s)?(?:the\s)?(?:institutional\s|laboratory\s)?(?P<multiple>{one_of((*RELATIVE, *NORMAL))})
      | \s?(?P<share>{one_of(RELATIVE)}) )?
    (?: [\s]?(?P<age>{one_of(AGE_WORDS)}) )?
    (?P<plus>(?<=\d)\+(?!\s?\d))?
    (?(before) | (?: \s?(?P<after>{one_of(AFTER)})(?!\sthan\b) )? )
    """,
    re.VERBOSE | re.IGNORECASE,
)

#: "≥ 18 and ≤ 75 years": a lower and an upper bound of one quantity.
_BRIDGE = re.compile(r",?\s?(?:and|but|to|-|–|~)?\s?", re.IGNORECASE)


_RELATIVE = {words.lower(): relative for words, relative in RELATIVE.items()}


class Quantities:
    """Mark numbers with bounds, units or both.

    Writes `doc.spans["trial_quantities"]`: spans labelled `quantity`, each with a `Quantity` in `span._.trial`.
    A number with neither comparator, range nor unit is no quantity ("type 2 diabetes", "Sepsis 3.0").

    Example:
        >>> doc = load()("aged 18-65 years")
        >>> [str(q.text) for q in doc.spans["trial_quantities"]]
        ['18-65 years']
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, doc: Doc) -> Doc:
        """Write the group of quantities."""
        spans: list[Span] = []
        for start, end, quantity in merged(find_quantities(doc.text), doc.text):
            span = doc.char_span(start, end, label="quantity")
            if span is not None:
                span._.trial = quantity
                spans.append(span)
        set_group(doc, QUANTITIES, spans)
        return doc


def find_quantities(text: str) -> list[tuple[int, int, Quantity]]:
    """Return `(start, end, quantity)` for every bounded or united number of a text, in order."""
    found: list[tuple[int, int, Quantity]] = []
    at = 0
    while (match := _QUANTITY.search(text, at)) is not None:
        quantity, end = _read(match)
        if quantity is not None:
            found.append((match.start(), end, quantity))
        at = max(end, match.start() + 1)
    return found


def _read(match: re.Match[str]) -> tuple[Quantity | None, int]:
    """Turn a match into a quantity and say where it ends; `between 18` without `and` is no range."""
    first = parse_number(match["first"])
    second = parse_number(match["second"]) if match["second"] else None
    if first is None or (match["second"] and not _is_range(match, first, second)):
        return None, match.end("first")
    unit = match["unit"] or match["first_unit"]
    bounds = _bounds(match, first, second)
    compared = match["multiple"] or match["share"]
    if bounds is None or not (bounds or unit or match["age"] or compared):
        return None, match.end()
    row = _unit_row(unit) if unit else None
    exact = {"low": first, "high": first}
    relative = _RELATIVE.get(_key(compared), "normal") if compared else None
    values = Range(**(bounds or exact), unit=unit, ucum=row.ucum if row else None, relative_to=relative)
    is_time = row is not None and row.dimension == "time"
    return Quantity(values, is_time, (is_time or unit is None) and _says_age(match)), match.end()


def _key(words: str) -> str:
    return re.sub(r"\s", " ", words.lower())


def _unit_row(unit: str) -> Unit | None:
    key = _key(unit)
    return UNITS.get(key) or UNITS.get(key.replace(" ", ""))


def _says_age(match: re.Match[str]) -> bool:
    """Tell whether the words around a time make it an age: "years old", "of age", "or older", "younger than"."""
    comparator = f"{match['before']} {match['after']}".lower()
    said = match["age"] is not None or match["ages"] is not None
    return said or "older" in comparator or "younger" in comparator


def _is_range(match: re.Match[str], first: int | float, second: int | float | None) -> bool:
    """Tell whether two numbers are a range: in order, and joined by "and" only after "between"."""
    if second is None or first > second or match["before"]:
        return False
    return match["to"].lower() != "and" or match["between"] is not None


def _bounds(match: re.Match[str], first: int | float, second: int | float | None) -> dict[str, float | bool] | None:
    """Return the bounds as fields of `Range`, empty without comparator; None where two comparators disagree."""
    if second is not None:
        return None if match["after"] else {"low": first, "high": second}
    if match["between"] or (match["before"] and match["after"]):
        return None
    if match["plus"]:
        return None if match["before"] or match["after"] else {"low": first, "low_inclusive": True}
    for name, table in (("before", BEFORE), ("after", AFTER)):
        if match[name]:
            side, inclusive = table[_key(match[name])]
            return {side: first, f"{side}_inclusive": inclusive}
    return {}


def merged(found: list[tuple[int, int, Quantity]], text: str) -> list[tuple[int, int, Quantity]]:
    """Join a lower and an upper bound of one quantity that stand next to each other."""
    joined: list[tuple[int, int, Quantity]] = []
    for start, end, quantity in found:
        last = joined[-1] if joined else None
        both = _both_bounds(last[2], quantity) if last and _BRIDGE.fullmatch(text, last[1], start) else None
        if last is not None and both is not None:
            joined[-1] = (last[0], end, both)
        else:
            joined.append((start, end, quantity))
    return joined


def _both_bounds(first: Quantity, second: Quantity) -> Quantity | None:
    """Return the range of a lower and an upper bound in one unit; None where they are no pair."""
    one, other = first.range, second.range
    low, high = (one, other) if one.low is not None else (other, one)
    if low.high is not None or high.low is not None or low.low is None or high.high is None or low.low > high.high:
        return None
    if one.unit and other.unit and one.ucum != other.ucum:
        return None
    unit = other.unit or one.unit
    joined = Range(
        low=low.low,
        low_inclusive=low.low_inclusive,
        high=high.high,
        high_inclusive=high.high_inclusive,
        unit=unit,
        ucum=other.ucum or one.ucum,
    )
    return Quantity(joined, first.is_time or second.is_time, first.is_age or second.is_age)
