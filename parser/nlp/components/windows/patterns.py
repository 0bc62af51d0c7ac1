"""How criteria place things in time. Data only."""

from __future__ import annotations

from parser.models.values import Anchor

#: Words for an anchor, without their article.
ANCHORS: dict[str, Anchor] = {
    **dict.fromkeys(("screening", "screening visit", "time of screening", "the screening visit"), "screening"),
    **dict.fromkeys(
        (
            "consent",
            "informed consent",
            "signing informed consent",
            "signing the informed consent",
            "signing of informed consent",
        ),
        "consent",
    ),
    **dict.fromkeys(("signing the informed consent form", "time of consent", "time of informed consent"), "consent"),
    **dict.fromkeys(("enrollment", "enrolment", "study entry", "study enrollment", "study enrolment"), "enrollment"),
    **dict.fromkeys(("inclusion", "study inclusion", "entry", "entry into the study", "trial entry"), "enrollment"),
    **dict.fromkeys(("time of enrollment", "time of enrolment", "time of inclusion", "registration"), "enrollment"),
    **dict.fromkeys(
        ("randomization", "randomisation", "time of randomization", "time of randomisation"), "randomization"
    ),
    **dict.fromkeys(
        ("first dose", "first dose of study drug", "first dose of study medication", "first dose of study treatment"),
        "first_dose",
    ),
    **dict.fromkeys(
        ("first dose of investigational product", "first administration", "first study treatment"), "first_dose"
    ),
    **dict.fromkeys(("baseline", "baseline visit"), "baseline"),
    **dict.fromkeys(("surgery", "operation"), "surgery"),
    **dict.fromkeys(("transplant", "transplantation"), "transplant"),
    **dict.fromkeys(("diagnosis", "time of diagnosis"), "diagnosis"),
    **dict.fromkeys(("symptom onset", "onset of symptoms"), "symptom_onset"),
    **dict.fromkeys(("admission", "hospital admission", "icu admission"), "admission"),
    **dict.fromkeys(("birth",), "birth"),
    **dict.fromkeys(("study", "trial", "study period", "trial period"), "study"),
}

#: Anchors whose words say more than the anchor's name; they are kept as `anchor_text`.
KEPT_TEXT = ("inclusion", "entry", "study inclusion", "entry into the study", "trial entry", "registration")

BEFORE = ("prior to", "before", "preceding")
AFTER = ("after", "following")
EITHER = ("of", "from")
PAST = ("last", "past", "previous", "prior", "preceding")
FUTURE = ("next", "coming", "following")
INSIDE = ("within", "in", "during", "over")
AT = ("at the", "at")
DURING = ("during the", "during")
