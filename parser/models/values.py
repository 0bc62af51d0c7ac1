"""Values that several models hold: spans, numbers with bounds, dates of partial precision, concepts, windows."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from parser.models.base import Value, is_empty

#: `[start, end]` in code points, half open.
Span = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]

#: A number as written: whole numbers stay whole.
Number = Annotated[int, Field()] | Annotated[float, Field(allow_inf_nan=False)]

Precision = Literal["year", "month", "day"]
RelativeTo = Literal["ULN", "LLN", "baseline", "predicted", "normal", "nadir", "previous", "other"]
WindowRelation = Literal["before", "after", "within", "during", "at", "since"]
Anchor = Literal[
    "screening",
    "consent",
    "enrollment",
    "randomization",
    "first_dose",
    "last_dose",
    "baseline",
    "surgery",
    "transplant",
    "diagnosis",
    "symptom_onset",
    "admission",
    "birth",
    "relapse",
    "measurement",
    "study",
    "event",
    "unstated",
]
WindowOf = Literal["occurrence", "onset", "diagnosis", "last_dose", "measurement"]

#: An ISO 8601 duration with its unit kept: `P2W`, not `P14D`.
Duration = Annotated[
    str,
    Field(
        pattern=r"^P(?:(?:\d+(?:\.\d+)?[YMWD])+(?:T(?:\d+(?:\.\d+)?[HMS])+)?|T(?:\d+(?:\.\d+)?[HMS])+)$",
    ),
]


#: What makes a whole date of one of less precision, to see whether the calendar has it.
_REST_OF_DATE: dict[Precision, str] = {"year": "-01-01", "month": "-01", "day": ""}
_LENGTH_OF_DATE = len("2025-03-17")


class PartialDate(Value):
    """A date as exactly as the source states it; a missing day is never filled in."""

    value: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    """ISO 8601 `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    precision: Precision
    raw: str
    """The words of the source."""

    @model_validator(mode="after")
    def _precision_fits(self) -> Self:
        rest = _REST_OF_DATE[self.precision]
        if len(self.value) + len(rest) != _LENGTH_OF_DATE:
            raise ValueError(f"{self.value!r} has not the precision {self.precision!r}")
        date.fromisoformat(self.value + rest)  # raises ValueError for a month or day that no calendar has
        return self


class Code(Value):
    """A concept's code in a terminology."""

    system: str
    """The terminology: `LOINC`, `MeSH`, `ICD-10`, `MedDRA`, `SNOMED CT`, …"""
    code: str
    display: str | None = None


class Concept(Value):
    """What a phrase names."""

    text: str
    """As written, without its qualifiers."""
    name: str | None = None
    """Normalised: lower case, singular."""
    codes: list[Code] = Field(default_factory=list, exclude_if=is_empty)

    def __str__(self) -> str:
        return self.text


class CanonicalRange(Value):
    """A range's bounds in its quantity's canonical unit, where conversion is exact."""

    low: Number | None = None
    high: Number | None = None
    ucum: str


class Range(Value):
    """A number with bounds. Numbers are as written; a missing bound is no limit.

    The inclusive flags are set exactly where their bound is, and default to inclusive.
    """

    low: Number | None = None
    low_inclusive: bool | None = None
    high: Number | None = None
    high_inclusive: bool | None = None
    value: Number | None = None
    """A bound of unknown direction; evaluates to unknown."""
    unit: str | None = None
    """As written."""
    ucum: str | None = None
    """The unit in UCUM (https://ucum.org); years are `a`."""
    canonical: CanonicalRange | None = None
    relative_to: RelativeTo | None = None
    """What the number is a multiple of, where it has no unit; what it is compared with, where it has one."""
    relative_text: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _inclusive_unless_said(cls, data: object) -> object:
        return _with_inclusive_flags(data, ("low", "high"))

    @model_validator(mode="after")
    def _bounds_make_sense(self) -> Self:
        if self.low is None and self.low_inclusive is not None:
            raise ValueError("low_inclusive without low")
        if self.high is None and self.high_inclusive is not None:
            raise ValueError("high_inclusive without high")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")
        return self


class Window(Value):
    """A stretch of time, measured from an anchor, in which something must lie.

    `before` and `after` reach to one side of the anchor, `within` to both.
    """

    relation: WindowRelation
    min: Duration | None = None
    max: Duration | None = None
    min_inclusive: bool | None = None
    max_inclusive: bool | None = None
    half_lives: Number | None = None
    longer_of: list[str] = Field(default_factory=list, exclude_if=is_empty)
    """Alternatives of which the longer counts (`["P28D", "5 half-lives"]`), in place of `max`."""
    shorter_of: list[str] = Field(default_factory=list, exclude_if=is_empty)
    anchor: Anchor = "unstated"
    anchor_text: str | None = None
    """The words for the anchor, where they say more than its name."""
    of: WindowOf = "occurrence"
    """What must lie in the window."""

    @model_validator(mode="before")
    @classmethod
    def _inclusive_unless_said(cls, data: object) -> object:
        return _with_inclusive_flags(data, ("min", "max"))


def _with_inclusive_flags(data: object, bounds: tuple[str, str]) -> object:
    """Fill in the inclusive flag of each bound that is given without one."""
    if not isinstance(data, dict):
        return data
    filled = dict(data)
    for bound in bounds:
        if filled.get(bound) is not None and filled.get(f"{bound}_inclusive") is None:
            filled[f"{bound}_inclusive"] = True
    return filled
