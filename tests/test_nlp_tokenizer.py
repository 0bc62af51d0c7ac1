"""The tokenizer: what people mean as one word, number, unit or comparator."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.vocab import Vocab

from parser.nlp.tokenizer import ClinicalTokenizer
from tests.evaluation.brat import TextBound, read_folder

TOKENIZE = ClinicalTokenizer(Vocab())

#: `text => tokens`; decided by reading, as a person would take the text apart to annotate it.
TABLE = """
≥18years => ≥ | 18 | years
≥ 18 years => ≥ | 18 | years
18yrs => 18 | yrs
18-65years => 18 | - | 65 | years
18-65 y/o => 18 | - | 65 | y | / | o
0-65 => 0 | - | 65
18–75 => 18 | – | 75
18~75 => 18 | ~ | 75
aged18-75 => aged | 18 | - | 75
Age>18 => Age | > | 18
Age18+ => Age | 18 | +
65+ => 65 | +
18and75 => 18 | and | 75
ages 2-11y => ages | 2 | - | 11 | y
70-year-old => 70 | - | year | - | old
6mo => 6 | mo
5mg => 5 | mg
20mg/day => 20 | mg | / | day
0.5mg/kg/d => 0.5 | mg | / | kg | / | d
10mcg => 10 | mcg
100µg => 100 | µg
mg/dL => mg | / | dL
g/dl => g | / | dl
kg/m2 => kg | / | m2
30kg/m² => 30 | kg | / | m²
mL/min/1.73m2 => mL | / | min | / | 1.73 | m2
mm3 => mm3
1,500/mm3 => 1,500 | / | mm3
1500/mm^3 => 1500 | / | mm | ^ | 3
cells/µL => cells | / | µL
IU/mL => IU | / | mL
x10^9/L => x | 10 | ^ | 9 | / | L
10^9/L => 10 | ^ | 9 | / | L
10*9/L => 10 | * | 9 | / | L
10⁹/L => 10 | ⁹ | / | L
1.5x10^9/L => 1.5 | x | 10 | ^ | 9 | / | L
1.5X10^9 => 1.5 | X | 10 | ^ | 9
x109/L => x | 109 | / | L
×10 => × | 10
x10 => x | 10
1.5×ULN => 1.5 | × | ULN
1.5xULN => 1.5 | x | ULN
2.5 xULN => 2.5 | x | ULN
3XULN => 3 | X | ULN
≤3ULN => ≤ | 3 | ULN
2xdaily => 2 | x | daily
37.5°C => 37.5 | ° | C
38℃ => 38 | ℃
20% => 20 | %
7.5% => 7.5 | %
140/90mmHg => 140 | / | 90 | mmHg
≥.5 => ≥ | .5
p<.05 => p | < | .05
0,25 => 0,25
1,5mg => 1,5 | mg
1,500 => 1,500
100,000/mm3 => 100,000 | / | mm3
1,00,000/cumm => 1,00,000 | / | cumm
2,500.5 => 2,500.5
1.500.000 => 1.500.000
0,1,2 => 0 | , | 1 | , | 2
0,1 or 2 => 0 | , | 1 | or | 2
Sepsis 3.0 => Sepsis | 3.0
CTCAE v4.03 => CTCAE | v4 | . | 03
1.Age => 1 | . | Age
2nd => 2nd
the 28th day => the | 28th | day
>=3 => >= | 3
=<3 => =< | 3
=>3 => => | 3
<=3 => <= | 3
</=3 => </= | 3
>/=3 => >/= | 3
≦3 => ≦ | 3
<7days => < | 7 | days
>30kg/m2 => > | 30 | kg | / | m2
+/- => +/-
5+/-2 => 5 | +/- | 2
5±2 => 5 | ± | 2
≥1.5and≤3 => ≥ | 1.5 | and | ≤ | 3
ANC>1,500/mm3 => ANC | > | 1,500 | / | mm3
ANC≥1.5×10^9/L => ANC | ≥ | 1.5 | × | 10 | ^ | 9 | / | L
Hb<9g/dL => Hb | < | 9 | g | / | dL
HbA1c => HbA1c
HbA1c≥7% => HbA1c | ≥ | 7 | %
A1C => A1C
BMI30 => BMI | 30
INR>1.5 => INR | > | 1.5
pH7.4 => pH | 7.4
SpO2≥90% => SpO2 | ≥ | 90 | %
PaO2/FiO2 => PaO2 | / | FiO2
FEV1/FVC => FEV1 | / | FVC
AST/ALT => AST | / | ALT
CD4 => CD4
CD4+ => CD4 | +
CD4<200 => CD4 | < | 200
CD20+ => CD20 | +
HER2+ => HER2 | +
HER2-positive => HER2 | - | positive
HER-2/neu => HER | - | 2 | / | neu
T2DM => T2DM
T1D => T1D
COVID-19 => COVID | - | 19
SARS-CoV-2 => SARS | - | CoV | - | 2
H1N1 => H1N1
IL-6 => IL | - | 6
PD-L1 => PD | - | L1
p16INK4a => p16INK4a
p53 => p53
Ki-67 => Ki | - | 67
Ki67>20% => Ki67 | > | 20 | %
CA19-9 => CA19 | - | 9
CA-125 => CA | - | 125
BRCA1/2 => BRCA1 | / | 2
FLT3-ITD => FLT3 | - | ITD
COX2 => COX2
COX-2 => COX | - | 2
SOX10 => SOX10
CYP3A4 => CYP3A4
5-HT3 => 5 | - | HT3
5HT3 => 5HT3
5-FU => 5 | - | FU
5FU => 5FU
del(17p) => del | ( | 17p | )
t(9;22) => t | ( | 9 | ; | 22 | )
1p/19q => 1p | / | 19q
17p13.1 => 17p13.1
18F-FDG => 18F | - | FDG
99mTc => 99mTc
25OHD => 25OHD
HCV-RNA => HCV | - | RNA
anti-HBs => anti | - | HBs
HBsAg(+) => HBsAg | ( | + | )
B12 => B12
β-hCG => β | - | hCG
α1-antitrypsin => α1 | - | antitrypsin
TNF-α => TNF | - | α
NT-proBNP => NT | - | proBNP
6MWT => 6MWT
6MWD>150m => 6MWD | > | 150 | m
3D => 3D
T1-3 N0 M0 => T | 1 | - | 3 | N | 0 | M | 0
T3N1M0 => T | 3 | N | 1 | M | 0
cT1-2, cN0-1, cM0 => cT | 1 | - | 2 | , | cN | 0 | - | 1 | , | cM | 0
pT2a => pT | 2 | a
Tis, N0, M0 => T | is | , | N | 0 | , | M | 0
free T4 => free | T4
stage3 => stage | 3
Stage IIIB/IV => Stage | IIIB | / | IV
grade2-3 => grade | 2 | - | 3
ECOG0-1 => ECOG | 0 | - | 1
ECOG PS 0-1 => ECOG | PS | 0 | - | 1
NYHA III-IV => NYHA | III | - | IV
NYHA3 => NYHA | 3
type2 => type | 2
day1 => day | 1
q12h => q12h
I/II => I | / | II
and/or => and | / | or
drug-resistant => drug | - | resistant
x-ray => x | - | ray
Gilbert's syndrome => Gilbert | 's | syndrome
Sjögren’s syndrome => Sjögren | ’s | syndrome
subjects' consent => subjects | ' | consent
don't => don't
aren’t able => aren’t | able
"healthy" => " | healthy | "
(ALT) => ( | ALT | )
tumor(s) => tumor | ( | s | )
e.g., => e | . | g | . | ,
text_a => text | _ | a
→ => →
年龄18岁 => 年龄 | 18 | 岁
CD4阳性 => CD4 | 阳性
naïve => naïve
"""

ROWS = [tuple(line.split(" => ")) for line in TABLE.strip().splitlines()]


def test_nlp_tokenizer_table_is_large() -> None:
    assert len({text for text, _ in ROWS}) >= 150


@pytest.mark.parametrize(("text", "tokens"), ROWS)
def test_nlp_tokenizer_splits_as_people_read(text: str, tokens: str) -> None:
    assert [token.text for token in TOKENIZE(text)] == tokens.split(" | ")


@pytest.mark.parametrize(("text", "tokens"), ROWS)
def test_nlp_tokenizer_splits_the_same_inside_a_sentence(text: str, tokens: str) -> None:
    doc = TOKENIZE(f"Patients with {text}, at screening.")
    assert [token.text for token in doc] == ["Patients", "with", *tokens.split(" | "), ",", "at", "screening", "."]


@given(text=st.text(max_size=200))
def test_nlp_tokenizer_loses_nothing(text: str) -> None:
    doc = TOKENIZE(text)
    assert doc.text == text
    covered = [index for token in doc for index in range(token.idx, token.idx + len(token.text))]
    assert len(covered) == len(set(covered))
    assert all(text[index].isspace() for index in set(range(len(text))) - set(covered))


def test_nlp_tokenizer_is_the_pipelines(nlp: Language) -> None:
    assert isinstance(nlp.tokenizer, ClinicalTokenizer)


def test_nlp_tokenizer_is_saved_with_a_pipeline() -> None:
    config = {"nlp": {"tokenizer": {"@tokenizers": "trial_tokenizer.v1"}}}
    saved = spacy.blank("en", config=config).to_bytes()
    again = spacy.blank("en", config=config).from_bytes(saved)
    assert [token.text for token in again("1.5xULN")] == ["1.5", "x", "ULN"]


@pytest.mark.parametrize("unit", ["a1", "1,", "x", "T1", "n'", "1.", "N0 "])
def test_nlp_tokenizer_takes_long_runs_in_linear_time(unit: str) -> None:
    # Every character is visited a bounded number of times; a quadratic pattern would need minutes here.
    text = unit * 20_000
    assert TOKENIZE(text).text == text


ENTITY_LABELS = frozenset(
    "Condition Drug Procedure Measurement Value Temporal Observation Person Device Qualifier Negation".split()
)
#: Most entities of which the tokens of a corpus may miss a boundary; what is left are annotations inside words.
UNREACHABLE = 0.003


def test_nlp_tokenizer_reaches_the_entities_of_chia(shared_data: Path) -> None:
    missed = total = 0
    for document in read_folder(shared_data / "chia" / "train"):
        doc = TOKENIZE(document.text)
        starts = {token.idx for token in doc}
        ends = {token.idx + len(token) for token in doc}
        entities = [bound for bound in document.bounds.values() if bound.label in ENTITY_LABELS]
        total += len(entities)
        missed += sum(not _reachable(entity, starts, ends) for entity in entities)
    assert total > 20_000
    assert missed / total <= UNREACHABLE


def _reachable(entity: TextBound, starts: set[int], ends: set[int]) -> bool:
    return all(start in starts and end in ends for start, end in entity.spans)
