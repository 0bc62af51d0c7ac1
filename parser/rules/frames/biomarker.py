"""Genes and markers: "HER2-positive", "PD-L1 CPS ≥ 5", "EGFR exon 19 deletion or L858R", "KRAS/NRAS wild-type".

`trial_topics` marks each name with what is said of it; here they become atoms. In a list, a name of which nothing is
said shares what is said of the one at the list's end ("EGFR, ALK or ROS1 alterations").
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from parser.models.rules import Biomarker, Rule
from parser.models.values import Range
from parser.nlp.annotations import Marking
from parser.rules.context import LIKELY, SURE, Context, all_of, any_of
from parser.rules.frames.openings import opens
from parser.rules.frames.timing import Timing, read_timing
from parser.rules.units import ABBREVIATIONS, Cursor, Unit

_LINKS = (
    "of",
    "is",
    "are",
    "was",
    "be",
    "must",
    "should",
    "with",
    "a",
    "as",
    "=",
    ":",
    "for",
    "been",
    "found",
    "level",
)
#: Markers that share one state; a longer list is tried in vain at each of its items.
_MOST_MARKERS = 24
_SEPARATORS = ("comma", "or", "and")
#: Tests that a method after a marker names.
_TESTS = frozenset(
    """
    ihc fish ngs pcr ish cish rt-pcr immunohistochemistry sequencing hybridization hybridisation cytometry dako
    """.split()
)
#: Values in which all markers of a slash's list agree ("KRAS/NRAS wild-type"); of others, any has it.
_SHARED_BY_ALL = frozenset(("wild_type", "negative"))
#: Words that carry a marker to the noun that it describes.
_CARRIERS = frozenset(
    "harboring harbouring carrying bearing expressing having with whose tumor tumors tumour tumours has have".split()
)
_BEARERS = frozenset("tumor tumors tumour tumours disease cancer".split())
_MANNERS = ("status", "certainty", "established", "intro")


@dataclass(slots=True)
class _Item:
    """One marked name.

    Attributes:
        unit: Its words.
        markings: What is said; more than one of a name that stands for several markers.
        range: The bound after it.
        units: Further words that it was read from.
        separator: What joins it to the one before: `comma`, `or`, `and`, `slash`, or nothing.
    """

    unit: Unit
    markings: tuple[Marking, ...]
    range: Range | None = None
    units: list[Unit] = field(default_factory=list)
    separator: str = ""

    @property
    def is_stated(self) -> bool:
        """Whether anything is said of the marker."""
        return self.range is not None or any(marking.is_stated for marking in self.markings)


@opens("biomarker")
def biomarker(cursor: Cursor, context: Context) -> Rule | None:
    """Read markers that are a fact by themselves; None where a noun follows that they describe."""
    negated = cursor.at > 0 and _is_negative_result(cursor.units[cursor.at - 1])
    cues = _cues(cursor)
    said = cursor.attempt(lambda: _said_before(cursor))
    items = _items(cursor)
    if said is not None and items:
        _share(items)
        for item in items:
            item.units.append(said)
            item.markings = tuple(_with_value(marking, said.value) for marking in item.markings)
    if negated:
        # "negative for HER2" denies what stands after it: that HER2 is positive
        for item in items:
            item.markings = tuple(replace(one, values=("positive",)) for one in item.markings)
    if not _share(items):
        return None
    methods = _methods(cursor, context)
    timing = read_timing(cursor)
    if cursor.sees("phrase") or cursor.sees("word", *map(str.lower, ABBREVIATIONS)) or cursor.sees("qualifier"):
        return None
    return _joined(items, _Manner(cues, methods, timing), context)


def _is_negative_result(unit: Unit) -> bool:
    return unit.kind == "negation" and unit.text.lower().endswith("negative for")


def marking(cursor: Cursor, context: Context) -> Rule | None:
    """Read markers that describe a noun: "HER2-positive, ER-negative" before it, "with EGFR mutation" after it.

    Args:
        cursor: Before the first marker, or before the word that carries it to the noun.
        context: Of the criterion.

    Returns:
        One biomarker; for several, all or any of them. None when there is no marker of which something is said.
    """
    return cursor.attempt(lambda: _marking(cursor, context))


def _marking(cursor: Cursor, context: Context) -> Rule | None:
    while (unit := cursor.peek()) is not None and unit.text.lower() in _CARRIERS:
        cursor.at += 1
    cursor.take("article")
    cues = cursor.take_all("certainty")
    items = _items(cursor)
    if not _share(items):
        return None
    return _joined(items, _Manner(cues, [], Timing()), context)


def disease(cursor: Cursor) -> Unit | None:
    """Read the noun that a marker describes: "AML", which is a disease whatever else it may be, is a condition."""
    unit = cursor.peek()
    if unit is None or not (unit.kind == "phrase" or unit.text in ABBREVIATIONS):
        return None
    cursor.at += 1
    is_short = unit.text.isupper() and unit.value in ("Unknown", "Observation", "Other", "all")
    return replace(unit, kind="phrase", value="Condition") if is_short else unit


@dataclass(slots=True)
class _Manner:
    """What is said of all markers of a list."""

    cues: list[Unit]
    methods: list[Unit]
    timing: Timing

    @property
    def units(self) -> list[Unit]:
        """Its words."""
        return [*self.cues, *self.methods, *self.timing.units]


def _cues(cursor: Cursor) -> list[Unit]:
    """Read "documented", "known", "presence of" before the first marker, and pass "tumor must be"."""
    cursor.attempt(lambda: _bearer(cursor))
    found: list[Unit] = []
    while True:
        cursor.take("article")
        unit = cursor.peek()
        if unit is not None and unit.kind in _MANNERS and unit.value not in ("treatment", "planned", "indicated"):
            found.append(unit)
        elif not (found and cursor.sees("separator", "or", "and") and _sees_cue(cursor, ahead=1)):
            return found
        cursor.at += 1


def _bearer(cursor: Cursor) -> bool | None:
    """Pass what bears the marker: "tumors must be", "tumor with"."""
    bearer = cursor.peek()
    if bearer is None or bearer.kind != "phrase" or bearer.text.lower() not in _BEARERS:
        return None
    cursor.at += 1
    linked = False
    while cursor.take("word", *_LINKS, "has", "have", "expresses") is not None or _take_narrowing(cursor):
        linked = True
    return linked or None


def _take_narrowing(cursor: Cursor) -> bool:
    unit = cursor.take("narrowing")
    return unit is not None


def _sees_cue(cursor: Cursor, *, ahead: int) -> bool:
    return any(cursor.sees(kind, ahead=ahead) for kind in ("status", "certainty", "established"))


def _said_before(cursor: Cursor) -> Unit | None:
    """Read "positive for" before the names."""
    said = cursor.take("result")
    if said is None or cursor.take("word", "for") is None:
        return None
    return said


def _items(cursor: Cursor) -> list[_Item]:
    items: list[_Item] = []
    while (item := cursor.attempt(lambda: _item(cursor, first=not items))) is not None:
        if len(items) == _MOST_MARKERS:
            return []
        items.append(item)
    if items:
        cursor.attempt(lambda: _summed_up(cursor, items))
    return items


def _summed_up(cursor: Cursor, items: list[_Item]) -> bool | None:
    """Pass a bracket that names the same markers together ("ER-, PR-, HER2- (triple negative)")."""
    inside = cursor.take_bracket()
    again = inside.take("biomarker") if inside is not None else None
    if inside is None or again is None or not inside.done:
        return None
    named = {one.marker for item in items for one in item.markings}
    return True if named.issuperset(one.marker for one in again.data) else None


def _item(cursor: Cursor, *, first: bool) -> _Item | None:
    separator = "" if first else _separator(cursor)
    if separator is None:
        return None
    cursor.take("article")
    cursor.take("certainty", "known")
    unit = cursor.take("biomarker")
    if unit is None:
        return None
    item = _Item(unit, unit.data, separator=separator)
    cursor.attempt(lambda: _same_again(cursor, item))
    cursor.attempt(lambda: _bound(cursor, item)) or cursor.attempt(lambda: _result(cursor, item))
    return item


def _separator(cursor: Cursor) -> str | None:
    taken = cursor.take("separator", *_SEPARATORS)
    if taken is not None:
        return taken.value
    if cursor.sees("biomarker"):
        return "and"
    return "slash" if cursor.take("word", "/", "+") is not None else None


def _same_again(cursor: Cursor, item: _Item) -> bool | None:
    """Pass a bracket with the marker's short form ("human epidermal growth factor receptor 2 (HER2)")."""
    inside = cursor.take_bracket()
    if inside is None or inside.done:
        return None
    again = inside.take("biomarker")
    if (
        again is not None
        and inside.done
        and [each.marker for each in again.data] == [each.marker for each in item.markings]
    ):
        item.markings = tuple(
            one if one.is_stated else other for one, other in zip(item.markings, again.data, strict=True)
        )
        return True
    return _is_short_form(inside) or None


def _is_short_form(inside: Cursor) -> bool:
    return len(inside.units) == 1 and inside.units[0].text.isupper()


def _bound(cursor: Cursor, item: _Item) -> bool | None:
    """Read the bound of an expression, a score or a burden, with the unit of the last."""
    while cursor.take("word", *_LINKS) is not None or cursor.take("article") is not None:
        pass
    bound = cursor.take("quantity")
    if bound is None or bound.data.is_time or bound.data.is_age or len(item.markings) > 1:
        return None
    limits: Range = bound.data.range
    item.range = limits
    item.units.append(bound)
    one = item.markings[0]
    if one.marker == "TMB" and limits.unit is None:
        item.range = _with_burden_unit(cursor, item, limits)
    elif limits.unit is None and limits.relative_to is None:
        item.range = limits.model_copy(update={"ucum": "{score}"})
    if one.kind == "any":
        item.markings = (replace(one, kind="expression"),)
    return True


def _with_burden_unit(cursor: Cursor, item: _Item, limits: Range) -> Range:
    """Take "mutations per megabase", "mut/Mb" after a number."""
    units = [unit for ahead in range(3) if (unit := cursor.peek(ahead)) is not None]
    text = " ".join(unit.text.lower() for unit in units)
    if len(units) < 3 or not text.startswith("mut") or not text.endswith(("mb", "megabase")):
        return limits
    cursor.at += 3
    item.units.extend(units)
    return limits.model_copy(update={"unit": "mut/Mb", "ucum": "{mutations}/Mb"})


def _result(cursor: Cursor, item: _Item) -> bool | None:
    """Read a value after a link: "HER2 status must be negative"."""
    while cursor.take("word", *_LINKS) is not None:
        pass
    said = cursor.take("result")
    if said is None:
        return None
    item.units.append(said)
    item.markings = tuple(_with_value(one, said.value) for one in item.markings)
    return True


def _with_value(one: Marking, value: str) -> Marking:
    return one if value in one.values else replace(one, values=(*one.values, value))


def _share(items: list[_Item]) -> bool:
    """Give the names that say nothing what the last one says; False when that says nothing either."""
    if not items or not items[-1].is_stated:
        return False
    for before, item in zip(items[-2::-1], items[:0:-1], strict=True):
        if before.is_stated and not _says_origin_alone(before):
            continue
        last = item.markings[-1]
        origin = before.markings[0].origin
        before.markings = tuple(
            replace(last, marker=one.marker, kind=last.kind if one.kind == "any" else one.kind, origin=origin)
            for one in before.markings
        )
        before.range = item.range
        before.units.extend(unit for unit in (item.unit, *item.units) if unit not in before.units)
    origin = items[0].markings[0].origin
    for item in items[1:]:
        item.markings = tuple(replace(one, origin=one.origin or origin) for one in item.markings)
    return True


def _says_origin_alone(item: _Item) -> bool:
    """Tell whether "germline" stands before the first of several names, and is meant for all."""
    return item.range is None and all(replace(one, origin=None).is_stated is False for one in item.markings)


def _methods(cursor: Cursor, context: Context) -> list[Unit]:
    """Read "by IHC or FISH" after the markers."""
    return cursor.attempt(lambda: _method_list(cursor, context)) or []


def _method_list(cursor: Cursor, context: Context) -> list[Unit] | None:
    cursor.take("separator", "comma")
    if cursor.take("word", "by", "on", "using", "via") is None and cursor.take("method") is None:
        return None
    cursor.take("article")
    found: list[Unit] = []
    while True:
        unit = cursor.take("phrase")
        if unit is None or unit.text.lower().split()[-1] not in _TESTS:
            return None
        found.append(unit)
        found.extend(_intensity(cursor))
        bracket = cursor.attempt(cursor.take_bracket)
        if bracket is not None and not _is_short_form(bracket):
            return None
        if not (cursor.sees("separator", "or", "and") and cursor.sees("phrase", ahead=1)):
            return found
        cursor.at += 1


def _intensity(cursor: Cursor) -> list[Unit]:
    """Read the "3+" of "IHC 3+"."""
    number, sign = cursor.peek(), cursor.peek(1)
    if number is None or sign is None or number.text not in ("0", "1", "2", "3") or sign.text != "+":
        return []
    cursor.at += 2
    return [Unit("intensity", f"{number.text}+", number.start, sign.end, f"{number.text}+")]


def _joined(items: list[_Item], manner: _Manner, context: Context) -> Rule | None:
    """Join the atoms as the list's separators say."""
    rules = [_of_name(item, manner, context) for item in items]
    separators = [item.separator for item in items[1:]]
    if len({item.unit.data[0].marker for item in items}) == 1 and all(item.unit.data[0].variant for item in items):
        return any_of(rules)  # no gene has them all
    if "slash" not in separators:
        return context.join(rules, separators) if not _is_profile(items, separators) else all_of(rules)
    values = {value for item in items for one in item.markings for value in one.values}
    each_stated = len({item.unit for item in items if item.unit.data[0].is_stated}) == len(items)
    return all_of(rules) if each_stated or (values & _SHARED_BY_ALL and not context.denied) else any_of(rules)


def _is_profile(items: list[_Item], separators: list[str]) -> bool:
    """Tell whether "and" joins what is true of one tumour: each name with a value of its own ("ER-positive and …")."""
    own = [value for item in items for one in item.unit.data for value in one.values]
    return "or" not in separators and len(own) >= len(items) and len(set(own)) > 1


def _of_name(item: _Item, manner: _Manner, context: Context) -> Rule:
    return all_of([_atom(one, item, manner, context) for one in item.markings])


def _atom(one: Marking, item: _Item, manner: _Manner, context: Context) -> Rule:
    confirmed = ["confirmed"] * any(cue.kind == "established" for cue in manner.cues)
    return Biomarker.model_validate(
        {
            "marker": one.marker,
            "kind": one.kind,
            "variant": one.variant,
            "origin": one.origin,
            "values": [*one.values, *(unit.value for unit in manner.methods if unit.kind == "intensity")],
            "range": item.range,
            "status": [cue.value for cue in manner.cues if cue.kind == "status"],
            "certainty": [*(cue.value for cue in manner.cues if cue.kind == "certainty"), *confirmed],
            "method": [
                *(cue.value for cue in manner.cues if cue.kind == "established"),
                *one.methods,
                *(unit.text for unit in manner.methods if unit.kind != "intensity"),
            ],
            **manner.timing.fields(),
            "spans": context.spans(item.unit, *item.units, *manner.units),
            "confidence": SURE if item.unit.data[0].is_stated else LIKELY,
        }
    )
