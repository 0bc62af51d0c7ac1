"""Names of organisations in capitals, back to normal case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.normalize.names import find_name, normal_case, same_name


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("KESTREL HEART FOUNDATION", "Kestrel Heart Foundation"),
        ("UNIVERSITY OF THE WEST OF ENGLAND", "University of the West of England"),
        ("THE ROYAL MARSDEN NHS TRUST", "The Royal Marsden NHS Trust"),
        ("BOEHRINGER INGELHEIM GMBH", "Boehringer Ingelheim GmbH"),
        ("PFIZER INC.", "Pfizer Inc."),
        ("HÔPITAUX DE PARIS", "Hôpitaux de Paris"),
        ("ST. JUDE CHILDREN'S HOSPITAL", "St. Jude Children's Hospital"),
        ("INSTITUT D'INVESTIGACIÓ BIOMÈDICA", "Institut d'Investigació Biomèdica"),
        ("O'CONNOR CLINIC", "O'Connor Clinic"),
        ("HEALTH INSTITUTE (NIAID)", "Health Institute (NIAID)"),
        ("WORLD INSTITUTE, USA", "World Institute, USA"),
        ("BRISTOL-MYERS SQUIBB", "Bristol-Myers Squibb"),
        ("CHARLES UNIVERSITY, II CLINIC", "Charles University, II Clinic"),
        # Not capitals as a display style: left alone.
        ("GlaxoSmithKline plc", "GlaxoSmithKline plc"),
        ("NIAID", "NIAID"),
        ("", ""),
        ("重庆 医院", "重庆 医院"),
    ],
)
def test_normalize_names_change_the_case(capitals: str, name: str) -> None:
    assert normal_case(capitals) == name


@given(st.text(max_size=60))
def test_normalize_names_are_idempotent(name: str) -> None:
    assert normal_case(normal_case(name)) == normal_case(name)


def test_normalize_names_are_found_in_prose_whatever_their_case_and_blanks() -> None:
    prose = "At Saint  Orla and the\nInstitute of Sleep, we care."
    place = find_name("SAINT ORLA AND THE INSTITUTE OF SLEEP", prose)
    assert place is not None
    assert prose[slice(*place)] == "Saint  Orla and the\nInstitute of Sleep"
    assert find_name("SAINT ORLO", prose) is None
    assert find_name("", prose) is None


def test_normalize_names_are_the_same_but_for_case_and_punctuation() -> None:
    assert same_name("St. Orla’s, Dublin", "ST ORLA'S DUBLIN")
    assert not same_name("Orla", "Orlo")
    assert not same_name("", "")
