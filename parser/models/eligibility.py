"""Eligibility: the text, its outline of criteria, and what each stretch of it became."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from parser.models.base import Model
from parser.models.rules import Rule
from parser.models.values import Range, Span

CriterionKind = Literal["inclusion", "exclusion", "unspecified", "other"]
CriterionRole = Literal["rule", "permission", "note", "boilerplate"]
CriterionFlag = Literal["polarity_suspect", "kind_inferred", "comparator_lost", "truncated", "nesting_ambiguous"]
ScopeType = Literal["arm", "cohort", "part", "phase", "group", "period", "site"]
SegmentKind = Literal["structured", "unstructured", "heading", "marker", "boilerplate"]
EligibleSex = Literal["all", "female", "male", "unknown"]


class Scope(Model):
    """The cohort, part or visit that a criterion is limited to."""

    text: str
    type: ScopeType
    ids: list[str] = Field(default_factory=list)


class Criterion(Model):
    """One item of the outline, with the items nested under it."""

    id: str
    """Stable path, such as `exclusion.5.4`."""
    kind: CriterionKind
    """`other` is for withdrawal and postponement criteria."""
    role: CriterionRole = "rule"
    text: str
    """Clean, without its marker."""
    span: Span
    """Place in `Eligibility.text`, without the marker and the nested items."""
    marker: str | None = None
    """Bullet or number as written."""
    scope: Scope | None = None
    flags: list[CriterionFlag] = Field(default_factory=list)
    rule: Rule | None = None
    """What the words say; of a list head, joined with copies of its children's rules."""
    criteria: list[Criterion] = Field(default_factory=list)

    def walk(self) -> Iterator[Criterion]:
        """Yield this criterion and all nested ones, in page order."""
        yield self
        for child in self.criteria:
            yield from child.walk()


class Segment(Model):
    """A stretch of the eligibility text and what became of it."""

    kind: SegmentKind
    span: Span


Share = Annotated[float, Field(ge=0, le=1)]


class Coverage(Model):
    """Shares of the non-blank characters by segment kind; they add to 1, or are all 0 where there is no text."""

    structured: Share = 0.0
    unstructured: Share = 0.0
    heading: Share = 0.0
    marker: Share = 0.0
    boilerplate: Share = 0.0


class Part(Model):
    """A stretch of the eligibility text that came from one field of a source with several."""

    kind: CriterionKind
    span: Span
    path: str


class Eligibility(Model):
    """Who may take part: the registry's own fields, the text, and the criteria in it."""

    text: str | None = None
    """The un-escaped text that all rule spans index."""
    parts: list[Part] = Field(default_factory=list)
    map: list[tuple[int, int, int]] = Field(default_factory=list)
    """`[text start, source start, length]` runs that lead back to the page or field."""
    sex: EligibleSex | None = None
    age: Range | None = None
    healthy_volunteers: bool | None = None
    age_groups: list[str] = Field(default_factory=list)
    sex_note: str | None = None
    study_population: str | None = None
    sampling_method: str | None = None
    stated_age: Range | None = None
    """What the inclusion rules say."""
    stated_sex: EligibleSex | None = None
    criteria: list[Criterion] = Field(default_factory=list)
    segments: list[Segment] = Field(default_factory=list)
    """They tile the non-blank characters of `text`."""
    coverage: Coverage = Field(default_factory=Coverage)

    def walk(self) -> Iterator[Criterion]:
        """Yield every criterion, nested ones included, in page order."""
        for criterion in self.criteria:
            yield from criterion.walk()

    def cover(self) -> None:
        """Set `coverage` from the segments: each kind's share of the non-blank characters."""
        text = self.text or ""
        counts = dict.fromkeys(Coverage.model_fields, 0)
        for segment in self.segments:
            counts[segment.kind] += sum(map(len, text[slice(*segment.span)].split()))
        total = sum(counts.values())
        self.coverage = Coverage(**{kind: count / total for kind, count in counts.items()} if total else {})
