"""The names of what windows are measured from. Data only; `anchors.py` reads with it."""

from __future__ import annotations

from parser.models.values import Anchor
from parser.nlp.components.writings import rows

#: Words that stand for an anchor, or in its name; a run of them is read as one.
ANCHOR_WORDS = frozenset(
    """
    study studies trial protocol clinical drug drugs medication medications treatment treatments therapy product
    products investigational ip imp icf agent vaccine vaccination dose doses dosing administration infusion
    injection first 1st initial last final end completion start starting initiation initiating beginning begin
    commencement commencing commence date time day days screening prescreening pre-screening screen visit visits
    period phase enrollment enrolment enrolling enrolled enroll entry entering inclusion included randomization
    randomisation randomized randomised randomizing baseline registration registering recruitment recruited informed
    consent form assent document signing signed signature obtaining giving providing written visit cycle week
    admission hospital icu hospitalization hospitalisation symptom symptoms onset diagnosis birth life surgery
    operation transplant transplantation relapse recurrence eligibility assessment evaluation participation
    participating joining receiving index planned scheduled follow-up run-in washout double-blind open-label
    intervention receipt taking conduct duration course whole entire presentation c1d1 d1 lead-in
    """.split()
)

#: Small words inside an anchor's name.
ANCHOR_LINKS = frozenset("of the to into in a an this that their his her our and/or his/her its any".split())

#: What an anchor's words, in lower case and without articles, make it; the first row that fits wins.
ANCHOR_ROWS: tuple[tuple[Anchor, str], ...] = (
    ("consent", r"consent|\bicf\b|\bassent"),
    ("randomization", r"randomi[sz]"),
    (
        "last_dose",
        r"\b(?:last|final)\b.*\b(?:dos(?:e|es|ing)|administration|infusion|injection|intake|cycle|treatment|drug"
        r"|vaccination|application|use)\b"
        r"|\b(?:end|completion|discontinuation|cessation|stopping|completing|discontinuing)\b.*"
        r"\b(?:study|trial|investigational)\s(?:drug|treatment|medication|product|therapy|agent|vaccine|intervention)"
        r"|\b(?:end|completion|discontinuation|cessation) of (?:treatment|dosing|therapy)$",
    ),
    (
        "first_dose",
        r"\b(?:first|1st|initial)\b.*\b(?:dos(?:e|ing)|administration|infusion|injection|treatment|therapy|drug"
        r"|medication|vaccination|vaccine|intake|application)\b"
        r"|\b(?:start|starting|initiation|initiating|beginning|begin|commencement|commencing|commence|receiving"
        r"|receipt|administration|taking)\b.*\b(?:treatments?|drugs?|medications?|therapy|dosing|dose|product|imp|ip|agent"
        r"|vaccine|vaccination|administration|infusion|intervention)\b"
        r"|\b(?:treatment|therapy|drug|medication|dosing|dose|intervention)\s(?:start|initiation|commencement|administration)"
        r"|\b(?:study|trial|investigational)\s(?:drug|medication|product|agent|vaccine)\s?(?:administration|start)"
        r"|^dosing$|^initiation of dosing|^study vaccination$|^initiation$",
    ),
    ("screening", r"screen"),
    ("baseline", r"baseline"),
    ("enrollment", r"enrol|inclusion|\bentry\b|entering|recruit|registration|registering|included|joining"),
    ("transplant", r"transplant|\b(?:hsct|hct|bmt|asct|allo-?sct)\b"),
    (
        "symptom_onset",
        r"symptoms?\sonset|onset of (?:\w+\s){0,3}?(?:symptoms?|pain|stroke|illness|disease|headache|rash|fever|attack"
        r"|signs?|episode)\b|(?:stroke|pain|illness|headache|rash|fever|disease|attack)\sonset|symptoms?\s(?:began|start)",
    ),
    ("relapse", r"\b(?:relapse|recurrence)$"),
    ("diagnosis", r"\bdiagnos[ei]s\b(?! of relapse)"),
    ("admission", r"\badmission\b|\badmitted\b|^hospitali[sz]ation$"),
    ("birth", r"^birth$|^life$|^date of birth$|^time of birth$"),
    ("surgery", r"\b(?:surgery|operation|surgical procedure)$|\b(?:surgery|operation) for\b"),
    (
        "study",
        r"^(?:(?:start|beginning|initiation|end|completion|conduct|course|duration|first day|day|whole|entire"
        r"|commencement|starting|beginning|participation|participating|completing|follow-up|active phase)"
        r" (?:of |in )?)*"
        r"(?:study|trial|protocol|clinical trial|clinical study|study period|trial period|treatment period"
        r"|follow-up period|study participation|study treatment period|study duration|clinical study|study phase"
        r"|treatment phase|trial duration|run-in period|study follow-up|study conduct|follow-up)$"
        r"|^(?:study|trial) (?:start|initiation|visit|day|procedures?|commencement|period|treatment period|end"
        r"|completion|participation|enrolment|follow-up)\b"
        r"|^(?:visit|day|week|cycle|study day|study visit|first visit|first study visit|initial visit|index visit)\b"
        r"|^(?:first|initial|index|pre-treatment|eligibility|1st) (?:\w+ )?(?:visit|day|assessment)\b|^c1d1|^d1$"
        r"|^participation$",
    ),
)

#: The anchor's plain names: other words for it are kept in `anchor_text`.
PLAIN_NAMES: dict[Anchor, frozenset[str]] = {
    "screening": frozenset(("screening", "screening visit", "time of screening", "date of screening")),
    "consent": frozenset(
        rows(
            "consent | informed consent | signing informed consent | signing of informed consent | time of consent",
            "signing informed consent form | signing of informed consent form | time of informed consent",
            "written informed consent | signed informed consent | signature of informed consent | date of consent",
            "date of informed consent | obtaining informed consent | providing informed consent",
            "giving informed consent",
            "informed consent form | signing consent | signing consent form | signing of consent | signing icf",
        )
    ),
    "enrollment": frozenset(
        rows(
            "enrollment | enrolment | study entry | study enrollment | study enrolment | time of enrollment",
            "entering study",
            "time of enrolment | enrollment in study | enrolment in study | enrollment into study",
            "enrolment into study",
            "date of enrollment | date of enrolment | enrolling in study | trial enrollment | trial enrolment",
            "time of study entry | time of study enrollment | time of study enrolment",
        )
    ),
    "randomization": frozenset(
        rows(
            "randomization | randomisation | time of randomization | time of randomisation | study randomization",
            "study randomisation | date of randomization | date of randomisation | day of randomization",
        )
    ),
    "first_dose": frozenset(
        rows(
            "first dose | first dose of study drug | first dose of study medication | first dose of study treatment",
            "first dose of investigational product | first administration | first study treatment | first study dose",
            "first dose of study therapy | first dose of study agent | first dose of imp | first dose of ip",
            "first dose of investigational medicinal product | first study drug administration",
            "first study drug dose",
            "first administration of study drug | first administration of study treatment",
            "first dose of study product",
            "first administration of study medication | first dose of study intervention | start of study treatment",
            "start of study drug | start of study medication | initiation of study treatment",
            "initiation of study drug",
            "first administration of investigational product | initiation of study therapy | start of study therapy",
            "first dose of trial treatment | first dose of trial medication | first dose of trial drug",
        )
    ),
    "last_dose": frozenset(
        rows(
            "last dose | last dose of study drug | last dose of study medication | last dose of study treatment",
            "final dose | final dose of study drug | last administration of study drug",
            "last study drug administration",
            "last dose of investigational product | last dose of imp | last dose of ip | last dose of study therapy",
            "last administration of study treatment | final dose of study treatment | last administration",
            "last dose of study intervention | last dose of study agent | last study dose | last study treatment",
            "last dose of trial treatment | last dose of trial medication | final dose of study medication",
        )
    ),
    "baseline": frozenset(("baseline", "baseline visit", "time of baseline")),
    "surgery": frozenset(("surgery", "operation", "time of surgery", "date of surgery", "day of surgery")),
    "transplant": frozenset(("transplant", "transplantation", "time of transplant", "time of transplantation")),
    "diagnosis": frozenset(("diagnosis", "time of diagnosis", "date of diagnosis")),
    "symptom_onset": frozenset(
        ("symptom onset", "onset of symptoms", "symptoms onset", "time of symptom onset", "time of onset of symptoms")
    ),
    "admission": frozenset(("admission", "hospital admission", "time of admission", "admission to hospital")),
    "birth": frozenset(("birth", "time of birth", "date of birth", "life")),
    "relapse": frozenset(("relapse", "time of relapse")),
    "study": frozenset(
        rows(
            "study | trial | study period | trial period | clinical trial | clinical study | course of study",
            "study duration",
            "duration of study | duration of trial | course of trial | entire study | whole study",
            "study participation",
            "conduct of study | entire study period | whole study period | entire trial | whole trial",
            "trial duration",
        )
    ),
}

#: Words that an anchor of any kind ("within 6 weeks of a previous influenza vaccine") never holds: its name ends there.
NEVER_IN_ANCHOR = frozenset(
    """
    and or nor with without who whom whose which that if unless except in on at by from is are was were be been must
    should will would may might can could have has had having than then not no as per via other due but when while
    within during before after prior following until since through throughout under over between both either all
    they we you it he she there where because despite although however patients patient subjects subject
    participants participant individuals people persons person women men woman man children investigator
    investigators physician criteria criterion conditions e.g i.e eg ie these those some whichever least most more
    less only approximately age ages aged years year months month weeks week days hours hour using requiring
    regardless including for to into against about allowed permitted required acceptable excluded eligible once does
    do did ago such
    """.split()
)

#: First words of what is no event: "after all criteria", "following conditions".
NO_EVENTS = frozenset(
    "night daytime rest further case order general addition particular fact total use doubt question".split()
)
