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
from parser.registries.page.labels import Label

#: Whole lines, and words before a colon: one field a paragraph, its forms apart by bars, without question marks.
#: `<study>` and `<you>` stand for any of the words that `STAND_FOR` has for them.
FORMS = """\
status: status | recruitment status | overall status | study status | trial status | overall recruitment status |
    recruiting status | current status | enrolment status | enrollment status
scientific_title: scientific title | official title | full title | official study title | official scientific title |
    full scientific title | formal title | complete title
public_title: public title | public/brief title | brief title | study title | trial title | title of the study | name
    of the study | name of the trial | public name
acronym: acronym | study acronym | trial acronym | short name
identifiers: identifier | identifiers | id | trial id | study id | nct number | nct id | nct | registry number |
    registration number | trial registration number | trial registration | registration | trial number | study number
    | clinicaltrials.gov id | clinicaltrials.gov identifier | clinicaltrials.gov | isrctn | isrctn number | eudract
    number | eudract | eu ct number | eu trial number | registry identifier | study identifier | trial identifier |
    primary id | secondary ids | secondary identifying numbers | other study id numbers | other ids | registry id |
    reference number | trial reference | main id | trial registration no | registration no | study no | protocol id |
    registration id | registry number(s) | nct no | registered as | trial registry number | registry and number
keywords: keywords | keyword | key words | tags
conditions: conditions | condition | condition or disease | conditions studied | disease | diseases | indication |
    health condition | health conditions | health condition(s) | medical condition | medical conditions studied |
    conditions or focus of study | health condition(s) or problem(s) studied | condition studied | disease or
    condition | disease area | therapeutic area | disease indication | what condition is being studied | study
    condition | disease type | cancer type | cancer types | health topic | health topics | disease or condition
    studied | therapeutic areas | conditions treated
summary: summary | brief summary | study summary | trial summary | plain language summary | lay summary | plain
    english summary | in plain language | overview | study overview | trial overview | description | study description
    | trial description | brief description | purpose | study purpose | study aims | background | abstract | synopsis
    | at a glance | objective | study objective | background and study aims | what the study is about | research
    summary | in brief | in short | what is <study> about | why are we doing <study> | why is <study> being done | why
    is <study> needed | what is the purpose of <study> | what is the aim of <study> | aim of <study> | purpose of
    <study> | about <study> | summary of <study> | what are we trying to find out | aims | aim | study aim | the study
    in brief
detailed: detailed description | full description | detailed summary | more information about the study | scientific
    summary
criteria: eligibility criteria | eligibility | participation criteria | who can take part | who can participate | who
    can join | who is eligible | who may take part | am i eligible | can i take part | can i join | could i take part
    | entry criteria | selection criteria | participant criteria | participant eligibility | patient eligibility |
    participant requirements | requirements | study requirements | participation requirements | key eligibility
    criteria | main eligibility criteria | eligibility requirements | criteria | inclusion/exclusion criteria |
    inclusion and exclusion criteria | inclusion & exclusion criteria | inclusion / exclusion criteria | eligibility
    details | criteria for participation | who we are looking for | who are we looking for | patient selection | study
    eligibility | trial eligibility | eligibility criteria details | are you eligible | do i qualify | criteria
    details | admission criteria | eligibility at a glance | who can take part in <study> | who can join <study> | who
    can participate in <study> | who may participate | who can enroll | who can enrol | who is eligible for <study> |
    who is <study> for | is <study> right for me | is <study> right for you | can i participate | can i take part in
    <study> | can i join <study> | am i eligible for <study> | who do we need | who do we want to take part | who
    should take part | eligible participants | who qualifies | do you qualify | can you take part | could you take
    part | key eligibility | conditions for participation | conditions of participation
inclusion: inclusion criteria | key inclusion criteria | main inclusion criteria | inclusion | inclusion criterion |
    participant inclusion criteria | principal inclusion criteria | criteria for inclusion | who can take part
    (inclusion criteria) | inclusions | major inclusion criteria | you can join if | you can take part if | you may be
    able to join if | you may be able to take part if | you may join if | you can participate if | <you> can take part
    if | <you> can take part if <you> | <you> may take part if | <you> may be able to take part if | <you> may be able
    to take part if <you> | <you> can participate if | <you> can participate if <you> | <you> may participate if |
    <you> can join if <you> | <you> may be able to participate if | <you> could take part if | <you> may qualify if |
    <you> may qualify if <you> | <you> qualify if | <you> are eligible if | <you> may be eligible if | <you> may be
    eligible if <you> | what we are looking for | requirements for participation | inclusion requirements
exclusion: exclusion criteria | key exclusion criteria | main exclusion criteria | exclusion | exclusion criterion |
    participant exclusion criteria | principal exclusion criteria | criteria for exclusion | exclusions |
    non-inclusion criteria | major exclusion criteria | who cannot take part | who can't take part | who can not take
    part | who cannot participate | who cannot join | you cannot join if | you cannot take part if | you can't join if
    | you may not be able to join if | you may not be able to take part if | you cannot participate if | <you> cannot
    take part if | <you> cannot take part if <you> | <you> can not take part if | <you> can't take part if | <you> may
    not take part if | <you> will not be able to take part if | <you> cannot participate if | <you> cannot participate
    if <you> | <you> can not participate if | <you> can't participate if | <you> may not participate if | <you> may
    not qualify if | <you> may not be eligible if | <you> are not eligible if | <you> cannot join if <you> | <you>
    should not take part if | who should not take part | who is not eligible | who may not take part | exclusion
    requirements | reasons for exclusion
sex: sex | gender | sexes | genders | sexes eligible for study | sex/gender | gender(s) | eligible sex | sex eligible
    for study | sexes eligible | eligible sexes | genders eligible for study | gender eligible for study | participant
    sex | participant gender | sex of participants | gender of participants | gender eligibility | who can join: sex |
    participants' sex
age: age | ages | age range | age group | age groups | age limits | age limit | ages eligible for study | eligible
    ages | ages eligible | eligible age | participant age | age eligible for study | age requirement | age
    requirements | age criteria | age of participants | age eligibility | age span | participants' age | ages accepted
    | patient age
age_min: minimum age | lower age limit | age minimum | min age | age-lower limit | age from | lower limit of age |
    youngest age | age (min) | min. age | lowest age
age_max: maximum age | upper age limit | age maximum | max age | age-upper limit | age to | upper limit of age |
    oldest age | age (max) | max. age | highest age
healthy: healthy volunteers | accepts healthy volunteers | accepting healthy volunteers | healthy volunteers accepted
    | can healthy volunteers participate | accepts healthy participants | healthy volunteers allowed
sponsor: sponsor | lead sponsor | primary sponsor | study sponsor | trial sponsor | sponsored by | led by | run by |
    conducted by | organisation | organization | lead organisation | lead organization | responsible organisation |
    sponsor name | sponsor organisation | sponsor institution | launched by | study led by | principal sponsor | main
    sponsor | who is leading <study> | who leads <study> | who is running <study> | who runs <study> | who is
    conducting <study> | who is organising <study> | who is organizing <study> | who is responsible for <study> | who
    sponsors <study> | organised by | organized by | coordinated by | initiated by | sponsoring organisation |
    sponsoring organization | sponsoring institution | lead institution | lead center | lead centre
responsible_party: responsible party | responsible party name
collaborators: collaborators | collaborator | collaborating organisations | partners | secondary sponsor | secondary
    sponsors | in collaboration with
funders: funder | funders | funding | funded by | source of funding | funding source | funding sources | who is paying
    for <study> | who pays for <study> | who is funding <study> | who funds <study> | who is funding <study>? | paid
    for by | supported by | financed by | funding body | funding organisation | grant support
investigator: principal investigator | chief investigator | lead investigator | investigator | study director | study
    chair | study lead | study leader | head of the study | principal investigators | lead researcher | chief
    researcher | study doctor | responsible physician
contacts: contacts | contact | contact information | contact details | study contact | trial contact | study contacts
    | central contact | central contacts | contact us about this study | contact the study team | contact person | how
    to contact us | who to contact | contact(s) | contact for information | public contact | study contact information
    | main contact | get in touch | who is the main contact | contact the team | contact the research team | contact
    us for more information | who can i contact | whom to contact | who should i contact | who do i contact | contact
    for <study> | contact name | contact for more information | study coordinator | research nurse | recruitment
    contact
officials: trial officials | study officials | overall officials | investigators | study team | research team |
    overall study officials | overall contact
locations: locations | location | study locations | study location | trial locations | trial location | trial sites |
    trial site | study sites | study site | sites | site | where is it taking place | where | participating sites |
    participating centres | participating centers | study centres | study centers | contacts and locations |
    recruiting locations | research locations | recruitment sites | research sites | trial centres | trial centers |
    where the study takes place | where can i take part | centres | locations and contacts | facilities | hospitals
    taking part | participating hospitals | where is the study run from | where does <study> take place | where is
    <study> taking place | where is <study> running | where can <you> take part | where will <study> take place |
    where is <study> happening | where is <study> run | study venues | sites taking part | hospitals involved | trial
    locations and contacts | where we recruit | recruiting sites | recruiting centres | recruiting centers |
    participating clinics | participating sites and contacts
countries: countries | country | countries of recruitment | countries of recruitment and research locations |
    recruitment countries | location countries | recruiting countries | countries involved
timeline: timeline | dates | study dates | trial dates | key dates | important dates | study timeline | trial timeline
    | record dates | study record dates | when is it happening | dates and status | study period | schedule of dates |
    when does <study> start and end | when is <study> running | when will <study> take place | when is <study> taking
    place | when is it running | how long does <study> run | key milestones | study schedule | recruitment period |
    dates of <study>
first_submitted: first submitted | first submit | first submitted date | submitted | date first submitted | submission
    date | study first submitted | date submitted | date of submission
registered: registered | registration date | date of registration | date registered | registered on | registration
    date (yyyy-mm-dd) | date registration | date of first registration | registration completed on
first_posted: first posted | first posted date | study first posted | date first posted | first published | posted |
    posted on | published | published on | listed on | date posted | added on | date added | online since | listed
    since
launched: launched | trial launched | launch date | launched on
start: start | start date | study start | trial start | study start date | trial start date | started | overall study
    start date | date of start | date study started | begins | start of study | start of trial | study starts | trial
    starts | study began | trial began | date opened | opening date | open since | study opened | trial opened |
    activation date | study opening date
start_estimated: estimated start | estimated start date | anticipated start date | anticipated start | planned start |
    planned start date | expected start | expected start date | estimated study start | expected to start | starts
    (planned) | planned opening
start_actual: actual start date | actual study start | actual study start date | actual start
recruitment_start: recruitment start | recruitment start date | date of first enrolment | date of first enrollment |
    first enrolment | first enrollment | first participant enrolled | recruitment begins | recruiting from | enrolment
    start | enrollment start | recruitment opened | first patient in | recruitment open date | recruiting since | open
    for recruitment since | recruitment opens | recruitment opened on | recruitment started
recruitment_end: recruitment end | recruitment end date | end of recruitment | recruitment closes | recruitment until
    | recruiting until | recruitment close date | last participant enrolled | recruitment closed on | open until |
    recruiting ends | recruitment ends | recruitment closed | planned recruitment end | expected end of recruitment |
    planned end of recruitment
primary_completion: primary completion | primary completion date | study primary completion | estimated primary
    completion | estimated primary completion date | actual primary completion | primary end date | primary completed
completion: completion | completion date | study completion | study completion date | trial completion | trial
    completion date | end date | study end | study end date | trial end date | trial end | overall study end date |
    ends | end of study | finish date | completed on | trial ends | study ends | study ended | trial ended | study
    finished | closing date | closed on | date closed
completion_estimated: estimated completion | estimated completion date | anticipated completion | expected completion
    | estimated study completion | estimated study completion date | planned end date | estimated end date | expected
    end date | anticipated end date | expected completion date | anticipated completion date | planned completion |
    planned end of study | planned end of <study> | expected end of study | expected to end | expected to finish |
    estimated study end | planned study end
completion_actual: actual completion | actual completion date | actual study completion | actual end date
updated: updated | last updated | last update | last updated on | last update posted | last update submitted | last
    edited | last modified | trial updated | date of last update | last refreshed on | updated on | last amended |
    last revised | record last updated | last reviewed | page last updated | record updated | last change | last
    changed | date updated | revised | revised on | information last updated | last checked
results_posted: results posted | results first posted | date results posted
as_of: current as of | as of | data as of | information current as of | information as of
design: study design | design | trial design | study plan | how is the study designed | study details | trial details
    | design details
phase: phase | phases | study phase | trial phase | clinical phase | development phase | phase of study | phase of
    trial | phase of development
study_type: study type | type of study | trial type | type of trial | primary study design | kind of study | kind of
    trial | research type | category of study
enrolment: enrolment | enrollment | target enrolment | target enrollment | sample size | target sample size | target
    size | estimated enrollment | estimated enrolment | number of participants | participants | target number of
    participants | participants needed | planned enrolment | planned enrollment | enrollment (estimated) | total
    sample size | target number | people needed | how many people will take part | how many people can take part |
    number of people needed | number of patients | planned number of participants | planned number of patients |
    number to be recruited | recruitment target | enrolment goal | enrollment goal
enrolment_actual: actual enrolment | actual enrollment | enrollment (actual) | total final enrolment | participants
    enrolled | number enrolled
interventions: interventions | intervention | treatments | treatment | study treatment | study drug | study drugs |
    intervention/treatment | intervention / treatment | intervention or treatment | interventions / treatments |
    treatments being studied | what is being tested | drug | drugs | investigational product | drug names | study
    intervention | study interventions | treatments studied | treatment agents | what is the treatment | what is the
    intervention | study medicine | treatment being tested | what treatment is being tested | treatment type |
    treatment studied | treatments being tested | what we are testing
arms: arms | study arms | arms and interventions | arm groups | treatment arms | trial arms | study groups
outcomes: outcomes | outcome measures | outcome | endpoints | study endpoints | what is being measured | what the
    study is measuring | what is the study measuring | study outcomes | results measured
outcomes_primary: primary outcome | primary outcomes | primary outcome measure | primary outcome measures | primary
    endpoint | primary endpoints | primary outcome(s) | main outcome | main outcome measure | main outcome measures |
    primary objective | main question
outcomes_secondary: secondary outcome | secondary outcomes | secondary outcome measure | secondary outcome measures |
    secondary endpoint | secondary endpoints | secondary outcome(s)
ethics: ethics | ethics approval | ethics review | ethical approval
ipd: ipd sharing | ipd sharing statement | individual participant data sharing | data sharing | data sharing statement
    | individual participant data (ipd) sharing statement
results: results | study results | trial results | results and publications | publications | references
more: more information | further information | additional information | what happens during the study | what will
    happen | what does taking part involve | what to expect | how to take part | how to join | how to participate |
    what are the possible benefits and risks | risks and benefits | possible risks and benefits | how it works | study
    documents | documents | next steps | why take part | what are the possible benefits and risks of participating |
    frequently asked questions | interested in taking part | what will happen if <you> take part | what happens if
    <you> take part | what will happen during <study> | what happens in <study> | what does <study> involve | what
    does participation involve | what do i have to do | what will <you> have to do | what will <you> be asked to do |
    are there any risks | are there risks | what are the risks | what are the benefits | what are the possible side
    effects | possible side effects | will i be paid | will <you> be paid | reimbursement | compensation | payment |
    how do i take part | how can i take part | how do i join | how can i join | how to enroll | how to enrol | how to
    apply | i want to take part | want to take part | take part | register your interest | express your interest |
    apply now | what happens next | what happens to my data | what will happen to my data | your data | privacy of
    your data | after the study | what if i change my mind | patient information | participant information sheet |
    downloads | links | about us and our research
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


#: What a page may call the study and its reader.
STAND_FOR = {
    "<study>": (
        "the study|this study|our study|the trial|this trial|our trial|the research|this research|the clinical trial|"
        "this clinical trial|the project|this project"
    ).split("|"),
    "<you>": (
        "you|your child|your baby|the child|children|people|patients|participants|the participant|they|adults|women|"
        "men|volunteers|i"
    ).split("|"),
}


def _read_forms(table: str) -> dict[str, tuple[str, ...]]:
    forms: dict[str, tuple[str, ...]] = {}
    for row in table.replace("\n ", " ").splitlines():
        name, _, words = row.partition(":")
        forms[name] = tuple(said for form in words.split("|") for said in _said(" ".join(form.split())))
    return forms


def _said(form: str) -> list[str]:
    """Return a form in all the words that it stands for; a stand-in that comes twice means the same, or `they`."""
    for name, words in STAND_FOR.items():
        if form.count(name) > 1:
            first, rest = form.split(name, 1)
            return [f"{first}{word}{rest.replace(name, other)}" for word in words for other in ("you", "they", word)]
        if name in form:
            return [said for word in words for said in _said(form.replace(name, word))]
    return [form]


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
