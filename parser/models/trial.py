"""The record: one trial, as its page or registry record states it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from parser.models.base import MODEL_CONFIG, Model
from parser.models.eligibility import Eligibility
from parser.models.values import Code, Concept, PartialDate, Span
from parser.version import SCHEMA_VERSION

SourceFormat = Literal["text", "html", "xml", "json", "csv"]
EncodingFrom = Literal["given", "bom", "declared", "utf-8", "detected", "fallback", "str"]
IdentifierScheme = Literal[
    "nct",
    "eudract",
    "ctis",
    "isrctn",
    "chictr",
    "ctri",
    "drks",
    "actrn",
    "jrct",
    "umin",
    "irct",
    "kct",
    "rebec",
    "pactr",
    "tctr",
    "slctr",
    "rpcec",
    "lbctr",
    "nl",
    "utn",
    "sponsor",
    "other",
]
StatusValue = Literal[
    "not_yet_recruiting",
    "recruiting",
    "enrolling_by_invitation",
    "active_not_recruiting",
    "ongoing_unclear",
    "suspended",
    "completed",
    "terminated",
    "withdrawn",
    "not_authorised",
    "available",
    "no_longer_available",
    "temporarily_not_available",
    "approved_for_marketing",
    "withheld",
    "unknown",
]
EventKind = Literal[
    "registered",
    "first_submitted",
    "first_posted",
    "launched",
    "start",
    "recruitment_start",
    "recruitment_end",
    "primary_completion",
    "completion",
    "updated",
    "as_of",
    "results_posted",
    "ethics_approval",
    "decision",
    "other",
]
SectionKind = Literal[
    "header",
    "summary",
    "eligibility",
    "sponsor",
    "location",
    "timeline",
    "contact",
    "design",
    "outcome",
    "other",
]
AbsentReason = Literal[
    "not_on_page",
    "label_only",
    "explicit_not_reported",
    "not_applicable",
    "no_limit",
    "redacted",
    "unparseable",
]
StudyType = Literal["interventional", "observational", "expanded_access", "other", "unknown"]
Phase = Literal["early_phase_1", "0", "1", "2", "3", "4", "not_applicable", "unknown"]
SponsorClass = Literal["industry", "government", "academic", "hospital", "network", "individual", "other", "unknown"]


class Source(Model):
    """Where the record came from and how it was read."""

    registry: str
    """Name of the reader that read it; `generic` for a listing page of no registry known."""
    format: SourceFormat
    url: str | None = None
    record_url: str | None = None
    sha256: str
    """Of the bytes given; of a `str`, of its UTF-8 form."""
    bytes: int
    encoding: str | None = None
    encoding_from: EncodingFrom | None = None
    """What decided the encoding."""
    language: str | None = None
    as_of: PartialDate | None = None
    last_refreshed: PartialDate | None = None
    record_version: str | None = None
    parser_version: str


class Identifier(Model):
    """A number under which the trial is known somewhere."""

    scheme: IdentifierScheme
    value: str
    """Canonical form."""
    raw: str
    role: Literal["primary", "secondary"]


class Status(Model):
    """Recruitment status."""

    value: StatusValue
    raw: str
    why_stopped: str | None = None
    last_verified: PartialDate | None = None


class Arm(Model):
    """A group of participants and what it is given."""

    id: str | None = None
    label: str
    kind: str | None = None
    description: str | None = None


class Enrolment(Model):
    """How many take part."""

    target: int | None = None
    actual: int | None = None
    by_group: dict[str, int] = Field(default_factory=dict)


class Design(Model):
    """How the study is built."""

    study_type: StudyType | None = None
    phases: list[Phase] = Field(default_factory=list)
    allocation: str | None = None
    masking: str | None = None
    purpose: str | None = None
    intervention_model: str | None = None
    observational_model: str | None = None
    time_perspective: str | None = None
    description: str | None = None
    arms: list[Arm] = Field(default_factory=list)
    enrolment: Enrolment | None = None


class Intervention(Model):
    """What is given or done."""

    type: str | None = None
    name: str
    description: str | None = None
    codes: list[Code] = Field(default_factory=list)
    role: str | None = None
    arms: list[str] = Field(default_factory=list)


class Outcome(Model):
    """What is measured to answer the study's question."""

    measure: str
    method: str | None = None
    time_frame: str | None = None
    rank: Literal["primary", "secondary", "other"]


class Summary(Model):
    """What the study is about, in prose."""

    brief: str | None = None
    detailed: str | None = None
    origin: Literal["registrant", "aggregator"] | None = None
    """Who wrote it; an aggregator's paraphrase is no evidence for eligibility."""


class Organization(Model):
    """An organisation that stands behind the trial."""

    name: str
    """In normal case."""
    raw: str | None = None
    sponsor_class: SponsorClass | None = None


class Sponsor(Model):
    """Who is responsible for the trial, who helps, who pays."""

    name: str | None = None
    """In normal case."""
    raw: str | None = None
    """As the page has it."""
    sponsor_class: SponsorClass | None = None
    about: str | None = None
    """What the page says of the organisation."""
    secondary: list[Organization] = Field(default_factory=list)
    collaborators: list[Organization] = Field(default_factory=list)
    funders: list[Organization] = Field(default_factory=list)
    responsible_party: str | None = None


class Contact(Model):
    """Someone to write to."""

    name: str | None = None
    role: str | None = None
    affiliation: str | None = None
    address: str | None = None
    city: str | None = None
    country: str | None = None
    phone: str | None = None
    email: str | None = None


class Location(Model):
    """A place where the trial runs."""

    raw: str
    facility: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    country_code: str | None = None
    """ISO 3166-1 alpha-2."""
    status: Status | None = None
    contact: Contact | None = None


class Country(Model):
    """Recruitment in a country, where the registry says so."""

    raw: str
    country_code: str | None = None
    status: Status | None = None
    planned: int | None = None
    actual: int | None = None


class TimelineEvent(Model):
    """Something that happens to the trial or its record, with its date where one is stated."""

    event: EventKind
    label: str
    """As on the page."""
    date: PartialDate | None = None
    kind: Literal["actual", "anticipated"] | None = None


class Ethics(Model):
    """Review by an ethics committee."""

    status: str | None = None
    approved: PartialDate | None = None
    committee: str | None = None
    contact: Contact | None = None


class IpdSharing(Model):
    """The statement on sharing individual participant data."""

    plan: Literal["yes", "no", "undecided", "unknown"] | None = None
    raw: str | None = None
    description: str | None = None
    time_frame: str | None = None
    access: str | None = None
    url: str | None = None


class Results(Model):
    """Summary results, where there are any."""

    available: bool | None = None
    summary: str | None = None
    url: str | None = None
    posted: PartialDate | None = None
    actual_enrolment: int | None = None


class Oversight(Model):
    """Regulation and monitoring."""

    authorities: list[str] = Field(default_factory=list)
    data_monitoring_committee: bool | None = None
    fda_regulated_drug: bool | None = None
    fda_regulated_device: bool | None = None


class Publication(Model):
    """A paper or a link about the trial."""

    citation: str | None = None
    pmid: str | None = None
    doi: str | None = None
    url: str | None = None
    type: str | None = None


class Section(Model):
    """A part of the page; sections tile its non-blank lines."""

    kind: SectionKind
    heading: str | None = None
    """As written."""
    text: str
    """The page's words at `span`, heading included."""
    span: Span


class LabelledValue(Model):
    """A labelled value that has no field of its own."""

    label: str
    value: str | None = None


class Translation(Model):
    """Another language's words for a field."""

    pointer: str
    language: str
    text: str


@dataclass(slots=True)
class Provenance:
    """Where a value came from: a span of the page's text, or a path in the record."""

    # A record has one for each of its values: as a model of its own, they would take a tenth of the time of parsing it.
    __pydantic_config__ = MODEL_CONFIG

    span: Span | None = None
    path: str | None = None
    """JSON pointer, XPath or section code."""


class Diagnostic(Model):
    """A finding about the document: what was expected, what was found, what to do."""

    code: str
    severity: Literal["info", "warning", "error"]
    message: str
    pointer: str | None = None
    span: Span | None = None


class Trial(Model):
    """One trial as its source states it; what the source does not state is absent with a reason."""

    schema_name: Literal["trial"] = "trial"
    schema_version: str = SCHEMA_VERSION
    source: Source
    text: str | None = None
    """The page as text; page spans index it."""
    identifiers: list[Identifier] = Field(default_factory=list)
    title: str | None = None
    scientific_title: str | None = None
    acronym: str | None = None
    status: Status | None = None
    design: Design | None = None
    conditions: list[Concept] = Field(default_factory=list)
    keywords: list[str] = Field(default_factory=list)
    interventions: list[Intervention] = Field(default_factory=list)
    outcomes: list[Outcome] = Field(default_factory=list)
    summary: Summary | None = None
    eligibility: Eligibility = Field(default_factory=Eligibility)
    sponsor: Sponsor | None = None
    contacts: list[Contact] = Field(default_factory=list)
    locations: list[Location] = Field(default_factory=list)
    countries: list[Country] = Field(default_factory=list)
    timeline: list[TimelineEvent] = Field(default_factory=list)
    ethics: list[Ethics] = Field(default_factory=list)
    ipd_sharing: IpdSharing | None = None
    results: Results | None = None
    oversight: Oversight | None = None
    publications: list[Publication] = Field(default_factory=list)
    sections: list[Section] = Field(default_factory=list)
    extra: list[LabelledValue] = Field(default_factory=list)
    translations: list[Translation] = Field(default_factory=list)
    provenance: dict[str, Provenance] = Field(default_factory=dict)
    """By JSON pointer, for every value read from the input."""
    absent: dict[str, AbsentReason] = Field(default_factory=dict)
    """By JSON pointer, why a value is not there."""
    diagnostics: list[Diagnostic] = Field(default_factory=list)

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return the record as JSON, nulls left out."""
        return self.model_dump_json(indent=indent)

    @classmethod
    def from_json(cls, data: str | bytes) -> Trial:
        """Read a record that `to_json` wrote.

        Raises:
            pydantic.ValidationError: When it is not one.
        """
        return cls.model_validate_json(data)

    def __str__(self) -> str:
        from parser.models.wording import summarize

        return summarize(self)


def pointer_target(trial: Trial, pointer: str) -> Any:
    """Return the value that a JSON pointer (RFC 6901) of `provenance` or `absent` names; None where it is absent.

    Raises:
        KeyError: When the pointer names no field of a trial.
    """
    target: Any = trial
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        if target is None:
            return None
        if isinstance(target, list):
            if not name.isdigit() or int(name) >= len(target):
                raise KeyError(pointer)
            target = target[int(name)]
        elif name in type(target).model_fields:
            target = getattr(target, name)
        else:
            raise KeyError(pointer)
    return target
