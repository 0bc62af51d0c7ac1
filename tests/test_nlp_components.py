"""The cue, topic and phrase components, as annotated one-liners: `[words](label)` is what a component marks."""

from __future__ import annotations

import re

import pytest
from spacy.language import Language

import parser

_MARK = re.compile(r"\[([^]]+)\]\(([\w-]+)\)")

PHRASES = [
    "History of chronic [enteritis](Condition)",
    "[neuropsychiatric disorders](Condition)",
    "prior [liver transplantation](Procedure)",
    "treated with [rituximab](Drug)",
    "[bone marrow](Anatomy), [hepatic](Adjective) or [renal disease](Condition)",
    "[chronic kidney disease](Condition)",
    "[acute lymphoblastic leukemia](Condition)",
    "[type 2 diabetes](Condition)",
    "[cholecystectomy](Procedure)",
    "severe [diseases](Condition) [inducing wasting](Unknown)",
    "[Parkinson's disease](Condition)",
    "Stage III [breast cancer](Condition)",
]

ASSERTION = [
    "[History of](status) [severe](qualifier) asthma",
    "[No](negation) [known](certainty) allergy",
    "[Clinical diagnosis of](intro) sepsis ([based on](method) Sepsis 3.0)",
    "[drug-resistant](qualifier) infection",
    "disease ([e.g.](examples), flu)",
    "cancer [except for](exception) skin",
    "[histologically confirmed](established) carcinoma",
    "diseases [affecting](extent) survival",
]

TOPICS = [
    "Concurrent [participation in other clinical trials](requirement)",
    "[enrolled in another interventional study](requirement)",
    "[Poor adherence to the protocol](requirement)",
    "[Violation of medical ethics](requirement)",
    "[Pregnancy](reproductive), [lactation](reproductive), or [plans for pregnancy](reproductive)",
    "[Patients](population) with [hypersensitivity](allergy) to X",
    "[Women](sex) [aged](age) 18",
    "[life expectancy](measurement) under 7 days",
]


@pytest.fixture(scope="module")
def patterns() -> Language:
    """The pipeline without the recogniser, whose entities would decide what a phrase is."""
    return parser.load_nlp(model=None)


def check(nlp: Language, group: str, marked: str) -> None:
    expected = [(match[1], match[2]) for match in _MARK.finditer(marked)]
    doc = nlp(_MARK.sub(r"\1", marked))
    assert [(span.text, span.label_) for span in doc.spans[group]] == expected


@pytest.mark.parametrize("marked", PHRASES)
def test_nlp_components_phrases(patterns: Language, marked: str) -> None:
    check(patterns, "trial_phrases", marked)


@pytest.mark.parametrize("marked", ASSERTION)
def test_nlp_components_assertion(nlp: Language, marked: str) -> None:
    check(nlp, "trial_assertion", marked)


@pytest.mark.parametrize("marked", TOPICS)
def test_nlp_components_topics(nlp: Language, marked: str) -> None:
    check(nlp, "trial_topics", marked)


def test_nlp_components_work_alone_by_their_names() -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("trial_quantities")
    doc = nlp("aged 18 years or older")
    assert [span.text for span in doc.spans["trial_quantities"]] == ["18 years or older"]
