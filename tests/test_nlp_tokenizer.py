"""The tokenizer: what people mean as one word, number, unit or comparator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

TOKENS = [
    "≥ | 18 | years",
    "ANC | > | 1,500 | / | mm3",
    "1.5 | × | ULN",
    "1.5 | x | 10 | ^ | 9 | / | L",
    "HbA1c",
    "CD4 | +",
    "T2DM",
    "mg | / | dL",
    "+/-",
    "0 | - | 65",
    "0,25",
    "< | 7 | days | )",
    ">= | 3",
    "=< | 3",
    "drug | - | resistant",
    "Gilbert | 's | syndrome",
    "Sjögren | ’s | syndrome",
    "kg | / | m2",
    "x | 109 | / | L",
    "Sepsis | 3.0",
    "18 | - | 65 | y | / | o",
    "IL | - | 6",
    "PD | - | L1",
    "COVID | - | 19",
    "20 | %",
    "37.5 | ° | C",
    "β | - | hCG",
]


#: Rows whose tokens only a blank keeps apart.
NEED_BLANKS = ("Gilbert | 's | syndrome", "Sjögren | ’s | syndrome", "Sepsis | 3.0")


@pytest.mark.parametrize("row", TOKENS)
def test_nlp_tokenizer_splits_as_people_read(nlp: Language, row: str) -> None:
    tokens = row.split(" | ")
    apart = " ".join(tokens)
    assert [token.text for token in nlp.make_doc(apart)] == tokens


@pytest.mark.parametrize("row", [row for row in TOKENS if row not in NEED_BLANKS])
def test_nlp_tokenizer_splits_words_that_are_run_together(nlp: Language, row: str) -> None:
    tokens = row.split(" | ")
    assert [token.text for token in nlp.make_doc("".join(tokens))] == tokens


@given(text=st.text(max_size=200))
def test_nlp_tokenizer_loses_nothing(nlp: Language, text: str) -> None:
    doc = nlp.make_doc(text)
    assert doc.text == text
    covered = [index for token in doc for index in range(token.idx, token.idx + len(token.text))]
    assert len(covered) == len(set(covered))
    assert all(text[index].isspace() for index in set(range(len(text))) - set(covered))
