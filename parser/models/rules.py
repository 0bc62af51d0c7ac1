"""Rules: what a criterion's words describe, as a tree that a machine can check.

Three logic nodes (`all_of`, `any_of`, `not`) over atoms; `type` tells them apart. Polarity lives in `not` alone:
being an exclusion criterion adds none. Every node points to its words in `Eligibility.text` through `spans`.

`str(rule)` gives the rule in words (`parser.models.wording`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from parser.models.base import Value, is_empty
from parser.models.values import Concept, Number, Range, Span, Window

Status = Literal["current", "history", "planned", "family_history", "risk", "prior", "indicated"]
Certainty = Literal["confirmed", "suspected", "known"]
Subject = Literal[
    "mother",
    "father",
    "parent",
    "child",
    "fetus",
    "partner",
    "donor",
    "recipient",
    "caregiver",
    "relative",
    "other",
]
Aspect = Literal["value", "increase", "decrease", "change", "mean"]
TreatmentCategory = Literal[
    "drug",
    "procedure",
    "radiotherapy",
    "device",
    "vaccine",
    "transfusion",
    "transplant",
    "behavioural",
    "any",
]
BiomarkerKind = Literal[
    "mutation",
    "amplification",
    "deletion",
    "fusion",
    "expression",
    "methylation",
    "instability",
    "burden",
    "cytogenetic",
    "any",
]
AllergyKind = Literal["allergy", "intolerance", "contraindication"]
ReproductiveState = Literal[
    "pregnant",
    "breastfeeding",
    "planning_pregnancy",
    "childbearing_potential",
    "postmenopausal",
    "sterile",
    "contraception",
    "conceiving_partner",
]
RequirementTopic = Literal[
    "consent",
    "assent",
    "adherence",
    "follow_up",
    "capacity",
    "language",
    "technology",
    "logistics",
    "investigator_judgement",
    "ethics",
    "participation",
    "legal",
    "other",
]
UnstructuredReason = Literal[
    "no_pattern", "ambiguous", "vague", "boilerplate", "not_english", "reference_to_missing", "too_long"
]


class _Node(Value):
    type: str
    spans: list[Span] = Field(default_factory=list)
    """Places of the rule's words in `Eligibility.text`; a coordinated phrase can need two."""
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    """How sure the reading is; a logic node's is the least of its parts."""

    def __str__(self) -> str:
        from parser.models.wording import in_words

        return in_words(self)  # type: ignore[arg-type]


# --- logic ---------------------------------------------------------------------------------------------------------


class AllOf(_Node):
    """Every part holds."""

    type: Literal["all_of"] = "all_of"
    rules: Annotated[list[Rule], Field(min_length=1)]


class AnyOf(_Node):
    """At least `at_least` of the parts hold."""

    type: Literal["any_of"] = "any_of"
    rules: Annotated[list[Rule], Field(min_length=1)]
    at_least: Annotated[int, Field(ge=1)] = 1


class Not(_Node):
    """The part does not hold."""

    type: Literal["not"] = "not"
    rule: Rule


# --- what atoms have in common -------------------------------------------------------------------------------------


class _Dated(_Node):
    """An atom about something that happens: all but `sex` and `unstructured`."""

    when: list[Window] = Field(default_factory=list, exclude_if=is_empty)
    """Windows, all about the same occurrence."""
    duration: Range | None = None
    """How long it lasts or lasted."""
    where: list[Rule] = Field(default_factory=list, exclude_if=is_empty)
    """True of this same occurrence: its reason, setting, outcome, own measurements."""
    defined_as: Rule | None = None
    """The text's own definition; it takes the place of the concept."""
    unless: list[Rule] = Field(default_factory=list, exclude_if=is_empty)
    """Occurrences taken out of what the atom matches; any suffices."""
    examples: list[Rule] = Field(default_factory=list, exclude_if=is_empty)
    """Kinds of the term that the text names; no match proves nothing."""
    subject: Subject | None = None
    """Whose fact it is, when not the participant's."""


class _Clinical(_Dated):
    status: list[Status] = Field(default_factory=list, exclude_if=is_empty)
    """Any suffices."""
    certainty: list[Certainty] = Field(default_factory=list, exclude_if=is_empty)
    """Any suffices."""
    method: list[str] = Field(default_factory=list, exclude_if=is_empty)
    """The test, assessor, guideline or criteria set that establishes it, as written; any suffices."""
    qualifiers: list[str] = Field(default_factory=list, exclude_if=is_empty)
    """Severity, acuity, course, extent, site or route, in the words used; all apply."""
    count: Range | None = None
    """How many occurrences, lines, cycles, lesions."""


# --- atoms ---------------------------------------------------------------------------------------------------------


class Age(_Dated):
    """Chronological age, counted in completed units."""

    type: Literal["age"] = "age"
    range: Range | None = None
    """Absent for "legal age" with no number."""


class Sex(_Node):
    """The participant's sex."""

    type: Literal["sex"] = "sex"
    value: Literal["male", "female"]
    subject: Subject | None = None


class Condition(_Clinical):
    """A disease, symptom, finding, disorder or substance abuse."""

    type: Literal["condition"] = "condition"
    concept: Concept


class Measurement(_Clinical):
    """A laboratory value, vital sign, score, stage, grade, life expectancy, tumour size, …."""

    type: Literal["measurement"] = "measurement"
    concept: Concept
    range: Range | None = None
    values: list[str] = Field(default_factory=list, exclude_if=is_empty)
    aspect: Aspect = "value"


class Biomarker(_Clinical):
    """A gene, protein or molecular feature and its state."""

    type: Literal["biomarker"] = "biomarker"
    marker: str
    """Gene symbol (ERBB2) or name (MSI)."""
    kind: BiomarkerKind = "any"
    variant: str | None = None
    partner: str | None = None
    origin: str | None = None
    values: list[str] = Field(default_factory=list, exclude_if=is_empty)
    range: Range | None = None


class Treatment(_Clinical):
    """A drug, procedure, radiotherapy, device, vaccine, transfusion or transplant: prior, current or planned."""

    type: Literal["treatment"] = "treatment"
    concept: Concept
    category: TreatmentCategory = "any"
    dose: Range | None = None


class Allergy(_Clinical):
    """Allergy or hypersensitivity, intolerance, or contraindication to something."""

    type: Literal["allergy"] = "allergy"
    concept: Concept
    kind: AllergyKind = "allergy"


class Reproductive(_Clinical):
    """Pregnancy, breastfeeding, childbearing potential, contraception and their kin."""

    type: Literal["reproductive"] = "reproductive"
    state: ReproductiveState


class Observation(_Dated):
    """Another fact about the person: smoking, hospitalisation, residence, occupation, …."""

    type: Literal["observation"] = "observation"
    concept: Concept
    range: Range | None = None
    values: list[str] = Field(default_factory=list, exclude_if=is_empty)
    status: list[Status] = Field(default_factory=list, exclude_if=is_empty)
    qualifiers: list[str] = Field(default_factory=list, exclude_if=is_empty)
    count: Range | None = None


class Requirement(_Dated):
    """What taking part asks for, in the favourable case; unfavourable wording is `not`.

    `participation` (is in another trial) and `legal` are neutral facts.
    """

    type: Literal["requirement"] = "requirement"
    topic: RequirementTopic
    concept: Concept | None = None
    status: list[Status] = Field(default_factory=list, exclude_if=is_empty)


class Unstructured(_Node):
    """Words kept, not understood. Always evaluates to unknown."""

    type: Literal["unstructured"] = "unstructured"
    text: str
    reason: UnstructuredReason = "no_pattern"


Rule = Annotated[
    AllOf
    | AnyOf
    | Not
    | Age
    | Sex
    | Condition
    | Measurement
    | Biomarker
    | Treatment
    | Allergy
    | Reproductive
    | Observation
    | Requirement
    | Unstructured,
    Field(discriminator="type"),
]
"""Any node; `type` says which."""

Atom = (
    Age
    | Sex
    | Condition
    | Measurement
    | Biomarker
    | Treatment
    | Allergy
    | Reproductive
    | Observation
    | Requirement
    | Unstructured
)

for _model in (
    AllOf,
    AnyOf,
    Not,
    Age,
    Condition,
    Measurement,
    Biomarker,
    Treatment,
    Allergy,
    Reproductive,
    Observation,
    Requirement,
):
    _model.model_rebuild()


def parts(rule: Rule) -> list[Rule]:
    """Return the rules directly below a logic node; none below an atom."""
    if isinstance(rule, AllOf | AnyOf):
        return rule.rules
    return [rule.rule] if isinstance(rule, Not) else []


def atoms(rule: Rule) -> Iterator[Atom]:
    """Yield the atoms of a rule's logic, left to right; not those inside an atom's modifiers."""
    below = parts(rule)
    if not below and not isinstance(rule, AllOf | AnyOf | Not):
        yield rule
    for part in below:
        yield from atoms(part)


__all__ = [
    "Age",
    "AllOf",
    "Allergy",
    "AnyOf",
    "Atom",
    "Biomarker",
    "Condition",
    "Measurement",
    "Not",
    "Number",
    "Observation",
    "Reproductive",
    "Requirement",
    "Rule",
    "Sex",
    "Treatment",
    "Unstructured",
    "atoms",
    "parts",
]
