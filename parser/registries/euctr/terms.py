"""The form of the EU Clinical Trials Register as tables: its section codes, what they are called, where they belong.

The register prints the clinical trial application form of Directive 2001/20/EC (EudraCT). Codes and labels are the
form's; they are the same on the register's pages and in its full-text downloads.
"""

from __future__ import annotations

from typing import Final

from parser.models.trial import SectionKind, StudyType

#: Labels of the summary at the head of a record, casefolded, to names of our own for them.
HEAD_LABELS: Final[dict[str, str]] = {
    "eudract number": "number",
    "sponsor's protocol code number": "protocol_code",
    "national competent authority": "authority",
    "clinical trial type": "type",
    "trial status": "status",
    "date on which this record was first entered in the eudract database": "entered",
    "trial results": "results",
    "link": "link",
}

#: Codes whose value is free text of any length, so that a line in it may begin like a code ("E.5 Pregnancy").
FREE_TEXT: Final = frozenset(
    "A.3 A.3.1 A.3.2 E.1.1 E.1.1.1 E.2.1 E.2.2 E.2.3.1 E.3 E.4 E.5.1 E.5.1.1 E.5.2 E.5.2.1 E.8.2.3.1 E.8.8 "
    "F.3.3.6.1 F.3.3.7.1 F.5".split()
)

_OPENINGS = """\
A.1|member state
A.2|eudract number
A.3|full title
A.3.1|title of the trial for lay
A.3.2|name or abbreviated
A.4.1|sponsor's protocol
A.5.1|isrctn
A.5.2|us nct
A.5.3|who universal
A.5.4|other identifier
A.7|trial is part
A.8|ema decision
E.1|medical condition
E.1.1|medical condition
E.1.1.1|medical condition
E.1.1.2|therapeutic area
E.1.2|
E.1.3|condition being studied
E.2|objective
E.2.1|main objective
E.2.2|secondary objective
E.2.3|trial contains
E.2.3.1|full title
E.3|principal inclusion
E.4|principal exclusion
E.5|end point
E.5.1|primary end point
E.5.1.1|timepoint
E.5.2|secondary end point
E.5.2.1|timepoint
E.6|scope of the trial
E.6.1|diagnosis
E.7|trial type
E.8|design of the trial
E.8.3|the trial involves
E.8.4|the trial involves
E.8.5|the trial involves
E.8.8|definition of the end
E.8.9|initial estimate
E.8.9.1|in the member state
F.3.3.7|others
F.4|planned number
F.4.1|in the member state
F.5|plans for treatment
G.1|details
G.4|investigator network
H.4|third country
"""

#: Code to the words that its label begins with, casefolded: what a line inside free text must have to end it.
OPENINGS: Final[dict[str, str]] = dict(line.split("|", 1) for line in _OPENINGS.splitlines())

#: Headings of the sections that have a letter alone, casefolded.
SECTIONS: Final[dict[str, str]] = {
    "A.": "protocol information",
    "B.": "sponsor information",
    "C.": "applicant identification",
    "D.": "imp identification",
    "E.": "general information on the trial",
    "F.": "population of trial subjects",
    "G.": "investigator networks to be involved in the trial",
    "H.": "third country in which the trial was first authorised",
    "N.": "review by the competent authority or ethics committee in the country concerned",
    "P.": "end of trial",
}

#: Headings that have no code, casefolded.
PLAIN_HEADINGS: Final = frozenset({"meddra classification"})

#: Labels under a letter alone, which are fields all the same.
LETTER_LABELS: Final[dict[str, tuple[str, ...]]] = {
    "N.": (
        "ethics committee opinion: reason(s) for unfavourable opinion",
        "ethics committee opinion of the trial application",
        "competent authority decision",
        "date of competent authority decision",
        "date of ethics committee opinion",
    ),
    "P.": (
        "end of trial status",
        "date of the global end of the trial",
        "date of the end of the trial in the member state",
        "date of the end of trial",
    ),
}

#: Code prefix to the kind of section; the longest that fits counts.
KINDS: Final[dict[str, SectionKind]] = {
    "": "header",
    "A": "header",
    "B": "sponsor",
    "B.5": "contact",
    "C": "other",
    "D": "design",
    "E": "summary",
    "E.3": "eligibility",
    "E.4": "eligibility",
    "E.5": "outcome",
    "E.6": "design",
    "E.7": "design",
    "E.8": "design",
    "F": "eligibility",
    "F.4": "design",
    "F.5": "other",
    "G": "other",
    "H": "other",
    "N": "other",
    "P": "timeline",
}

#: Clinical trial type to study type: Directive 2001/20/EC is about interventional trials only.
STUDY_TYPES: Final[dict[str, StudyType]] = {
    "eea cta": "interventional",
    "outside eu/eea": "interventional",
}

#: Code of a phase's answer.
PHASES: Final[dict[str, str]] = {"E.7.1": "1", "E.7.2": "2", "E.7.3": "3", "E.7.4": "4"}

#: Codes of the scopes of a trial.
SCOPES: Final = tuple(f"E.6.{number}" for number in range(1, 14))

#: Code of an age band, its name, and its limits: number and UCUM unit, both inclusive, in completed units. Bands
#: before birth are no ages (gestational age is a measurement).
BANDS: Final[tuple[tuple[str, str, tuple[int, str] | None, tuple[int, str] | None], ...]] = (
    ("F.1.1.1", "in_utero", None, None),
    ("F.1.1.2", "preterm_newborn", None, None),
    ("F.1.1.3", "newborn", (0, "d"), (27, "d")),
    ("F.1.1.4", "infant", (28, "d"), (23, "mo")),
    ("F.1.1.5", "child", (2, "a"), (11, "a")),
    ("F.1.1.6", "adolescent", (12, "a"), (17, "a")),
    ("F.1.2", "adult", (18, "a"), (64, "a")),
    ("F.1.3", "older_adult", (65, "a"), None),
)

#: Code of an age band's number to the band, whose labels all read the same.
AGE_COUNTS: Final[dict[str, str]] = {
    "F.1.1.1.1": "in_utero",
    "F.1.1.2.1": "preterm_newborn",
    "F.1.1.3.1": "newborn",
    "F.1.1.4.1": "infant",
    "F.1.1.5.1": "child",
    "F.1.1.6.1": "adolescent",
    "F.1.2.1": "adult",
    "F.1.3.1": "older_adult",
}
