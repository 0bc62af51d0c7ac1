"""What the inclusion rules say of age and sex, beside the registry's own fields."""

from __future__ import annotations

from collections.abc import Iterator

from parser.models.eligibility import Eligibility, EligibleSex
from parser.models.rules import Age, AllOf, Rule, Sex
from parser.models.values import Range
from parser.normalize.units import in_canonical_unit


def state_age_and_sex(eligibility: Eligibility) -> None:
    """Set `stated_age` and `stated_sex` from what every participant must meet.

    Only atoms that hold for all count: at the top of an unscoped inclusion criterion, or in an `all_of` there.
    """
    required = list(_required(eligibility))
    eligibility.stated_age = _common_age([atom for atom in required if isinstance(atom, Age)])
    eligibility.stated_sex = _common_sex([atom for atom in required if isinstance(atom, Sex)])


def _required(eligibility: Eligibility) -> Iterator[Rule]:
    for criterion in eligibility.criteria:
        if criterion.kind == "inclusion" and criterion.role == "rule" and criterion.scope is None and criterion.rule:
            rule = criterion.rule
            yield from rule.rules if isinstance(rule, AllOf) else [rule]


def _common_age(ages: list[Age]) -> Range | None:
    """Return the range that all ages share; None when there is none, or when units or times differ."""
    ranges = [age.range for age in ages if age.range is not None and age.subject is None]
    if not ranges or any(age.when for age in ages) or len({limits.ucum for limits in ranges}) > 1:
        return None
    lows = [(limits.low, not limits.low_inclusive) for limits in ranges if limits.low is not None]
    highs = [(limits.high, bool(limits.high_inclusive)) for limits in ranges if limits.high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low[0] > high[0]:
        return None
    common = Range(
        low=low[0] if low else None,
        low_inclusive=not low[1] if low else None,
        high=high[0] if high else None,
        high_inclusive=high[1] if high else None,
        unit=ranges[0].unit,
        ucum=ranges[0].ucum,
    )
    return in_canonical_unit(common, "a")


def _common_sex(sexes: list[Sex]) -> EligibleSex | None:
    values = {sex.value for sex in sexes if sex.subject is None}
    return values.pop() if len(values) == 1 else None
