"""What the inclusion rules say of age and sex, and whether it is what the registry's own fields say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parser.errors import diagnostic
from parser.models.amounts import age_range
from parser.models.eligibility import Eligibility, EligibleSex
from parser.models.rules import (
    Age,
    AllOf,
    AnyOf,
    Measurement,
    Reproductive,
    Requirement,
    Rule,
    Sex,
    Treatment,
    Unstructured,
    atoms,
)
from parser.models.trial import Diagnostic
from parser.models.values import Range, Window
from parser.normalize.units import in_canonical_unit

#: Relations of a window that leave an age the one at entry.
_AT_ENTRY = ("at", "during")
#: Anchors that are entry into the study.
_ENTRY = frozenset(
    ("unstated", "screening", "consent", "enrollment", "randomization", "first_dose", "baseline", "study")
)
#: States of which a criterion speaks when it sets out what one sex must do.
_FOR_THOSE_WHO_CAN = frozenset(("childbearing_potential", "contraception", "sterile", "postmenopausal"))
#: Years at which the age groups of registries begin and end (EU CTR section F.1, CTIS age ranges).
_BANDS_FROM = (None, 0, 2, 12, 18, 65, 85)
_BANDS_TO = (None, 1, 11, 17, 64, 84)
#: Atoms after which an age in the same criterion is that of whom they are asked of ("assent, if under 18 years").
_ASKED_OF_SOME = (Measurement, Requirement, Reproductive, Treatment)
#: Months and days in the units of age that hold a whole number of them.
_MONTHS = {"a": 12, "mo": 1}
_DAYS = {"wk": 7, "d": 1}
#: Days in a unit of age, to compare limits in different units; years and months are means.
_LENGTHS = {"a": 365.25, "mo": 365.25 / 12, "wk": 7, "d": 1, "h": 1 / 24, "min": 1 / 1440}
#: Limits nearer than this, in days, are the same: means are no calendar.
_NEAR = 2.0


@dataclass(frozen=True, slots=True)
class _Said:
    """What every participant must meet.

    Attributes:
        atom: A rule.
        pointer: JSON pointer of its criterion's rule.
        is_plain: Whether nothing in the criterion shows that it may be for one of the sexes alone.
        is_first: Whether nothing stands before it in the criterion that may be asked of people of some age alone.
    """

    atom: Rule
    pointer: str
    is_plain: bool
    is_first: bool


def state_age_and_sex(eligibility: Eligibility) -> list[Diagnostic]:
    """Set `stated_age` and `stated_sex` from what every participant must meet.

    Only atoms that hold for all count: at the top of an unscoped inclusion criterion, or in an `all_of` there. Ages at
    another time than entry ("at diagnosis"), and those of others, do not.

    Returns:
        A diagnostic for each field of the registry that says something else. A limit that the criteria leave out is no
        difference, nor is "over 18" beside a field that can only say 18.
    """
    required = list(_required(eligibility))
    ages = [said for said in required if isinstance(said.atom, Age) and said.is_first and _is_at_entry(said.atom)]
    eligibility.stated_age = _common_age([said.atom for said in ages if isinstance(said.atom, Age)])
    of_all = [said for said in required if said.is_plain]
    eligibility.stated_sex = _common_sex([said.atom for said in of_all])
    return [*_differing_age(eligibility, ages), *_differing_sex(eligibility, of_all)]


def _required(eligibility: Eligibility) -> Iterator[_Said]:
    for index, criterion in enumerate(eligibility.criteria):
        is_rule = criterion.role == "rule" and criterion.scope is None and "polarity_suspect" not in criterion.flags
        if criterion.kind == "inclusion" and is_rule and criterion.rule is not None:
            is_plain = not any(_is_of_one_sex(atom) for atom in atoms(criterion.rule))
            is_first = True
            for atom in _joined(criterion.rule):
                yield _Said(atom, f"/eligibility/criteria/{index}/rule", is_plain, is_first)
                is_first = is_first and not any(isinstance(each, _ASKED_OF_SOME) for each in atoms(atom))


def _is_of_one_sex(atom: Rule) -> bool:
    """Tell whether a criterion with this atom may be meant for one sex alone: "negative pregnancy test in women"."""
    if isinstance(atom, Measurement):
        return "pregnan" in atom.concept.text.lower()
    return isinstance(atom, Unstructured) or (isinstance(atom, Reproductive) and atom.state in _FOR_THOSE_WHO_CAN)


def _joined(rule: Rule) -> Iterator[Rule]:
    """Yield what must hold together."""
    if isinstance(rule, AllOf):
        for part in rule.rules:
            yield from _joined(part)
    else:
        yield rule


# --- age -------------------------------------------------------------------------------------------------------------


def _is_at_entry(age: Age) -> bool:
    is_plain = age.subject is None and not (age.where or age.unless or age.defined_as) and age.duration is None
    return is_plain and all(_is_entry(window) for window in age.when)


def _is_entry(window: Window) -> bool:
    return window.relation in _AT_ENTRY and window.anchor in _ENTRY and not (window.min or window.max)


def _common_age(ages: Sequence[Age]) -> Range | None:
    """Return the range that all ages share; None when there is none, or when units have no common one."""
    ranges = [age.range for age in ages if age.range is not None]
    same = _in_one_unit(ranges)
    if not same:
        return None
    lows = [(limits.low, not limits.low_inclusive) for limits in same if limits.low is not None]
    highs = [(limits.high, bool(limits.high_inclusive)) for limits in same if limits.high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if (low is None and high is None) or _is_empty(low, high):
        return None
    common = Range(
        low=low[0] if low else None,
        low_inclusive=not low[1] if low else None,
        high=high[0] if high else None,
        high_inclusive=high[1] if high else None,
        unit=same[0].unit,
        ucum=same[0].ucum,
    )
    return in_canonical_unit(common, "a")


def _is_empty(low: tuple[float, bool] | None, high: tuple[float, bool] | None) -> bool:
    """Tell whether no age lies between a bound, with whether it is excluded, and another, with whether it is not."""
    if low is None or high is None:
        return False
    return low[0] > high[0] or (low[0] == high[0] and (low[1] or not high[1]))


def _in_one_unit(ranges: Sequence[Range]) -> list[Range]:
    """Return ranges in the unit that they have in common: "6 months" and "17 years" in months; none without one."""
    units = {limits.ucum for limits in ranges}
    if len(units) < 2:
        return list(ranges)
    for table, ucum in ((_MONTHS, "mo"), (_DAYS, "d")):
        if all(unit in table for unit in units):
            return [_times(limits, table[limits.ucum or ucum], ucum) for limits in ranges]
    return []


def _times(limits: Range, factor: int, ucum: str) -> Range:
    updates = {name: bound * factor for name in ("low", "high") if (bound := getattr(limits, name)) is not None}
    return limits.model_copy(update={**updates, "unit": ucum, "ucum": ucum})


def _differing_age(eligibility: Eligibility, ages: Sequence[_Said]) -> Iterator[Diagnostic]:
    field, stated = eligibility.age, eligibility.stated_age
    if field is None or stated is None or field.ucum not in _LENGTHS or stated.ucum not in _LENGTHS:
        return
    lows = _completed(field, "low"), _completed(stated, "low")
    highs = _completed(field, "high"), _completed(stated, "high")
    if eligibility.age_groups and _is_banded(field):  # it is as wide as its groups: what lies inside is no difference
        differs = _is_outside(*lows, below=True) or _is_outside(*highs, below=False)
    else:
        differs = _differ(*lows) or _differ(*highs)
    if differs:
        found = f"{age_range(field) or 'no limit'} in the field, {age_range(stated)} in the criteria"
        spans = [span for said in ages for span in said.atom.spans]
        pointer = ages[0].pointer
        yield diagnostic("age_differs_from_text", pointer=pointer, span=spans[0] if spans else None, found=found)


def _completed(limits: Range, side: str) -> tuple[float, float] | None:
    """Return the least and the greatest age in days that a bound may stand for; None where it has none.

    Ages count in completed units, so "< 65" is 64 where a field can say no more, and "> 17" is 18.
    """
    bound = limits.low if side == "low" else limits.high
    if bound is None:
        return None
    length = _LENGTHS[limits.ucum or "a"]
    is_inclusive = limits.low_inclusive if side == "low" else limits.high_inclusive
    other = bound if is_inclusive is not False else bound + (1 if side == "low" else -1)
    return min(bound, other) * length, max(bound, other) * length


def _differ(field: tuple[float, float] | None, stated: tuple[float, float] | None) -> bool:
    """Tell whether a limit that the criteria state is another than the field's, or is none there."""
    if stated is None:
        return False
    return field is None or field[1] + _NEAR < stated[0] or stated[1] + _NEAR < field[0]


def _is_banded(field: Range) -> bool:
    """Tell whether a field's limits are those of registries' age groups."""
    return field.ucum == "a" and field.low in _BANDS_FROM and field.high in _BANDS_TO


def _is_outside(field: tuple[float, float] | None, stated: tuple[float, float] | None, *, below: bool) -> bool:
    if field is None or stated is None:
        return False
    return stated[1] + _NEAR < field[0] if below else field[1] + _NEAR < stated[0]


# --- sex -------------------------------------------------------------------------------------------------------------


def _common_sex(required: Sequence[Rule]) -> EligibleSex | None:
    """Return the sex that all must have, `all` where either will do; None where none is said, or both are required."""
    sexes: set[EligibleSex] = {atom.value for atom in required if isinstance(atom, Sex) and atom.subject is None}
    if len(sexes) == 1:
        return sexes.pop()
    return "all" if not sexes and any(_is_either(rule) for rule in required) else None


def _is_either(rule: Rule) -> bool:
    """Tell whether a rule is "male or female"."""
    if not isinstance(rule, AnyOf) or rule.at_least != 1:
        return False
    return {part.value for part in rule.rules if isinstance(part, Sex) and part.subject is None} == {"male", "female"}


def _differing_sex(eligibility: Eligibility, required: Sequence[_Said]) -> Iterator[Diagnostic]:
    field, stated = eligibility.sex, eligibility.stated_sex
    if field in (None, "unknown") or stated is None or field == stated:
        return
    said = next(each for each in required if isinstance(each.atom, Sex) or _is_either(each.atom))
    found = f"{field} in the field, {stated} in the criteria"
    span = said.atom.spans[0] if said.atom.spans else None
    yield diagnostic("sex_differs_from_text", pointer=said.pointer, span=span, found=found)
