"""ClinicalTrials.gov: the labels of its saved study pages, those of today and those of the classic site."""

from __future__ import annotations

import re
from dataclasses import replace

from parser.models.trial import EventKind, SectionKind
from parser.normalize.dates import DateKind
from parser.normalize.sexes import is_sex
from parser.registries.page.labels import Label, Vocabulary

#: Name, section and forms of the labels that open a part of the page, or a field that may be long.
_PARTS: tuple[tuple[str, SectionKind, str], ...] = (
    ("overview", "summary", "study overview | study description"),
    ("summary", "summary", "brief summary"),
    ("detailed", "summary", "detailed description"),
    ("conditions", "design", "conditions | condition | conditions or focus of study | condition or disease"),
    (
        "interventions",
        "design",
        "intervention / treatment | intervention/treatment | interventions | intervention",
    ),
    ("contacts_part", "contact", "contacts and locations"),
    ("contact", "contact", "study contact | contacts | contact information"),
    ("contact_backup", "contact", "study contact backup"),
    ("locations", "location", "study locations | locations | location"),
    ("participation", "eligibility", "participation criteria"),
    ("criteria_part", "eligibility", "eligibility criteria | eligibility"),
    ("criteria", "eligibility", "description | criteria"),
    ("plan", "design", "study plan | study design"),
    ("design_part", "design", "how is the study designed"),
    ("design", "design", "design details"),
    ("arms", "design", "arms and interventions | groups and cohorts"),
    ("outcomes_part", "outcome", "what is the study measuring | outcome measures"),
    ("outcomes_primary", "outcome", "primary outcome measures | primary outcome measure"),
    ("outcomes_secondary", "outcome", "secondary outcome measures | secondary outcome measure"),
    ("outcomes_other", "outcome", "other outcome measures | other outcome measure"),
    ("people", "sponsor", "collaborators and investigators"),
    ("sponsors", "sponsor", "sponsors and collaborators"),
    ("investigators", "contact", "investigators"),
    ("publications", "other", "publications | publications of results"),
    (
        "general_publications",
        "other",
        "general publications | from pubmed | publications automatically indexed to this "
        "study by clinicaltrials.gov identifier (nct number) | other publications",
    ),
    ("dates", "timeline", "study record dates | study registration dates"),
    ("more", "other", "more information"),
    ("terms", "other", "terms related to this study"),
    ("meshes", "other", "additional relevant mesh terms"),
    (
        "ipd_part",
        "other",
        "plan for individual participant data (ipd) | individual participant data (ipd) sharing statement",
    ),
    (
        "links",
        "other",
        "drug and device information, study documents, and helpful links | resource links provided by "
        "the national library of medicine",
    ),
)

#: Name, section and forms of the labels of one value, in a line of its own or behind the label.
_VALUES: tuple[tuple[str, SectionKind, str], ...] = (
    ("nct_id", "header", "clinicaltrials.gov id | clinicaltrials.gov identifier"),
    ("status", "header", "recruitment status | overall recruitment status | overall status | recruitment"),
    ("last_known_status", "header", "recruitment status was"),
    ("provided_by", "header", "information provided by | information provided by (responsible party)"),
    ("sponsor", "sponsor", "sponsor"),
    ("collaborators", "sponsor", "collaborators | collaborator"),
    ("responsible_party", "sponsor", "responsible party"),
    ("scientific_title", "summary", "official title"),
    ("other_ids", "summary", "other study id numbers"),
    ("enrolment", "design", "enrollment"),
    ("enrolment_actual", "design", "enrollment (actual) | actual enrollment"),
    (
        "enrolment_target",
        "design",
        "enrollment (estimated) | estimated enrollment | enrollment (anticipated) | anticipated enrollment",
    ),
    ("study_type", "design", "study type"),
    ("phase", "design", "phase"),
    ("allocation", "design", "allocation"),
    ("intervention_model", "design", "intervention model | interventional model"),
    ("description", "design", "intervention model description | interventional model description"),
    ("masking", "design", "masking"),
    ("masking_description", "design", "masking description"),
    ("purpose", "design", "primary purpose"),
    ("observational_model", "design", "observational model"),
    ("time_perspective", "design", "time perspective"),
    ("target_duration", "design", "target follow-up duration"),
    ("keywords", "other", "keywords"),
    ("verified", "timeline", "last verified"),
    ("ipd_plan", "other", "plan to share individual participant data (ipd) | plan to share ipd"),
    ("ipd_description", "other", "ipd plan description | plan description"),
    ("ipd_time_frame", "other", "ipd sharing time frame | time frame"),
    ("ipd_access", "other", "ipd sharing access criteria | access criteria"),
    ("ipd_information", "other", "ipd sharing supporting information type | supporting materials"),
    ("ipd_url", "other", "url"),
    ("fda_drug", "other", "studies a u.s. fda-regulated drug product"),
    ("fda_device", "other", "studies a u.s. fda-regulated device product"),
    ("us_export", "other", "product manufactured in and exported from the u.s"),
    ("expanded_access", "other", "expanded access available outside this study"),
)

#: In copies as text these stand in one line with their value, without a colon.
_PREFIXES = {
    "nct_id": ("clinicaltrials.gov id",),
    "provided_by": ("information provided by",),
}

#: Fields of eligibility, which end the criteria above them.
_ELIGIBILITY: tuple[tuple[str, str], ...] = (
    ("age", "ages eligible for study"),
    ("sex", "sexes eligible for study | genders eligible for study | gender eligible for study"),
    ("gender_based", "gender based eligibility | gender based"),
    ("sex_note", "gender eligibility description"),
    ("healthy", "accepts healthy volunteers"),
    ("sampling_method", "sampling method"),
    ("study_population", "study population"),
)

#: Name, event and forms; each form also comes with `(Actual)` or `(Estimated)` behind it, or the word before it.
_EVENTS: tuple[tuple[str, EventKind, str], ...] = (
    ("start", "start", "study start | study start date"),
    ("primary_completion", "primary_completion", "primary completion | primary completion date"),
    ("completion", "completion", "study completion | study completion date"),
    ("first_submitted", "first_submitted", "first submitted | first submitted date"),
    ("first_submitted_qc", "other", "first submitted that met qc criteria"),
    ("first_posted", "first_posted", "first posted | first posted date"),
    ("results_submitted", "other", "results first submitted"),
    ("results_submitted_qc", "other", "results first submitted that met qc criteria"),
    ("results_posted", "results_posted", "results first posted"),
    ("disposition_submitted", "other", "certification/extension first submitted"),
    ("disposition_posted", "other", "certification/extension first posted"),
    ("update_posted", "updated", "last update posted | last update posted date"),
    ("update_submitted", "other", "last update submitted that met qc criteria | last update submitted"),
)
#: Of these the registry's own estimate is of a day that has passed.
_PASSED = frozenset({"first_posted", "results_posted", "disposition_posted", "update_posted"})

_KINDS: tuple[tuple[DateKind, tuple[str, ...]], ...] = (
    ("actual", ("actual",)),
    ("anticipated", ("estimated", "anticipated")),
)

#: Lines of the site that end what stands above them.
_ASIDES = (
    "on this page | study record updates | results reporting dates | study documents | helpful links | "
    "information from the national library of medicine | hhs vulnerability disclosure | footer | back to top | "
    "scroll to top | study details | tabular view | researcher view"
)


def _forms(forms: str) -> tuple[str, ...]:
    return tuple(" ".join(form.split()) for form in forms.split("|"))


def _dated(name: str, event: EventKind, forms: str) -> list[Label]:
    labels = [Label(name, "timeline", _forms(forms), event=event, short=True)]
    for kind, words in _KINDS:
        kinded = tuple(
            spelled for form in _forms(forms) for word in words for spelled in (f"{form} ({word})", f"{word} {form}")
        )
        stated = None if name in _PASSED and kind == "anticipated" else kind
        labels.append(Label(f"{name}_{kind}", "timeline", kinded, event=event, kind=stated, short=True))
    return labels


#: The head of the classic layout's table of conditions, interventions and phases.
CONDITION_TABLE = Label("condition_table", "design", heading=True, repeats=True)
CONDITION_HEAD = re.compile(r"condition or disease\s+intervention/treatment", re.IGNORECASE)

#: The page prints several of its values twice, so each label may come again.
LABELS: tuple[Label, ...] = tuple(
    replace(label, repeats=True)
    for label in (
        *(Label(name, section, _forms(forms), heading=True, whole_line=True) for name, section, forms in _PARTS),
        *(
            Label(name, section, _forms(forms), _PREFIXES.get(name, ()), in_header=True, short=True)
            for name, section, forms in _VALUES
        ),
        *(
            Label(name, "eligibility", _forms(forms), short=True, reads=is_sex if name == "sex" else None, closes=True)
            for name, forms in _ELIGIBILITY
        ),
        *(label for name, event, forms in _EVENTS for label in _dated(name, event, forms)),
        Label("keywords", "other", prefixes=("keywords provided by",), heading=True),
        Label("verified_by", "header", prefixes=("verified",), floating=True),
        Label("aside", "other", _forms(_ASIDES), floating=True, whole_line=True),
    )
)
VOCABULARY = Vocabulary(LABELS)

#: What a page of this site is told by, beside a number of the registry's: these many lines of its own.
ENOUGH_MARKS = 4
_MARKS = (
    "study overview",
    "information provided by",
    "ages eligible for study",
    "sexes eligible for study",
    "genders eligible for study",
    "accepts healthy volunteers",
    "recruitment status",
    "collaborators and investigators",
    "sponsors and collaborators",
    "last update posted",
    "first posted",
    "study record dates",
    "participation criteria",
    "intervention / treatment",
    "condition or disease",
    "other study id numbers",
    "how is the study designed",
    "what is the study measuring",
    "study registration dates",
)
_MARK = re.compile(rf"^[\W_]{{0,8}}({'|'.join(map(re.escape, _MARKS))})\b", re.IGNORECASE | re.MULTILINE)
_NUMBER = re.compile(r"clinicaltrials\.gov (?:id\b|identifier)|clinicaltrials\.gov/(?:study|ct2/show)/", re.IGNORECASE)


def marks_of(text: str) -> int:
    """Return how many different lines of this site's a page has."""
    return len({" ".join(mark.casefold().split()) for mark in _MARK.findall(text)})


def names_number(text: str) -> bool:
    """Tell whether words speak of the registry's number as its own site does."""
    return _NUMBER.search(text) is not None
