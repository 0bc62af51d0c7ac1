"""Criteria met before are not read again, and their rules are those that reading them again would give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

import parser
from parser.models import Eligibility, Limits
from parser.rules import Memory, structure_many

TEXTS = [
    "Inclusion Criteria:\n\n* Age 18 to 65 years\n* Written informed consent\n\n"
    "Exclusion Criteria:\n\n* Pregnancy or breastfeeding\n* History of   stroke, unless\n  fully recovered\n",
    "Exclusion Criteria:\n\n1. Pregnancy or breastfeeding\n2. Any of the following:\n"
    "   * History of stroke, unless fully recovered\n   * Heart failure (NYHA class III or IV)\n",
    "Inclusion Criteria:\n\n- Pregnancy or breastfeeding\n- Written informed consent\n- Written informed consent\n",
]


def outlined(text: str) -> Eligibility:
    return parser.parse_eligibility(text, rules=False)


def test_rules_memory_counts_what_it_knew(nlp: Language) -> None:
    memory = Memory()
    structure_many([outlined(text) for text in TEXTS], nlp, memory=memory)
    # Asked: four, three (the head of a list announces it only) and three. Known: pregnancy and the stroke of the
    # second text, whatever their blanks and markers; consent twice. Pregnancy as an inclusion is another criterion.
    assert (memory.asked, memory.hits) == (10, 4)


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_rules_memory_changes_no_rule(nlp: Language, size: int) -> None:
    memory = Memory(size)
    for _ in range(2):
        for text in TEXTS:
            eligibility = outlined(text)
            found = structure_many([eligibility], nlp, memory=memory)
            eligibility.cover()
            assert eligibility == parser.parse_eligibility(text, nlp=nlp)
            assert found == structure_many([outlined(text)], nlp)


def test_rules_memory_keeps_no_more_than_its_size(nlp: Language) -> None:
    memory = Memory(1)
    for _ in range(2):
        structure_many([outlined(TEXTS[0])], nlp, memory=memory)
    # The last of the four is still known when the text comes again.
    assert (memory.asked, memory.hits) == (8, 1)


def test_rules_memory_forgets(nlp: Language) -> None:
    memory = Memory()
    structure_many([outlined(TEXTS[0])], nlp, memory=memory)
    memory.forget()
    structure_many([outlined(TEXTS[0])], nlp, memory=memory)
    assert (memory.asked, memory.hits) == (8, 0)


def test_rules_memory_keeps_nothing_that_time_cut_off(nlp: Language) -> None:
    memory = Memory()
    late = [outlined(TEXTS[0])]
    structure_many(late, nlp, Limits(seconds=1e-9), memory=memory)
    assert {criterion.rule.reason for criterion in late[0].walk() if criterion.rule} == {"too_long"}
    structure_many([outlined(TEXTS[0])], nlp, memory=memory)
    assert memory.hits == 0


def test_rules_memory_of_real_texts_changes_no_rule(shared_data: Path, nlp: Language) -> None:
    """Read together and with a memory that is full of them, texts get the rules that each gets alone."""
    lines = (shared_data / "eligibility_text" / "ctgov_legacy_text.jsonl").read_text("utf-8").splitlines()[::250]
    texts = [json.loads(line)["text"] for line in lines]
    memory = Memory()
    for _ in range(2):
        together = [outlined(text) for text in texts]
        structure_many(together, nlp, memory=memory)
        for text, eligibility in zip(texts, together, strict=True):
            eligibility.cover()
            assert eligibility == parser.parse_eligibility(text, nlp=nlp)
    assert memory.hits * 2 >= memory.asked
