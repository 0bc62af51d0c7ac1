"""Numbers, ranges, durations and windows of time in words; the small change of `parser.models.wording`."""

from __future__ import annotations

import re
from collections.abc import Callable

from parser.models.quoting import quoted, said
from parser.models.values import Number, Range, Window

#: Units of time by UCUM code, singular.
TIME_UNITS = {"a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour", "min": "minute", "s": "second"}

#: Designators of ISO 8601 durations before and after the `T`, as UCUM codes.
_DATE_DESIGNATORS = {"Y": "a", "M": "mo", "W": "wk", "D": "d"}
_TIME_DESIGNATORS = {"H": "h", "M": "min", "S": "s"}
_COMPONENT = re.compile(r"(\d+(?:\.\d+)?)([YMWDHS])")

REFERENCES = {
    "ULN": "the upper limit of normal",
    "LLN": "the lower limit of normal",
    "baseline": "baseline",
    "predicted": "the predicted value",
    "normal": "the normal value",
    "nadir": "the nadir",
    "previous": "the previous value",
    "other": "a reference of its own",
}

ANCHORS = {
    "screening": "screening",
    "consent": "consent",
    "enrollment": "enrolment",
    "randomization": "randomization",
    "first_dose": "the first dose",
    "last_dose": "the last dose",
    "baseline": "baseline",
    "surgery": "surgery",
    "transplant": "the transplant",
    "diagnosis": "diagnosis",
    "symptom_onset": "the onset of symptoms",
    "admission": "admission",
    "birth": "birth",
    "relapse": "relapse",
    "measurement": "the measurement",
    "study": "the study",
    "event": "the event",
    "unstated": "a time that is not stated",
}

#: What must lie in the window, said before it.
_WINDOW_OF = {
    "occurrence": "",
    "onset": "onset ",
    "diagnosis": "diagnosed ",
    "last_dose": "last dose ",
    "measurement": "measured ",
}


def number(value: Number) -> str:
    """Return a number as one would write it: no trailing zeros, no exponent for everyday sizes."""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def counted(value: Number, unit: str) -> str:
    """Return a number with a unit of time or a noun, in the plural unless it is one."""
    return f"{number(value)} {unit}" if value == 1 else f"{number(value)} {unit}s"


def duration(iso: str) -> str:
    """Return an ISO 8601 duration in words (`P1Y6M`: `1 year 6 months`); other text as it is (`5 half-lives`)."""
    if not iso.startswith("P"):
        return said(iso)
    date, _, time = iso[1:].partition("T")
    parts = [(amount, _DATE_DESIGNATORS.get(letter, letter)) for amount, letter in _COMPONENT.findall(date)]
    parts += [(amount, _TIME_DESIGNATORS.get(letter, letter)) for amount, letter in _COMPONENT.findall(time)]
    return " ".join(f"{amount} {TIME_UNITS[unit]}{'' if amount == '1' else 's'}" for amount, unit in parts)


# --- ranges --------------------------------------------------------------------------------------------------------


def age_range(bounds: Range) -> str:
    """Return an age: `18 years or older`, `under 6 months`, `0 to 65 years`."""
    low, high = bounds.low, bounds.high
    if low is not None and high is None:
        return f"{_amount(bounds, low)} or older" if bounds.low_inclusive else f"over {_amount(bounds, low)}"
    if high is not None and low is None:
        return f"{_amount(bounds, high)} or younger" if bounds.high_inclusive else f"under {_amount(bounds, high)}"
    return _bounded(bounds, {"low": "at least", "above": "over", "high": "at most", "below": "under"})


def plain_range(bounds: Range) -> str:
    """Return a number of things or a stretch of time: `at least 90 days`, `more than 2`, `3 to 5 weeks`."""
    return _bounded(bounds, {"low": "at least", "above": "more than", "high": "at most", "below": "less than"})


def measured_range(bounds: Range) -> str:
    """Return a measured value with signs: `≥ 100 x10^9/L`, `> 1.5 × the upper limit of normal`, `0 to 1`."""
    return _bounded(bounds, {"low": "≥", "above": ">", "high": "≤", "below": "<"}, exactly="=")


def _bounded(bounds: Range, sign: dict[str, str], exactly: str = "exactly") -> str:
    """Join the bounds, their unit said once; `sign` says how each kind of bound is introduced."""
    low, high = bounds.low, bounds.high
    low_sign = sign["low"] if bounds.low_inclusive else sign["above"]
    high_sign = sign["high"] if bounds.high_inclusive else sign["below"]
    if low is None and high is None:
        return _unknown_direction(bounds)
    if low is None or high is None:
        return f"{high_sign} {_amount(bounds, high)}" if high is not None else f"{low_sign} {_amount(bounds, low)}"
    if bounds.low_inclusive and bounds.high_inclusive:
        return f"{exactly} {_amount(bounds, low)}" if low == high else f"{number(low)} to {_amount(bounds, high)}"
    return f"{low_sign} {number(low)} and {high_sign} {_amount(bounds, high)}"


def _unknown_direction(bounds: Range) -> str:
    if bounds.value is None:
        return "of a size that is not stated"
    return f"at a limit of {_amount(bounds, bounds.value)} (minimum or maximum: not stated)"


def _amount(bounds: Range, value: Number | None) -> str:
    """Return one bound with the range's unit and reference."""
    if value is None:
        return ""
    words = _with_unit(bounds, value)
    if bounds.relative_to is None:
        return words
    reference = REFERENCES[bounds.relative_to]
    if bounds.relative_to == "other" and bounds.relative_text:
        reference = said(bounds.relative_text)
    return f"{words} relative to {reference}" if bounds.unit or bounds.ucum else f"{words} × {reference}"


def _with_unit(bounds: Range, value: Number) -> str:
    if bounds.ucum in TIME_UNITS:
        return counted(value, TIME_UNITS[bounds.ucum])
    # A unit in braces is an annotation ({score}), which is no word of English.
    unit = bounds.unit or (bounds.ucum if bounds.ucum and not bounds.ucum.startswith("{") else None)
    if not unit:
        return number(value)
    return number(value) + ("" if unit.startswith("/") else " ") + said(unit)


# --- windows -------------------------------------------------------------------------------------------------------


def window(when: Window) -> str:
    """Return a window: `within 28 days before the first dose`, `at screening`, `within the next 1 year`."""
    return _WINDOW_OF[when.of] + _RELATIONS[when.relation](when)


def _one_sided(when: Window) -> str:
    """`before` and `after`."""
    reach = " and ".join(part for part in (_least(when), _most(when)) if part)
    if when.anchor == "unstated" and not when.anchor_text and when.max is not None and when.half_lives is None:
        return _from_now(when, duration(when.max))
    return f"{reach} {when.relation} {_anchor(when)}" if reach else f"{when.relation} {_anchor(when)}"


def _from_now(when: Window, reach: str) -> str:
    """Return a window with no anchor as the page means it: `within the past 4 weeks`."""
    past = when.relation == "before"
    ago = "ago" if past else "from now"
    least = f", but {_least(when)} {ago}" if when.min is not None else ""
    if when.max_inclusive is False:
        return f"less than {reach} {ago}{least}"
    # "the next year", not "the next 1 year"; but "1 year 6 months" keeps its number.
    period = reach.removeprefix("1 ") if reach.count(" ") == 1 else reach
    return f"within the {'past' if past else 'next'} {period}{least}"


def _both_sides(when: Window) -> str:
    """`within`, which reaches to either side of its anchor."""
    reach = " and ".join(part for part in (_least(when), _most(when)) if part)
    return f"{reach} of {_anchor(when)}, before or after it" if reach else f"close to {_anchor(when)}"


def _in_it(when: Window) -> str:
    """`during`, `at` and `since`."""
    reach = " and ".join(part for part in (_least(when), _most(when)) if part)
    return f"{when.relation} {_anchor(when)}" + (f", {reach}" if reach else "")


_RELATIONS: dict[str, Callable[[Window], str]] = {
    "before": _one_sided,
    "after": _one_sided,
    "within": _both_sides,
    "during": _in_it,
    "at": _in_it,
    "since": _in_it,
}


def _most(when: Window) -> str:
    """Return how far the window reaches, empty where it says nothing of it."""
    bounds: list[str] = []
    if when.longer_of:
        bounds.append(f"the longer of {_listed(when.longer_of)}")
    if when.shorter_of:
        bounds.append(f"the shorter of {_listed(when.shorter_of)}")
    if when.max is not None:
        bounds.append(duration(when.max))
    if when.half_lives is not None:
        half_lives = "half-life" if when.half_lives == 1 else "half-lives"
        bounds.append(f"{number(when.half_lives)} {half_lives}")
    if not bounds:
        return ""
    # Exclusive bounds are said as such: "within 3 weeks" would take the third week's last day in.
    return f"{'less than' if when.max_inclusive is False else 'within'} {' and '.join(bounds)}"


def _least(when: Window) -> str:
    if when.min is None:
        return ""
    return f"{'more than' if when.min_inclusive is False else 'at least'} {duration(when.min)}"


def _listed(alternatives: list[str]) -> str:
    return " and ".join(duration(each) for each in alternatives)


def _anchor(when: Window) -> str:
    """Return the anchor's name, with the page's words where they say more."""
    name = ANCHORS[when.anchor]
    if not when.anchor_text:
        return name
    return said(when.anchor_text) if when.anchor in ("event", "unstated") else f"{name} ({quoted(when.anchor_text)})"
