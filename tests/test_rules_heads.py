"""List heads: joined with their items as the head says."""

from __future__ import annotations

import pytest
from spacy.language import Language

from parser import parse_eligibility
from parser.models import Criterion

ITEMS = "  * Asthma\n  * Epilepsy\n  * Psoriasis\n"


def head(nlp: Language, words: str, section: str = "Exclusion", items: str = ITEMS) -> Criterion:
    [criterion] = parse_eligibility(f"{section} Criteria:\n\n* {words}\n{items}", nlp=nlp).criteria
    return criterion


@pytest.mark.parametrize(
    ("section", "words", "joined"),
    [
        ("Exclusion", "Any of the following:", "any of: Asthma; Epilepsy; Psoriasis"),
        ("Exclusion", "Specific medical conditions:", "any of: Asthma; Epilepsy; Psoriasis"),
        ("Exclusion", "Certain health problems:", "any of: Asthma; Epilepsy; Psoriasis"),
        ("Exclusion", "Patients with all of the following:", "all of: Asthma; Epilepsy; Psoriasis"),
        ("Exclusion", "At least two of the following:", "at least 2 of: Asthma; Epilepsy; Psoriasis"),
        ("Inclusion", "One or more of the following:", "any of: Asthma; Epilepsy; Psoriasis"),
        ("Inclusion", "Two or more of the following conditions:", "at least 2 of: Asthma; Epilepsy; Psoriasis"),
        ("Inclusion", "The following conditions:", "any of: Asthma; Epilepsy; Psoriasis"),
    ],
)
def test_rules_heads_join_as_they_say(nlp: Language, section: str, words: str, joined: str) -> None:
    assert str(head(nlp, words, section).rule) == joined


def test_rules_heads_requirements_must_all_hold(nlp: Language) -> None:
    criterion = head(nlp, "The following criteria:", "Inclusion", "  * Age 18-65 years\n  * HbA1c ≤ 9 %\n")
    assert str(criterion.rule) == "age 18 to 65 years and HbA1c ≤ 9 %"


def test_rules_heads_own_words_not_understood_narrow_their_list(nlp: Language) -> None:
    criterion = head(nlp, "If the donor is a sibling, any of the following:")
    assert criterion.rule is not None
    assert criterion.rule.type == "all_of"
    first, second = criterion.rule.rules
    assert first.type == "unstructured"
    assert str(second) == "any of: Asthma; Epilepsy; Psoriasis"


def test_rules_heads_children_keep_their_own_words(nlp: Language) -> None:
    criterion = head(nlp, "Any of the following:")
    assert [str(child.rule) for child in criterion.criteria] == ["Asthma", "Epilepsy", "Psoriasis"]
    assert criterion.rule is not None
    assert criterion.rule.model_dump()["rules"] == [
        child.rule.model_dump() for child in criterion.criteria if child.rule is not None
    ]


def test_rules_heads_diseases_among_other_items_are_alternatives(nlp: Language) -> None:
    items = "  * Asthma\n  * Chronic obstructive pulmonary disease\n  * HbA1c ≤ 9 %\n"
    criterion = head(nlp, "The following:", "Inclusion", items)
    assert str(criterion.rule) == "all of: either Asthma or Chronic obstructive pulmonary disease; HbA1c ≤ 9 %"


@pytest.mark.parametrize(("word", "joined"), [("or", "any of"), ("and", "all of")])
def test_rules_heads_words_at_the_ends_of_items_join_them(nlp: Language, word: str, joined: str) -> None:
    items = f"  * HbA1c ≤ 9 %;\n  * Age 18-65 years; {word}\n  * BMI ≤ 30 kg/m2\n"
    criterion = head(nlp, "The following:", "Inclusion", items)
    assert str(criterion.rule) == f"{joined}: HbA1c ≤ 9 %; age 18 to 65 years; BMI ≤ 30 kg/m2"
