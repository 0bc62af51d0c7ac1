"""Genes and markers, read aloud: the expected words are what a careful reader would say the criterion asks."""

from __future__ import annotations

import pytest
from spacy.language import Language

from parser import parse_eligibility
from parser.models.eligibility import CriterionKind
from parser.models.rules import Biomarker, Not, Rule, atoms

INCLUSION = [
    ("HER2-positive", "ERBB2 positive"),
    ("HER2 positive by IHC 3+", "ERBB2 positive or 3+ (by IHC)"),
    ("HER-2/neu negative", "ERBB2 negative"),
    ("ER and/or PR positive", "either ER positive or PR positive"),
    ("ER-positive and HER2-negative", "ER positive and ERBB2 negative"),
    ("ER+/HER2-", "ER positive and ERBB2 negative"),
    ("Estrogen receptor positive", "ER positive"),
    ("Triple negative", "all of: ER negative; PR negative; ERBB2 negative"),
    ("HER2-positive breast cancer", "breast cancer, where (ERBB2 positive)"),
    (
        "Triple-negative breast cancer",
        "breast cancer, where (all of: ER negative; PR negative; ERBB2 negative)",
    ),
    (
        "Hormone receptor-positive (HR+), HER2-negative (HER2-) breast cancer",
        "breast cancer, where (hormone receptor positive and ERBB2 negative)",
    ),
    ("EGFR mutation", "EGFR mutation"),
    ("Activating EGFR mutation", "EGFR mutation"),
    ("Mutation in the EGFR gene", "EGFR mutation"),
    ("EGFR exon 19 deletion or L858R", "any of: EGFR mutation (exon 19 deletion); EGFR mutation (L858R)"),
    ("IDH2 R140Q, R172K", "any of: IDH2 mutation (R140Q); IDH2 mutation (R172K)"),
    ("EGFR exon 20 insertion", "EGFR mutation (exon 20 insertion)"),
    ("BRAF V600E mutation", "BRAF mutation (V600E)"),
    ("KRAS G12C mutation", "KRAS mutation (G12C)"),
    ("No EGFR L858R mutation", "not (EGFR mutation (L858R))"),
    ("No EGFR mutation or ALK rearrangement", "not (either EGFR mutation or ALK fusion)"),
    ("EGFR or ALK mutation", "either EGFR mutation or ALK mutation"),
    ("ALK rearrangement", "ALK fusion"),
    ("Documented ALK rearrangement by FISH", "ALK fusion (confirmed; by FISH)"),
    ("Known ROS1 fusion", "ROS1 fusion (known)"),
    ("BCR-ABL positive", "BCR-ABL1 fusion positive"),
    ("Philadelphia chromosome positive", "BCR-ABL1 fusion positive"),
    ("KRAS wild type", "KRAS wild_type"),
    ("KRAS/NRAS wild-type", "KRAS wild_type and NRAS wild_type"),
    ("Wild-type KRAS", "KRAS wild_type"),
    ("PD-L1 ≥ 1%", "CD274 expression ≥ 1 %"),
    ("PD-L1 expression ≥ 50%", "CD274 expression ≥ 50 %"),
    ("PD-L1 CPS ≥ 5", "CD274 expression ≥ 5 (by CPS)"),
    ("PD-L1 combined positive score (CPS) ≥ 10", "CD274 expression ≥ 10 (by CPS)"),
    ("MSI-H", "MSI instability high"),
    ("MSI-H or dMMR", "either MSI instability high or MMR deficient"),
    ("Microsatellite stable", "MSI instability stable"),
    ("Germline BRCA1 or BRCA2 mutation", "any of: BRCA1 mutation (germline); BRCA2 mutation (germline)"),
    ("BRCA1/2 germline mutation", "BRCA mutation (germline)"),
    ("FLT3-ITD", "FLT3 mutation (ITD)"),
    ("AML with FLT3 mutation", "AML, where (FLT3 mutation)"),
    ("NSCLC harboring an ALK rearrangement", "NSCLC, where (ALK fusion)"),
    ("MGMT promoter methylated", "MGMT methylation positive"),
    ("TMB ≥ 10 mut/Mb", "TMB burden ≥ 10 mut/Mb"),
    ("CD20 positive", "CD20 positive"),
    ("CD20-positive lymphoma", "lymphoma, where (CD20 positive)"),
    ("17p deletion", "cytogenetic abnormality “del(17p)”"),
    ("HLA-A*02:01 positive", "HLA-A2 positive"),
    ("Positive for HER2", "ERBB2 positive"),
    ("HER2 amplification", "ERBB2 amplification"),
    ("Overexpression of HER2", "ERBB2 expression high"),
    ("CD4 count > 200", "CD4 count > 200"),
]

EXCLUSION = [
    ("Known EGFR mutation", "EGFR mutation (known)"),
    ("EGFR mutation and ALK rearrangement", "either EGFR mutation or ALK fusion"),
    ("Philadelphia chromosome positive ALL", "ALL, where (BCR-ABL1 fusion positive)"),
    ("BRAF V600E mutation-positive melanoma", "melanoma, where (BRAF mutation positive (V600E))"),
    ("Negative for HER2", "not (ERBB2 positive)"),
]

#: Names inside those of drugs, cells and tests, which say nothing of the marker.
NO_MARKER = [
    "Prior treatment with an EGFR TKI",
    "Prior anti-PD-1 antibody",
    "Prior CD19 CAR-T cell therapy",
    "HER2 targeted therapy within 4 weeks",
    "Seen in the ER within 30 days",
    "Surgery 2 weeks before her 2 month visit",
    "AST, ALT, ALK phos ≤ 3 x ULN",
    "G6PD deficiency",
    "HER2 status",
]


def _rule(text: str, kind: CriterionKind, nlp: Language) -> Rule:
    (criterion,) = parse_eligibility(f"- {text}", kind=kind, nlp=nlp).criteria
    assert criterion.rule is not None
    return criterion.rule


@pytest.mark.parametrize(("text", "expected"), INCLUSION)
def test_rules_frames_biomarker_in_an_inclusion(nlp: Language, text: str, expected: str) -> None:
    assert str(_rule(text, "inclusion", nlp)) == expected


@pytest.mark.parametrize(("text", "expected"), EXCLUSION)
def test_rules_frames_biomarker_in_an_exclusion(nlp: Language, text: str, expected: str) -> None:
    assert str(_rule(text, "exclusion", nlp)) == expected


@pytest.mark.parametrize("text", NO_MARKER)
def test_rules_frames_biomarker_leaves_other_names(nlp: Language, text: str) -> None:
    found = [atom for atom in atoms(_rule(text, "exclusion", nlp)) if isinstance(atom, Biomarker)]
    assert found == []


def test_rules_frames_biomarker_fields(nlp: Language) -> None:
    rule = _rule("No EGFR L858R mutation", "inclusion", nlp)
    assert isinstance(rule, Not)
    marker = rule.rule
    assert isinstance(marker, Biomarker)
    assert (marker.marker, marker.kind, marker.variant) == ("EGFR", "mutation", "L858R")
    score = _rule("PD-L1 CPS ≥ 5", "inclusion", nlp)
    assert isinstance(score, Biomarker)
    assert score.range is not None
    assert (score.kind, score.range.low, score.range.ucum, score.method) == ("expression", 5, "{score}", ["CPS"])
