"""Records of any content, and what stands in them: for properties that hold of every exporter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from parser.models import Trial
from parser.models.trial import (
    Arm,
    Contact,
    Country,
    Design,
    Enrolment,
    Ethics,
    Identifier,
    Intervention,
    IpdSharing,
    LabelledValue,
    Location,
    Organization,
    Outcome,
    Oversight,
    Publication,
    Results,
    Source,
    Sponsor,
    Status,
    Summary,
    TimelineEvent,
)
from parser.models.values import Code, Concept, PartialDate
from parser.pipeline import parse_eligibility

_MARKS = st.sampled_from(
    "; |: | [|] |\n|\n\n|\t| (|) |<b>|&amp;|\\<|\\|N/A|Drug: |\x0b|é≥|Intervention1: |Time Frame: |≥ 18 years|"
    "Timepoint: |- |1. |. |,|'|\"|]]>|\u3000".split("|")
)
_WORDS = st.sampled_from("tea asthma Nurses trial of 12 weeks none Yes unknown Group A adults sleep 2.5 mg".split())
TEXTS = st.lists(_WORDS | _WORDS | _MARKS, min_size=1, max_size=8).map(" ".join).filter(lambda text: bool(text.strip()))
_MAYBE = st.none() | TEXTS
_SIZES = st.none() | st.integers(0, 99_999)
_FLAGS = st.none() | st.booleans()


@st.composite
def _dates(draw: st.DrawFn) -> PartialDate:
    day = draw(st.dates()).isoformat()
    length = draw(st.sampled_from([4, 7, 10]))
    precision = {4: "year", 7: "month", 10: "day"}[length]
    return PartialDate.model_validate({"value": day[:length], "precision": precision, "raw": day[:length]})


def _some(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=most)


_MAYBE_DATE = st.none() | _dates()
_CODES = _some(st.builds(Code, system=st.sampled_from(["MeSH", "ICD-10"]), code=TEXTS, display=TEXTS), 1)
_ORGANISATIONS = _some(
    st.builds(Organization, name=TEXTS, sponsor_class=st.sampled_from([None, "industry", "hospital", "unknown"]))
)
_STATUSES = st.none() | st.builds(
    Status,
    value=st.sampled_from(["recruiting", "terminated", "ongoing_unclear", "unknown", "completed", "withdrawn"]),
    raw=TEXTS,
    why_stopped=_MAYBE,
    last_verified=_MAYBE_DATE,
)
_CONTACTS = st.builds(
    Contact,
    name=_MAYBE,
    role=st.sampled_from([None, "public", "Principal Investigator", "Contact", "tea taster"]),
    affiliation=_MAYBE,
    address=_MAYBE,
    city=_MAYBE,
    country=_MAYBE,
    phone=_MAYBE,
    email=_MAYBE,
)
_IDENTIFIERS = st.builds(
    Identifier,
    scheme=st.sampled_from(["nct", "isrctn", "eudract", "utn", "sponsor", "other"]),
    value=st.from_regex(r"[A-Z]{2}[0-9]{4}", fullmatch=True),
    raw=TEXTS,
    role=st.sampled_from(["primary", "secondary"]),
)
_DESIGNS = st.none() | st.builds(
    Design,
    study_type=st.sampled_from([None, "interventional", "observational", "expanded_access", "other"]),
    phases=st.lists(st.sampled_from(["early_phase_1", "0", "1", "2", "3", "4", "not_applicable"]), max_size=2),
    allocation=_MAYBE | st.just("Randomised"),
    masking=_MAYBE | st.just("Double (Participant, Investigator)"),
    purpose=_MAYBE,
    intervention_model=_MAYBE,
    observational_model=_MAYBE,
    time_perspective=_MAYBE,
    description=_MAYBE,
    arms=_some(st.builds(Arm, label=TEXTS, kind=_MAYBE, description=_MAYBE)),
    enrolment=st.none()
    | st.builds(
        Enrolment, target=_SIZES, actual=_SIZES, by_group=st.dictionaries(TEXTS, st.integers(1, 99), max_size=2)
    ),
)
_PLACES = st.builds(
    Location,
    raw=TEXTS,
    facility=_MAYBE,
    city=_MAYBE,
    region=_MAYBE,
    country=st.sampled_from([None, "Spain", "Korea, Republic of"]),
    country_code=st.none(),
    status=_STATUSES,
    contact=st.none() | _CONTACTS,
)
_EVENTS = st.builds(
    TimelineEvent,
    event=st.sampled_from(["registered", "start", "completion", "primary_completion", "updated", "other", "launched"]),
    label=TEXTS,
    date=_MAYBE_DATE,
    kind=st.sampled_from([None, "actual", "anticipated"]),
)
_CRITERIA = st.lists(
    st.sampled_from(
        [
            "Inclusion Criteria:",
            "Exclusion Criteria:",
            "- Adults",
            "  - with asthma",
            "1. Tea < 2 cups",
            "Pregnancy",
            "",
        ]
    )
    | TEXTS,
    max_size=8,
).map("\n".join)


_INTERVENTIONS = st.builds(
    Intervention,
    type=st.sampled_from([None, "drug", "Device", "tea"]),
    name=TEXTS,
    description=_MAYBE,
    codes=_CODES,
    role=st.sampled_from([None, "control"]),
    arms=_some(TEXTS, 1),
)
_OUTCOMES = st.builds(
    Outcome,
    measure=TEXTS,
    method=_MAYBE,
    time_frame=_MAYBE,
    rank=st.sampled_from(["primary", "secondary", "other"]),
)
_SPONSORS = st.builds(
    Sponsor,
    name=_MAYBE,
    about=_MAYBE,
    secondary=_ORGANISATIONS,
    collaborators=_ORGANISATIONS,
    funders=_ORGANISATIONS,
    responsible_party=_MAYBE,
)
_SHARING = st.builds(
    IpdSharing,
    plan=st.sampled_from([None, "yes", "no", "unknown"]),
    raw=_MAYBE,
    description=_MAYBE,
    time_frame=_MAYBE,
    access=_MAYBE,
    url=_MAYBE,
)
_PUBLICATIONS = st.builds(Publication, citation=_MAYBE, pmid=_MAYBE, url=_MAYBE, type=_MAYBE, doi=st.none())
_ETHICS = st.builds(Ethics, status=_MAYBE, approved=_MAYBE_DATE, committee=_MAYBE, contact=_CONTACTS)
_RESULTS = st.builds(Results, available=_FLAGS, summary=_MAYBE, url=_MAYBE, posted=_MAYBE_DATE)


@st.composite
def trials(draw: st.DrawFn) -> Trial:
    """Draw a record with any of its fields filled with anything."""
    trial = Trial(
        source=Source(registry="generic", format="text", sha256="0" * 64, bytes=1, parser_version="0"),
        identifiers=draw(_some(_IDENTIFIERS, 3)),
        title=draw(_MAYBE),
        scientific_title=draw(_MAYBE),
        acronym=draw(_MAYBE),
        status=draw(_STATUSES),
        design=draw(_DESIGNS),
        conditions=draw(_some(st.builds(Concept, text=TEXTS, codes=_CODES))),
        keywords=draw(_some(TEXTS)),
        interventions=draw(_some(_INTERVENTIONS)),
        outcomes=draw(_some(_OUTCOMES, 3)),
        summary=draw(st.none() | st.builds(Summary, brief=_MAYBE, detailed=_MAYBE)),
        sponsor=draw(st.none() | _SPONSORS),
        contacts=draw(_some(_CONTACTS)),
        locations=draw(_some(_PLACES)),
        countries=draw(_some(st.builds(Country, raw=st.sampled_from(["Spain", "China", "Atlantis"]), planned=_SIZES))),
        timeline=draw(_some(_EVENTS, 4)),
        ethics=draw(_some(_ETHICS)),
        ipd_sharing=draw(st.none() | _SHARING),
        results=draw(st.none() | _RESULTS),
        oversight=draw(st.none() | st.builds(Oversight, authorities=_some(TEXTS), data_monitoring_committee=_FLAGS)),
        publications=draw(_some(_PUBLICATIONS)),
        extra=draw(_some(st.builds(LabelledValue, label=TEXTS | st.sampled_from(["Phase", "i_code"]), value=TEXTS))),
    )
    trial.eligibility = parse_eligibility(draw(_CRITERIA), rules=False)
    trial.eligibility.sex = draw(st.sampled_from([None, "all", "female", "unknown"]))
    trial.eligibility.healthy_volunteers = draw(_FLAGS)
    trial.eligibility.study_population = draw(_MAYBE)
    return trial


#: How the source was read, what follows from the eligibility text, and raw words beside their value.
_NOT_THE_TRIAL = re.compile(
    r"/(?:schema_\w+|source/(?!record_url).*|text|sections/.*|provenance/.*|absent/.*|diagnostics/.*|"
    r"eligibility/(?:parts|map|segments|criteria|coverage|stated_\w+)(?:/.*)?|summary/origin|"
    r".*/(?:raw|precision|unit|canonical/.*)|timeline/\*/label|conditions/\*/name)"
)


def leaves(value: Any, pointer: str = "", pattern: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield every filled value of a record: its pointer, the pointer with `*` for places in lists, its words."""
    if isinstance(value, dict):
        for name, inner in value.items():
            safe = name.replace("~", "~0").replace("/", "~1")
            yield from leaves(inner, f"{pointer}/{safe}", f"{pattern}/{safe}")
    elif isinstance(value, list | tuple):
        for at, inner in enumerate(value):
            yield from leaves(inner, f"{pointer}/{at}", f"{pattern}/*")
    elif value not in (None, ""):
        yield pointer, pattern, " ".join(str(value).split()).rstrip(".")


def silently_dropped(trial: Trial, returned: Trial, lost: set[str]) -> list[str]:
    """Return the pointers of filled fields that neither came back nor are named by a loss."""
    back: dict[str, set[str]] = defaultdict(set)
    for _, pattern, words in leaves(returned.model_dump()):
        back[pattern].add(words)
    return [
        pointer
        for pointer, pattern, words in leaves(trial.model_dump())
        if not _NOT_THE_TRIAL.fullmatch(pattern)
        and words not in back[pattern]
        and not any(pointer == each or pointer.startswith(f"{each}/") for each in lost)
    ]
