"""The words by which listing pages label a trial's fields, whatever the site.

`FORMS` says how a field is labelled, `SHARED` what that means: the section it belongs to and how its value stands.
Collected from the layouts of public registers and trial finders. A reader of one registry takes the rows that it needs
by name.
"""

from __future__ import annotations

from dataclasses import replace

from parser.models.trial import EventKind, SectionKind
from parser.normalize.ages import is_age
from parser.normalize.dates import DateKind
from parser.normalize.sexes import is_sex
from parser.registries.labels import Label

#: Whole lines, and words before a colon: one field a paragraph, its forms apart by bars, without question marks.
FORMS = """\
status: status | recruitment status | overall status | study status | trial status | overall recruitment status |
    recruiting status | current status | enrolment status | enrollment status
scientific_title: scientific title | official title | full title | official study title | official scientific title
public_title: public title | public/brief title | brief title | study title | trial title | title of the study
acronym: acronym | study acronym | trial acronym | short name
identifiers: identifier | identifiers | id | trial id | study id | nct number | nct id | nct | registry number |
    registration number | trial registration number | trial registration | registration | trial number | study number
    | clinicaltrials.gov id | clinicaltrials.gov identifier | clinicaltrials.gov | isrctn | isrctn number | eudract
    number | eudract | eu ct number | eu trial number | registry identifier | study identifier | trial identifier |
    primary id | secondary ids | secondary identifying numbers | other study id numbers | other ids | registry id |
    reference number | trial reference | main id
keywords: keywords | keyword | key words | tags
conditions: conditions | condition | condition or disease | conditions studied | disease | diseases | indication |
    health condition | health conditions | health condition(s) | medical condition | medical conditions studied |
    conditions or focus of study | health condition(s) or problem(s) studied | condition studied | disease or
    condition | disease area | therapeutic area | disease indication | what condition is being studied | study
    condition
summary: summary | brief summary | study summary | trial summary | plain language summary | lay summary | plain
    english summary | in plain language | overview | study overview | trial overview | about this study | about this
    trial | about the study | about the trial | description | study description | trial description | brief
    description | what is this study about | what is the study about | what is this trial about | purpose | study
    purpose | purpose of the study | why is this study being done | study aims | aim of the study | background |
    abstract | synopsis | at a glance | objective | study objective | background and study aims | what the study is
    about | what is the purpose of this trial | research summary | about the research
detailed: detailed description | full description | detailed summary | more information about the study | scientific
    summary
criteria: eligibility criteria | eligibility | participation criteria | who can take part | who can participate | who
    can join | who is eligible | who may take part | am i eligible | can i take part | can i join | could i take part
    | entry criteria | selection criteria | participant criteria | participant eligibility | patient eligibility |
    participant requirements | requirements | study requirements | participation requirements | key eligibility
    criteria | main eligibility criteria | eligibility requirements | criteria | inclusion/exclusion criteria |
    inclusion and exclusion criteria | inclusion & exclusion criteria | inclusion / exclusion criteria | eligibility
    details | criteria for participation | who we are looking for | who are we looking for | patient selection | study
    eligibility | trial eligibility | eligibility criteria details | are you eligible | do i qualify | you may be
    eligible if | criteria details | admission criteria
inclusion: inclusion criteria | key inclusion criteria | main inclusion criteria | inclusion | inclusion criterion |
    participant inclusion criteria | principal inclusion criteria | criteria for inclusion | who can take part
    (inclusion criteria) | inclusions | major inclusion criteria | you can join if | you can take part if | you may be
    able to join if | you may be able to take part if | you may join if | you can participate if
exclusion: exclusion criteria | key exclusion criteria | main exclusion criteria | exclusion | exclusion criterion |
    participant exclusion criteria | principal exclusion criteria | criteria for exclusion | exclusions |
    non-inclusion criteria | major exclusion criteria | who cannot take part | who can't take part | who can not take
    part | who cannot participate | who cannot join | you cannot join if | you cannot take part if | you can't join if
    | you may not be able to join if | you may not be able to take part if | you cannot participate if
sex: sex | gender | sexes | genders | sexes eligible for study | sex/gender | gender(s) | eligible sex | sex eligible
    for study | sexes eligible | eligible sexes | genders eligible for study | gender eligible for study | participant
    sex | participant gender
age: age | ages | age range | age group | age groups | age limits | age limit | ages eligible for study | eligible
    ages | ages eligible | eligible age | participant age | age eligible for study | age requirement | age
    requirements | age criteria
age_min: minimum age | lower age limit | age minimum | min age | age-lower limit | age from | lower limit of age
age_max: maximum age | upper age limit | age maximum | max age | age-upper limit | age to | upper limit of age
healthy: healthy volunteers | accepts healthy volunteers | accepting healthy volunteers | healthy volunteers accepted
    | can healthy volunteers participate | accepts healthy participants | healthy volunteers allowed
sponsor: sponsor | lead sponsor | primary sponsor | study sponsor | trial sponsor | sponsored by | led by | run by |
    conducted by | organisation | organization | lead organisation | lead organization | responsible organisation |
    sponsor name | sponsor organisation | sponsor institution | who is running the study | who is running this study |
    who is running the trial | launched by | study led by
responsible_party: responsible party | responsible party name
collaborators: collaborators | collaborator | collaborating organisations | partners | secondary sponsor | secondary
    sponsors | in collaboration with
funders: funder | funders | funding | funded by | who is funding the study | source of funding | funding source |
    funding sources
investigator: principal investigator | chief investigator | lead investigator | investigator | study director | study
    chair
contacts: contacts | contact | contact information | contact details | study contact | trial contact | study contacts
    | central contact | central contacts | contact us about this study | contact the study team | contact person | how
    to contact us | who to contact | contact(s) | contact for information | public contact | study contact information
    | main contact | get in touch | who is the main contact
officials: trial officials | study officials | overall officials | investigators | study team | research team |
    overall study officials | overall contact
locations: locations | location | study locations | study location | trial locations | trial location | trial sites |
    trial site | study sites | study site | sites | site | where is the study taking place | where is this study
    taking place | where is it taking place | where | where is the trial taking place | participating sites |
    participating centres | participating centers | study centres | study centers | contacts and locations |
    recruiting locations | research locations | recruitment sites | research sites | trial centres | trial centers |
    where the study takes place | where can i take part | centres | locations and contacts | facilities | hospitals
    taking part | participating hospitals | where is the study run from
countries: countries | country | countries of recruitment | countries of recruitment and research locations |
    recruitment countries | location countries | recruiting countries | countries involved
timeline: timeline | dates | study dates | trial dates | key dates | important dates | study timeline | trial timeline
    | record dates | study record dates | when is it happening | dates and status | study period | schedule of dates
first_submitted: first submitted | first submit | first submitted date | submitted | date first submitted | submission
    date | study first submitted | date submitted | date of submission
registered: registered | registration date | date of registration | date registered | registered on | registration
    date (yyyy-mm-dd) | date registration
first_posted: first posted | first posted date | study first posted | date first posted | first published | posted |
    posted on | published | published on | listed on | date posted
launched: launched | trial launched | launch date | launched on
start: start | start date | study start | trial start | study start date | trial start date | started | overall study
    start date | date of start | date study started | begins | start of study | start of trial
start_estimated: estimated start | estimated start date | anticipated start date | anticipated start | planned start |
    planned start date | expected start | expected start date | estimated study start
start_actual: actual start date | actual study start | actual study start date | actual start
recruitment_start: recruitment start | recruitment start date | date of first enrolment | date of first enrollment |
    first enrolment | first enrollment | first participant enrolled | recruitment begins | recruiting from | enrolment
    start | enrollment start | recruitment opened | first patient in | recruitment open date
recruitment_end: recruitment end | recruitment end date | end of recruitment | recruitment closes | recruitment until
    | recruiting until | recruitment close date | last participant enrolled | recruitment closed on
primary_completion: primary completion | primary completion date | study primary completion | estimated primary
    completion | estimated primary completion date | actual primary completion | primary end date | primary completed
completion: completion | completion date | study completion | study completion date | trial completion | trial
    completion date | end date | study end | study end date | trial end date | trial end | overall study end date |
    ends | end of study | finish date | completed on | trial ends | study ends
completion_estimated: estimated completion | estimated completion date | anticipated completion | expected completion
    | estimated study completion | estimated study completion date | planned end date | estimated end date | expected
    end date | anticipated end date | expected completion date | anticipated completion date | planned completion
completion_actual: actual completion | actual completion date | actual study completion | actual end date
updated: updated | last updated | last update | last updated on | last update posted | last update submitted | last
    edited | last modified | trial updated | date of last update | last refreshed on | updated on | last amended |
    last revised | record last updated | last reviewed
results_posted: results posted | results first posted | date results posted
as_of: current as of | as of | data as of | information current as of | information as of
design: study design | design | trial design | study plan | how is the study designed | study details | trial details
    | design details
phase: phase | phases | study phase | trial phase | clinical phase | development phase | phase of study
study_type: study type | type of study | trial type | type of trial | primary study design
enrolment: enrolment | enrollment | target enrolment | target enrollment | sample size | target sample size | target
    size | estimated enrollment | estimated enrolment | number of participants | participants | target number of
    participants | participants needed | planned enrolment | planned enrollment | enrollment (estimated) | total
    sample size | target number
enrolment_actual: actual enrolment | actual enrollment | enrollment (actual) | total final enrolment | participants
    enrolled | number enrolled
interventions: interventions | intervention | treatments | treatment | study treatment | study drug | study drugs |
    intervention/treatment | intervention / treatment | intervention or treatment | interventions / treatments |
    treatments being studied | what is being tested | drug | drugs | investigational product | drug names | study
    intervention | study interventions | treatments studied
arms: arms | study arms | arms and interventions | arm groups | treatment arms | trial arms | study groups
outcomes: outcomes | outcome measures | outcome | endpoints | study endpoints | what is being measured | what the
    study is measuring | what is the study measuring | study outcomes | results measured
outcomes_primary: primary outcome | primary outcomes | primary outcome measure | primary outcome measures | primary
    endpoint | primary endpoints | primary outcome(s) | main outcome | main outcome measure
outcomes_secondary: secondary outcome | secondary outcomes | secondary outcome measure | secondary outcome measures |
    secondary endpoint | secondary endpoints | secondary outcome(s)
ethics: ethics | ethics approval | ethics review | ethical approval
ipd: ipd sharing | ipd sharing statement | individual participant data sharing | data sharing | data sharing statement
    | individual participant data (ipd) sharing statement
results: results | study results | trial results | results and publications | publications | references
more: more information | further information | additional information | what happens during the study | what will
    happen | what does taking part involve | what to expect | how to take part | how to join | how to participate |
    what are the possible benefits and risks | risks and benefits | possible risks and benefits | how it works | study
    documents | documents | next steps | what does the study involve | why take part | what are the possible benefits
    and risks of participating | frequently asked questions | interested in taking part | what does the trial involve
"""

#: First words of a line that the value follows without a colon.
PREFIXES = """\
sponsor: sponsored by | led by | launched by | study led by | run by
funders: funded by
registered: registered on
first_posted: first posted | posted on | first published | published on | listed on
launched: launched on
completion: completed on
updated: last updated on | last updated | updated on | last modified | last edited on | last reviewed
as_of: current as of | data as of | information current as of | information as of
"""

#: Lines that belong to the website: what follows them is no part of the trial.
CHROME_FORMS = """\
page: about us | accept all | accept cookies | accessibility | all rights reserved | back to results | back to search
    | back to top | comments | cookie policy | cookie settings | cookies | disclaimer | discussion | faq | faqs |
    follow us | help | home | log in | login | menu | newsletter | nearby trials | more trials | privacy | privacy
    notice | privacy policy | privacy statement | register now | related studies | related trials | reviews | search |
    share this page | share this study | share this trial | sign in | sign up | similar studies | similar trials |
    site map | sitemap | skip to content | skip to main content | stay updated | subscribe | terms | terms and
    conditions | terms of service | terms of use | you may also like
"""
CHROME_PREFIXES = """\
page: © | copyright © | (c) copyright | copyright 20 | we use cookies | this site uses cookies |
    this website uses cookies | by using this site
"""


def _read_forms(table: str) -> dict[str, tuple[str, ...]]:
    forms: dict[str, tuple[str, ...]] = {}
    for row in table.replace("\n ", " ").splitlines():
        name, _, words = row.partition(":")
        forms[name] = tuple(" ".join(form.split()) for form in words.split("|"))
    return forms


def _label(name: str, section: SectionKind, *, heading: bool = False) -> Label:
    return Label(name, section, _WORDS[name], _OPENINGS.get(name, ()), heading=heading, short=not heading)


def _in_header(name: str, section: SectionKind) -> Label:
    return replace(_label(name, section), in_header=True)


def _event(name: str, event: EventKind, kind: DateKind | None = None) -> Label:
    return replace(_label(name, "timeline"), event=event, kind=kind)


def _criteria(name: str) -> Label:
    """Make the label of one half of the criteria, which is at once their first line."""
    return Label(name, "eligibility", _WORDS[name], whole_line=True)


def _text(name: str, section: SectionKind) -> Label:
    """Make the label of running text, which is no field."""
    return Label(name, section, _WORDS[name])


_WORDS = _read_forms(FORMS)
_OPENINGS = _read_forms(PREFIXES)

CHROME: tuple[Label, ...] = (
    *(
        Label(f"page:{form}", "other", (form,), website=True, whole_line=True)
        for form in _read_forms(CHROME_FORMS)["page"]
    ),
    *(Label(f"page:{form}", "other", (), (form,), website=True) for form in _read_forms(CHROME_PREFIXES)["page"]),
)

#: Rows that readers share.
SHARED: tuple[Label, ...] = (
    _in_header("status", "header"),
    _in_header("scientific_title", "header"),
    _in_header("public_title", "header"),
    _in_header("acronym", "header"),
    _in_header("identifiers", "header"),
    _in_header("keywords", "header"),
    _in_header("conditions", "header"),
    _label("summary", "summary", heading=True),
    _label("detailed", "summary", heading=True),
    _label("criteria", "eligibility", heading=True),
    _criteria("inclusion"),
    _criteria("exclusion"),
    replace(_label("sex", "eligibility"), reads=is_sex),
    replace(_label("age", "eligibility"), reads=is_age),
    _label("age_min", "eligibility"),
    _label("age_max", "eligibility"),
    _label("healthy", "eligibility"),
    _in_header("sponsor", "sponsor"),
    _in_header("responsible_party", "sponsor"),
    _label("collaborators", "sponsor"),
    _label("funders", "sponsor"),
    _label("investigator", "contact"),
    _label("contacts", "contact", heading=True),
    _label("officials", "contact", heading=True),
    _label("locations", "location", heading=True),
    _label("countries", "location"),
    replace(_label("timeline", "timeline", heading=True), whole_line=True),
    _event("first_submitted", "first_submitted"),
    _event("registered", "registered"),
    _event("first_posted", "first_posted"),
    _event("launched", "launched"),
    _event("start", "start"),
    _event("start_estimated", "start", "anticipated"),
    _event("start_actual", "start", "actual"),
    _event("recruitment_start", "recruitment_start"),
    _event("recruitment_end", "recruitment_end"),
    _event("primary_completion", "primary_completion"),
    _event("completion", "completion"),
    _event("completion_estimated", "completion", "anticipated"),
    _event("completion_actual", "completion", "actual"),
    _event("updated", "updated"),
    _event("results_posted", "results_posted"),
    replace(_event("as_of", "as_of"), in_header=True),
    _label("design", "design", heading=True),
    _in_header("phase", "design"),
    _in_header("study_type", "design"),
    _in_header("enrolment", "design"),
    _in_header("enrolment_actual", "design"),
    _in_header("interventions", "design"),
    _label("arms", "design", heading=True),
    _label("outcomes", "outcome", heading=True),
    _text("outcomes_primary", "outcome"),
    _text("outcomes_secondary", "outcome"),
    _text("ethics", "other"),
    _text("ipd", "other"),
    _text("results", "other"),
    _text("more", "other"),
)

_BY_NAME = {label.name: label for label in SHARED}


def shared_labels(*names: str) -> tuple[Label, ...]:
    """Return the rows of some fields.

    Raises:
        KeyError: When there is no row of a name.
    """
    return tuple(_BY_NAME[name] for name in names)
