"""Texts in the layouts of the registries, and the tree that a reader sees in each.

Expected trees are written by hand from the text: one line a criterion, `id text`, indented by depth.
"""

from __future__ import annotations

import pytest

from parser.outline import Outline, outline


def tree(found: Outline) -> list[str]:
    return [f"{criterion.id} {criterion.text}" for top in found.criteria for criterion in top.walk()]


CASES = {
    # headings
    "plain headings": ("Inclusion Criteria:\n* A\n* B\nExclusion Criteria:\n* C", ["i.1 A", "i.2 B", "e.1 C"]),
    "headings without colon": ("Inclusion Criteria\n* A\nExclusion Criteria\n* C", ["i.1 A", "e.1 C"]),
    "capitals behind a bullet": ("-  INCLUSION CRITERIA:\n- A\n-  EXCLUSION CRITERIA:\n- C", ["i.1 A", "e.1 C"]),
    "bold headings": ("**Inclusion Criteria**\n* A\n\n**Exclusion Criteria:**\n* C", ["i.1 A", "e.1 C"]),
    "key headings": ("Key Inclusion Criteria:\n* A\nMain exclusion criteria:\n* C", ["i.1 A", "e.1 C"]),
    "one word": ("Inclusion:\nA\nExclusion:\nC", ["i.1 A", "e.1 C"]),
    "included, excluded": ("Included:\n* A\nExcluded:\n* C", ["i.1 A", "e.1 C"]),
    "as written by people": ("Inclusions Criteria:\n* A\nInclusion Criteria include:\n* B", ["i.1 A", "i.2 B"]),
    "criteria for": ("Criteria for inclusion:\n* A\nCriteria for exclusion:\n* C", ["i.1 A", "e.1 C"]),
    "non-inclusion is exclusion": ("Inclusion criteria:\nA\nNon-inclusion criteria:\nC", ["i.1 A", "e.1 C"]),
    "numbered headings": ("1. Inclusion criteria:\n- A\n2. Exclusion criteria:\n- C", ["i.1 A", "e.1 C"]),
    "sentence switches the kind": (
        "Inclusion Criteria:\n* A\n* Subjects with any of the following will NOT be eligible for study:\n* C",
        ["i.1 A", "e.1 C"],
    ),
    "sentence below its heading": (
        "Inclusion Criteria:\nPatients must meet all of the following criteria:\n* A\n"
        "Exclusion Criteria:\nSubjects who meet any of the following criteria will be excluded:\n* C",
        ["i.1 A", "e.1 C"],
    ),
    "a remark in the heading": (
        "Inclusion Criteria (Patients must meet each of these to be eligible):\n* A",
        ["i.1 A"],
    ),
    "the following criteria": (
        "The following exclusion criteria were selected to define a representative cohort:\n* C",
        ["e.1 C"],
    ),
    "withdrawal criteria": ("Exclusion Criteria:\n* C\nWithdrawal criteria:\n* W", ["e.1 C", "other.1 W"]),
    "criteria that were replaced": (
        "Exclusion criteria:\n1. C\nPrevious exclusion criteria:\n1. P",
        ["e.1 C", "other.1 P"],
    ),
    "heading and item on one line": ("Inclusion criteria: 1.Adults\n2.Fever", ["i.1 Adults", "i.2 Fever"]),
    "heading twice": ("Inclusion criteria: Inclusion Criteria:\n* A", ["i.1 A"]),
    "both halves on one line": (
        "Inclusion criteria: Adults with fever. Exclusion criteria: Pregnancy.",
        ["i.1 Adults with fever.", "e.1 Pregnancy."],
    ),
    "no heading": ("* A\n* B", ["unspecified.1 A", "unspecified.2 B"]),
    "lines before the heading": (
        "Overview of the trial\nInclusion Criteria:\n* A",
        ["unspecified.1 Overview of the trial", "i.1 A"],
    ),
    "only exclusion": ("Exclusion Criteria:\n* C", ["e.1 C"]),
    "kinds alternate": (
        "Inclusion Criteria:\n* A\nExclusion Criteria:\n* C\nInclusion Criteria:\n* B",
        ["i.1 A", "e.1 C", "i.2 B"],
    ),
    # false headings
    "meets": ("Inclusion Criteria:\n* Meets inclusion criteria\n* B", ["i.1 Meets inclusion criteria", "i.2 B"]),
    "exclusion of": (
        "Inclusion Criteria:\n* Exclusion of differential diagnoses\n* B",
        ["i.1 Exclusion of differential diagnoses", "i.2 B"],
    ),
    "does not fulfil": (
        "Exclusion Criteria:\n- Does not fulfil the above inclusion criteria\n- D",
        ["e.1 Does not fulfil the above inclusion criteria", "e.2 D"],
    ),
    # languages
    "German": ("Einschlusskriterien:\n- A\nAusschlusskriterien:\n- C", ["i.1 A", "e.1 C"]),
    "French": ("Critères d'inclusion :\n- A\nCritères de non-inclusion :\n- C", ["i.1 A", "e.1 C"]),
    "French with a curly apostrophe": ("Critères d’inclusion\n- A\nCritères d’exclusion\n- C", ["i.1 A", "e.1 C"]),
    "Spanish": ("Criterios de inclusión:\n- A\nCriterios de exclusión:\n- C", ["i.1 A", "e.1 C"]),
    "Portuguese": ("Critérios de inclusão:\n- A\nCritérios de exclusão:\n- C", ["i.1 A", "e.1 C"]),
    "Italian": ("Criteri di inclusione:\n- A\nCriteri di esclusione:\n- C", ["i.1 A", "e.1 C"]),
    "Dutch": ("Inclusiecriteria:\n- A\nExclusiecriteria:\n- C", ["i.1 A", "e.1 C"]),
    "Polish": ("Kryteria włączenia:\n- A\nKryteria wykluczenia:\n- C", ["i.1 A", "e.1 C"]),
    "Chinese": ("入选标准：\n1. 年龄\n排除标准：\n1. 妊娠", ["i.1 年龄", "e.1 妊娠"]),
    "Japanese": ("主な適格基準：\n・成人\n除外基準：\n・妊婦", ["i.1 成人", "e.1 妊婦"]),
    "Korean": ("선정기준:\n1) 성인\n제외기준:\n1) 임신", ["i.1 성인", "e.1 임신"]),
    "Russian": ("Критерии включения:\n- А\nКритерии исключения:\n- В", ["i.1 А", "e.1 В"]),
    # markers
    "no blank after the bullet": ("Inclusion Criteria:\n•Adults\n•Fever", ["i.1 Adults", "i.2 Fever"]),
    "no blank after the number": ("Inclusion Criteria:\n1.Youth\n2.Fever", ["i.1 Youth", "i.2 Fever"]),
    "circled": ("Inclusion Criteria:\n①Adults\n②Fever", ["i.1 Adults", "i.2 Fever"]),
    "full width": ("Inclusion Criteria:\n１．Adults\n２．Fever", ["i.1 Adults", "i.2 Fever"]),
    "protocol codes": ("Inclusion Criteria:\nI 01 Adults\nI 02 Fever", ["i.1 Adults", "i.2 Fever"]),
    "codes with a dash": ("Exclusion Criteria:\nEC-1 Pregnancy\nEC-2 Stroke", ["e.1 Pregnancy", "e.2 Stroke"]),
    "symbol fonts": ("Inclusion Criteria:\n\uf0b7 Adults\n\uf0b7 Fever", ["i.1 Adults", "i.2 Fever"]),
    "broken bullets": ("Inclusion Criteria:\n? Adults\n? Fever", ["i.1 Adults", "i.2 Fever"]),
    "values are no markers": (
        "Inclusion Criteria:\n0-65 years\n≥ 1500 cells\n3.0 mmol/L or more\n2 weeks since surgery\n1.5 x ULN or less",
        [
            "i.1 0-65 years",
            "i.2 ≥ 1500 cells",
            "i.3 3.0 mmol/L or more",
            "i.4 2 weeks since surgery",
            "i.5 1.5 x ULN or less",
        ],
    ),
    "a genus is no marker": (
        "Exclusion Criteria:\nA. fumigatus infection\nStroke",
        ["e.1 A. fumigatus infection", "e.2 Stroke"],
    ),
    "an abbreviation is no marker": ("Exclusion Criteria:\n* e.g. stroke\n* MI", ["e.1 e.g. stroke", "e.2 MI"]),
    "a drug is no marker": (
        "Exclusion Criteria:\n5-FU within 4 weeks\nStroke",
        ["e.1 5-FU within 4 weeks", "e.2 Stroke"],
    ),
    "a marker on its own line": ("Inclusion Criteria:\n1.\nAdults\n2.\nFever", ["i.1 Adults", "i.2 Fever"]),
    # nesting
    "two blanks a level": (
        "Inclusion Criteria:\n\n* Head:\n\n  * A\n  * B\n* C",
        ["i.1 Head:", "i.1.1 A", "i.1.2 B", "i.2 C"],
    ),
    "three levels": (
        "Exclusion criteria:\n1. Head:\n   * A\n   * Middle:\n\n     * B\n     * C\n2. D",
        ["e.1 Head:", "e.1.1 A", "e.1.2 Middle:", "e.1.2.1 B", "e.1.2.2 C", "e.2 D"],
    ),
    "number, letter, roman without indentation": (
        "Inclusion Criteria:\n1. Head:\na. A\ni. R\nii. S\nb. B\n2. C",
        ["i.1 Head:", "i.1.1 A", "i.1.1.1 R", "i.1.1.2 S", "i.1.2 B", "i.2 C"],
    ),
    "letter i between h and j": (
        "Inclusion Criteria:\n" + "\n".join(f"{letter}. Item {letter}" for letter in "abcdefghij"),
        [f"i.{number} Item {letter}" for number, letter in enumerate("abcdefghij", start=1)],
    ),
    "numbers under a bullet": (
        "Exclusion Criteria:\n* Head:\n* 1. A\n* 2. B\n* C",
        ["e.1 Head:", "e.1.1 A", "e.1.2 B", "e.2 C"],
    ),
    "numbering restarts under a head": (
        "Inclusion Criteria:\n1. A\n2. Head:\n1. B\n2. C\n3. D",
        ["i.1 A", "i.2 Head:", "i.2.1 B", "i.2.2 C", "i.2.3 D"],
    ),
    "dotted numbers": (
        "Inclusion Criteria:\n1. Head\n1.1 Adults\n1.2 Fever\n2. C",
        ["i.1 Head", "i.1.1 Adults", "i.1.2 Fever", "i.2 C"],
    ),
    "dashes under numbers at one indentation": (
        "Inclusion Criteria:\n1. Organ function:\n- ANC\n- Platelets\n2. Consent",
        ["i.1 Organ function:", "i.1.1 ANC", "i.1.2 Platelets", "i.2 Consent"],
    ),
    "a word processor's bullets": (
        "Exclusion Criteria:\n• A\no B\no C\n• D",
        ["e.1 A", "e.1.1 B", "e.1.2 C", "e.2 D"],
    ),
    "numbers set flush right": (
        "Inclusion Criteria:\n\n  9. A\n\n 10. B\n",
        ["i.1 A", "i.2 B"],
    ),
    "a head that breaks off": (
        "Inclusion criteria:\nAdults with\n(a) fever and\n(b) cough",
        ["i.1 Adults with", "i.1.1 fever and", "i.1.2 cough"],
    ),
    "unmarked head over bullets": (
        "Inclusion Criteria:\nOrgan function:\n* ANC\n* Platelets\nOther:\n* Consent",
        ["i.1 Organ function:", "i.1.1 ANC", "i.1.2 Platelets", "i.2 Other:", "i.2.1 Consent"],
    ),
    "numbered heads in a numbered list": (
        "Inclusion Criteria:\n1. Patients must have:\n2. Fever",
        ["i.1 Patients must have:", "i.2 Fever"],
    ),
    # soft wraps
    "hard-wrapped legacy text": (
        "\n        Inclusion Criteria:\n\n          -  Have had prior treatment with at least 1 and not more than 2\n"
        "             TNF inhibitors.\n\n          -  Are ambulatory.\n",
        ["i.1 Have had prior treatment with at least 1 and not more than 2 TNF inhibitors.", "i.2 Are ambulatory."],
    ),
    "legacy levels": (
        "\n        Inclusion Criteria:\n\n          -  Any of the following\n\n               -  A\n\n"
        "               -  B\n\n"
        "          -  C\n",
        ["i.1 Any of the following", "i.1.1 A", "i.1.2 B", "i.2 C"],
    ),
    "a break within a sentence": (
        "Inclusion Criteria:\nPatients with a history of\nsevere asthma\nAdults",
        ["i.1 Patients with a history of severe asthma", "i.2 Adults"],
    ),
    "heading words at the end of a wrapped criterion": (
        "\n        Inclusion Criteria:\n\n          -  Patients with other tumours of the pancreas will be\n"
        "             excluded\n\n          -  Adults who are able to give consent and to attend all of the visits\n",
        [
            "i.1 Patients with other tumours of the pancreas will be excluded",
            "i.2 Adults who are able to give consent and to attend all of the visits",
        ],
    ),
    "a heading glued to the end of a criterion": (
        "Inclusion Criteria:\n* HbA1c of 53 to 86\nmmol/mol Exclusion Criteria:\n* C",
        ["i.1 HbA1c of 53 to 86 mmol/mol", "e.1 C"],
    ),
    "a connector on its own line": ("Inclusion Criteria:\n* A\nor\n* B", ["i.1 A or", "i.2 B"]),
    "a connector before a colon opens no list": ("Inclusion Criteria:\n* A OR:\n* B", ["i.1 A OR:", "i.2 B"]),
    "lower-case items are items": ("Exclusion Criteria:\nasthma\nstroke", ["e.1 asthma", "e.2 stroke"]),
    # run-on lists
    "numbers in one line": (
        "Inclusion criteria: 1. Aged 18 to 75 years; 2. Willing to consent; 3. Fever.",
        ["i.1 Aged 18 to 75 years;", "i.2 Willing to consent;", "i.3 Fever."],
    ),
    "numbers in brackets under a head": (
        "Inclusion criteria:\nOne of: (1) fever; (2) cough; (3) rash",
        ["i.1 One of:", "i.1.1 fever;", "i.1.2 cough;", "i.1.3 rash"],
    ),
    "numbers with a dash": (
        "Exclusion criteria: 1- Pregnant patients. 2- Patients with stroke. 3- Dialysis.",
        ["e.1 Pregnant patients.", "e.2 Patients with stroke.", "e.3 Dialysis."],
    ),
    "bullets in one line": (
        "Exclusion criteria:\n• Pregnancy • Stroke • Sepsis",
        ["e.1 Pregnancy", "e.2 Stroke", "e.3 Sepsis"],
    ),
    "a gap keeps the line whole": (
        "Inclusion criteria:\n1. Aged 18 to 75 years; 3. Fever.",
        ["i.1 Aged 18 to 75 years; 3. Fever."],
    ),
    "numbers within a sentence stay": (
        "Inclusion criteria:\nEither (1) fever or (2) cough",
        ["i.1 Either (1) fever or (2) cough"],
    ),
    "a grade is no item": (
        "Inclusion criteria:\n1. Toxicity of grade 2. Resolved",
        ["i.1 Toxicity of grade 2. Resolved"],
    ),
}


def spelled_out(line: str) -> str:
    return (
        line.replace("i.", "inclusion.", 1)
        if line.startswith("i.")
        else line.replace("e.", "exclusion.", 1)
        if (line.startswith("e."))
        else line
    )


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_outline_reads_the_layout(text: str, expected: list[str]) -> None:
    assert tree(outline(text)) == [spelled_out(line) for line in expected]


def test_outline_cases_are_many() -> None:
    assert len(CASES) >= 60
