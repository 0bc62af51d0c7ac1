"""A participant as far as the record tells: what rules are evaluated on.

Everything may be left out, and what is left out is not known. A fact with `present=False` is known not to be;
`complete` names the lists that hold everything there is to know of their kind.

Dates are as exact as they are known (`Moment`): `2024`, `2024-05`, `2024-05-03`, `2024-05-03T14:30`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self, cast

from pydantic import BeforeValidator, Field, model_validator

from parser.matching.moments import Moment
from parser.models.base import Value
from parser.models.rules import (
    AllergyKind,
    Aspect,
    BiomarkerKind,
    ReproductiveState,
    RequirementTopic,
    Subject,
    TreatmentCategory,
)
from parser.models.values import Concept, Duration, Number, RelativeTo

#: What a fact is, where it is no occurrence: planned, a relative's, a risk, or indicated.
Standing = Literal["actual", "planned", "family_history", "risk", "indicated"]
Comparator = Literal["<", "<=", ">", ">="]
#: The kinds of facts, by the type of the atoms that ask for them.
FactType = Literal[
    "condition",
    "treatment",
    "measurement",
    "biomarker",
    "allergy",
    "reproductive",
    "observation",
    "requirement",
]

#: A concept; a plain text is one without codes.
Named = Annotated[Concept, BeforeValidator(lambda value: Concept(text=value) if isinstance(value, str) else value)]

#: Treatments that are over on the day they are done, and that count for ever after.
ONCE = frozenset(("procedure", "transfusion", "transplant", "vaccine"))


class Amount(Value):
    """A number with its unit."""

    value: Number
    unit: str | None = None
    """As written, or in UCUM."""
    comparator: Comparator | None = None
    """Where the laboratory gives a limit only (`< 0.1`)."""


class Period(Value):
    """A stretch of time in the participant's life: a hospital stay, the study."""

    start: Moment | None = None
    end: Moment | None = None


class Fact(Value):
    """What all facts have in common."""

    present: bool = True
    """False: known not to be; of any time, or since `start` where it is given."""
    start: Moment | None = None
    """When it began; of what happened once or was measured, when."""
    end: Moment | None = None
    standing: Standing = "actual"
    qualifiers: tuple[str, ...] = ()
    """Severity, acuity, course, extent, site, route."""
    method: tuple[str, ...] = ()
    """The tests, assessors, guidelines or criteria sets that established it."""
    certainty: Literal["confirmed", "suspected"] | None = None
    count: Annotated[int, Field(ge=0)] | None = None
    """How many occurrences, cycles, lines, lesions the fact stands for, where that is known."""
    duration: Amount | None = None
    """How long it lasts or lasted, where its dates do not tell."""
    particulars: Particulars | None = None
    """Facts of this same occurrence: its reason, setting, outcome, own measurements."""


class Lasting(Fact):
    """What goes on for a while."""

    ongoing: bool | None = True
    """Whether it lasts to this day; it does unless the fact has an end or says otherwise. None: not known."""
    once: bool = False
    """It happened and was over, and counts for ever after: an infarction."""

    @model_validator(mode="before")
    @classmethod
    def _ended_by_its_end(cls, data: object) -> object:
        if isinstance(data, dict) and "ongoing" not in data and (data.get("end") is not None or data.get("once")):
            return {**data, "ongoing": False}
        return data


class ConditionFact(Lasting):
    """A disease, symptom, finding or disorder."""

    type: Literal["condition"] = "condition"
    concept: Named
    diagnosed: Moment | None = None


class ObservationFact(Lasting):
    """Another fact about the person: smoking, occupation, a stay in hospital."""

    type: Literal["observation"] = "observation"
    concept: Named
    amount: Amount | None = None
    results: tuple[str, ...] = ()


class ReproductiveFact(Lasting):
    """Pregnancy, breastfeeding, childbearing potential, contraception and their kin."""

    type: Literal["reproductive"] = "reproductive"
    state: ReproductiveState


class AllergyFact(Lasting):
    """An allergy, an intolerance, or a contraindication."""

    type: Literal["allergy"] = "allergy"
    concept: Named
    kind: AllergyKind = "allergy"


class TreatmentFact(Fact):
    """A course of a drug, a procedure, a vaccination, …."""

    type: Literal["treatment"] = "treatment"
    concept: Named
    category: TreatmentCategory = "any"
    """Procedures, transfusions, transplants and vaccines happen once."""
    ongoing: bool | None = None
    """Whether it is still given; None: not known, unless it has an end."""
    last_dose: Moment | None = None
    dose: Amount | None = None
    half_life: Duration | None = None

    @property
    def once(self) -> bool:
        """Whether it was over on the day it was done."""
        return self.category in ONCE


class Measured(Fact):
    """What was found by measuring, at one moment (`start`)."""

    amount: Amount | None = None
    results: tuple[str, ...] = ()
    """The result in words: `negative`, `IIIB`, `2+`."""
    relative_to: RelativeTo | None = None
    """What `amount` is a multiple or a share of, where it is one."""
    references: dict[RelativeTo, Number] = Field(default_factory=dict)
    """The laboratory's limits of normal and other values to compare with, in the unit of `amount`."""


class MeasurementFact(Measured):
    """A laboratory value, vital sign, score, stage or grade."""

    type: Literal["measurement"] = "measurement"
    concept: Named
    aspect: Aspect = "value"


class BiomarkerFact(Measured):
    """A gene, protein or molecular feature and its state."""

    type: Literal["biomarker"] = "biomarker"
    marker: str
    kind: BiomarkerKind = "any"
    variant: str | None = None
    partner: str | None = None
    origin: str | None = None


class RequirementFact(Lasting):
    """Whether the participant does what taking part asks for; `present` is the favourable case."""

    type: Literal["requirement"] = "requirement"
    topic: RequirementTopic
    concept: Named | None = None


AnyFact = (
    ConditionFact
    | TreatmentFact
    | MeasurementFact
    | BiomarkerFact
    | AllergyFact
    | ReproductiveFact
    | ObservationFact
    | RequirementFact
)


class Record(Value):
    """Facts by their kind."""

    conditions: tuple[ConditionFact, ...] = ()
    treatments: tuple[TreatmentFact, ...] = ()
    measurements: tuple[MeasurementFact, ...] = ()
    biomarkers: tuple[BiomarkerFact, ...] = ()
    allergies: tuple[AllergyFact, ...] = ()
    reproductive: tuple[ReproductiveFact, ...] = ()
    observations: tuple[ObservationFact, ...] = ()
    requirements: tuple[RequirementFact, ...] = ()
    complete: frozenset[FactType] = frozenset()
    """Kinds of which the record holds everything: what is not on it is not so."""

    def facts(self, type_: str) -> tuple[AnyFact, ...]:
        """Return the facts that atoms of a type ask for."""
        return cast("tuple[AnyFact, ...]", getattr(self, LISTS[type_]) if type_ in LISTS else ())

    def walk(self) -> Iterator[tuple[str, AnyFact]]:
        """Yield every fact with its JSON pointer."""
        for name in LISTS.values():
            for at, fact in enumerate(getattr(self, name)):
                yield f"/{name}/{at}", fact


#: The list that holds the facts of a type.
LISTS: dict[str, str] = {
    "condition": "conditions",
    "treatment": "treatments",
    "measurement": "measurements",
    "biomarker": "biomarkers",
    "allergy": "allergies",
    "reproductive": "reproductive",
    "observation": "observations",
    "requirement": "requirements",
}


class Particulars(Record):
    """What is known of one occurrence."""


class Participant(Record):
    """A person who may take part."""

    sex: Literal["male", "female"] | None = None
    birth_date: Moment | None = None
    events: dict[str, Moment | Period] = Field(default_factory=dict)
    """When anchors of time windows lie (`first_dose`, `surgery`), or what a page calls them (`day 1`)."""
    others: tuple[Other, ...] = ()
    """People whose facts criteria ask for."""


class Other(Participant):
    """Another person, and what they are to the participant."""

    role: Subject

    @model_validator(mode="after")
    def _has_no_others(self) -> Self:
        if self.others:
            raise ValueError("the others of another person are not the participant's")
        return self


for _model in (
    ConditionFact,
    TreatmentFact,
    MeasurementFact,
    BiomarkerFact,
    AllergyFact,
    ReproductiveFact,
    ObservationFact,
    RequirementFact,
    Particulars,
    Participant,
    Other,
):
    _model.model_rebuild()
