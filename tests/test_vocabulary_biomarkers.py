"""The table of genes and markers, and how a name leads to its row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.vocabulary.biomarkers import biomarker, markers, needs_context
from parser.vocabulary.names import WEAK

#: words of criteria, the marker they name, whether the words need a context that speaks of a marker
NAMES = [
    ("HER2", "ERBB2", False),
    ("HER-2/neu", "ERBB2", False),
    ("HER2/neu positive", "ERBB2", False),
    ("HER2-negative", "ERBB2", False),
    ("human epidermal growth factor receptor 2", "ERBB2", False),
    ("PD-L1", "CD274", False),
    ("PDL1 expression", "CD274", False),
    ("programmed death-ligand 1 (PD-L1)", "CD274", False),
    ("ER", "ER", True),
    ("ER+", "ER", True),
    ("estrogen receptor", "ER", False),
    ("oestrogen receptor positive", "ER", False),
    ("PR", "PR", True),
    ("progesterone receptor", "PR", False),
    ("hormone receptor positive", "hormone receptor", False),
    ("MSI-H", "MSI", False),
    ("microsatellite instability", "MSI", False),
    ("dMMR", "MMR", False),
    ("mismatch repair deficient", "MMR", False),
    ("TMB-high", "TMB", False),
    ("BRCA1", "BRCA1", False),
    ("BRCA2 mutation", "BRCA2", False),
    ("BRCA1/2", "BRCA", False),
    ("germline BRCA mutation", "BRCA", False),
    ("EGFR", "EGFR", True),
    ("activating EGFR mutations", "EGFR", True),
    ("ALK rearrangement", "ALK", True),
    ("anaplastic lymphoma kinase", "ALK", False),
    ("ROS1", "ROS1", False),
    ("KRAS G12C", "KRAS", False),
    ("wild-type KRAS", "KRAS", False),
    ("NRAS", "NRAS", False),
    ("BRAF V600E", "BRAF", False),
    ("MET amplification", "MET", True),
    ("c-MET", "MET", False),
    ("NTRK1", "NTRK1", False),
    ("FGFR2 fusion", "FGFR2", False),
    ("IDH1", "IDH1", False),
    ("FLT3-ITD", "FLT3", False),
    ("NPM1 mutated", "NPM1", False),
    ("TP53", "TP53", False),
    ("p53", "TP53", False),
    ("JAK2 V617F", "JAK2", False),
    ("BCR-ABL1", "BCR-ABL1", False),
    ("BCR::ABL1", "BCR-ABL1", False),
    ("Philadelphia chromosome", "BCR-ABL1", False),
    ("t(9;22)", "BCR-ABL1", False),
    ("PML-RARA", "PML-RARA", False),
    ("t(15;17)", "PML-RARA", False),
    ("del(17p)", "del(17p)", False),
    ("17p deletion", "del(17p)", False),
    ("t(4;14)", "t(4;14)", False),
    ("t(11;14)", "t(11;14)", False),
    ("PIK3CA mutation", "PIK3CA", False),
    ("CFTR", "CFTR", False),
    ("HLA-B27", "HLA-B27", False),
    ("APOE ε4", "APOE", False),
    ("ApoE e4", "APOE", False),
    ("MGMT methylation", "MGMT", False),
    ("1p/19q codeletion", "1p/19q", False),
    ("CD20+", "CD20", False),
    ("Ki-67", "Ki-67", False),
]


@pytest.mark.parametrize(("words", "marker", "ambiguous"), NAMES)
def test_vocabulary_biomarkers_by_name(words: str, marker: str, ambiguous: bool) -> None:
    row = biomarker(words.replace(" (PD-L1)", ""))
    assert row is not None
    assert row.marker == marker
    assert needs_context(words) is ambiguous


@pytest.mark.parametrize(
    "words", ["met", "er", "kit", "alk", "mutation", "positive", "", "(", "diabetes", "app", "egfr"]
)
def test_vocabulary_biomarkers_words_are_no_markers(words: str) -> None:
    assert biomarker(words) is None
    assert not needs_context(words)


def test_vocabulary_biomarkers_are_sound() -> None:
    assert len(markers()) >= 150
    assert len({row.marker for row in markers()}) == len(markers())
    assert {row.kind for row in markers()} == {"gene", "fusion", "cytogenetic", "marker"}
    for row in markers():
        assert row.names
        for name in row.names:
            assert biomarker(name.removeprefix(WEAK)) is row, (row.marker, name)


@given(st.text(max_size=60))
def test_vocabulary_biomarkers_any_text_is_looked_up(text: str) -> None:
    row = biomarker(text)
    assert row is None or row in markers()
