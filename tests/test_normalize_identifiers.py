"""Identifiers of the world's trial registers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.normalize.identifiers import find_identifiers, read_identifiers


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("NCT05930217", "nct", "NCT05930217"),
        ("nct 05930217", "nct", "NCT05930217"),
        ("https://clinicaltrials.gov/study/NCT05930217?tab=table", "nct", "NCT05930217"),
        ("ISRCTN 48213365", "isrctn", "ISRCTN48213365"),
        ("2013-000615-24", "eudract", "2013-000615-24"),
        ("EUCTR2013-000615-24-BE", "eudract", "2013-000615-24"),
        ("2013-000615-24-3rd", "eudract", "2013-000615-24"),
        ("2022-501234-18-00", "ctis", "2022-501234-18"),
        ("CTIS2022-501234-18-00", "ctis", "2022-501234-18"),
        ("EU CT number: 2024-512345-11", "ctis", "2024-512345-11"),
        ("DRKS00031147", "drks", "DRKS00031147"),
        ("ACTRN12605000123639p", "actrn", "ACTRN12605000123639"),
        ("ChiCTR2100043210", "chictr", "ChiCTR2100043210"),
        ("ChiCTR-TRC-12002345", "chictr", "ChiCTR-TRC-12002345"),
        ("CTRI/2020/04/024806", "ctri", "CTRI/2020/04/024806"),
        ("JPRN-UMIN000012345", "umin", "UMIN000012345"),
        ("UMIN-CTR 000012345", "umin", "UMIN000012345"),
        ("jRCTs031180001", "jrct", "jRCTs031180001"),
        ("JPRN-jRCT2031200001", "jrct", "jRCT2031200001"),
        ("IRCT20180101038123N4", "irct", "IRCT20180101038123N4"),
        ("KCT0004567", "kct", "KCT0004567"),
        ("RBR-4nsw4h", "rebec", "RBR-4nsw4h"),
        ("PACTR202001234567890", "pactr", "PACTR202001234567890"),
        ("TCTR20200101001", "tctr", "TCTR20200101001"),
        ("SLCTR/2019/012", "slctr", "SLCTR/2019/012"),
        ("RPCEC00000345", "rpcec", "RPCEC00000345"),
        ("NL-OMON12345", "nl", "NL-OMON12345"),
        ("1111-1234-5678", "utn", "U1111-1234-5678"),
    ],
)
def test_normalize_identifiers_have_one_canonical_form(text: str, scheme: str, value: str) -> None:
    found = find_identifiers(text)
    assert [(one.scheme, one.value, one.placeholder) for one in found] == [(scheme, value, False)]
    again = find_identifiers(value)
    assert [(one.scheme, one.value) for one in again] == [(scheme, value)]


@pytest.mark.parametrize("text", ["NCT12345678", "NCT11111111", "NCT99999999", "ISRCTN00000000"])
def test_normalize_identifiers_mark_placeholders(text: str) -> None:
    assert [one.placeholder for one in find_identifiers(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nil known",
        "NCT0593021",
        "NCT059302171",
        "XNCT05930217",
        "version 2",
        "2013-00061-24",
        "call 0800 1234",
        "-",
    ],
)
def test_normalize_identifiers_are_not_seen_where_there_are_none(text: str) -> None:
    assert find_identifiers(text) == []


def test_normalize_identifiers_come_in_the_order_of_the_text() -> None:
    text = "ISRCTN48213365, see NCT05930217 and 2022-501234-18-00"
    assert [text[one.start : one.end] for one in find_identifiers(text)] == [
        "ISRCTN48213365",
        "NCT05930217",
        "2022-501234-18-00",
    ]


@given(st.text(alphabet="NCTISREUDAQct0123456789-/ ", max_size=80))
def test_normalize_identifiers_take_any_text(text: str) -> None:
    found = find_identifiers(text)
    assert all(one.start < one.end for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("NCT05930217", [("nct", "NCT05930217")]),
        (
            "2013-000615-24; U1111-1234-5678;ABC-001",
            [("eudract", "2013-000615-24"), ("utn", "U1111-1234-5678"), ("other", "ABC-001")],
        ),
        # One number in several slots counts once.
        ("ACME12, ACME12, NCT05930217 (NCT05930217)", [("other", "ACME12"), ("nct", "NCT05930217")]),
        ("NTR1234<br>HK,12/3", [("nl", "NTR1234"), ("other", "HK,12/3")]),
        ("Nil known", []),
        ("N.A.", []),
        ("none", []),
        ("-", []),
        ("version 2", []),
        ("", []),
    ],
)
def test_normalize_identifiers_read_fields_of_several(words: str, found: list[tuple[str, str]]) -> None:
    assert [(one.scheme, one.value) for one in read_identifiers(words)] == found


def test_normalize_identifiers_keep_the_owner_of_a_number() -> None:
    assert [one.scheme for one in read_identifiers("SP-17", default="sponsor")] == ["sponsor"]
    assert [one.placeholder for one in read_identifiers("NCT12345678")] == [True]


@given(st.text(max_size=120))
def test_normalize_identifiers_of_fields_are_idempotent(words: str) -> None:
    for one in read_identifiers(words):
        again = read_identifiers(one.value)
        assert [(two.scheme, two.value) for two in again] == [(one.scheme, one.value)]
