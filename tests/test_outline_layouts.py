"""Layouts of all registries as one-liners: a text, and the tree that a reader sees in it.

In a text, `|` ends a line. A tree is written `I: a / b { c / d } || E: f`: criteria of one kind in a row (I inclusion,
E exclusion, U unspecified, O other; a star after the kind where it is inferred), children in braces. Before a criterion
stand `?` where its nesting is ambiguous, `+` for a permission, `!` for a note, `~` for boilerplate, and `@scope:` where
its scope is not that of the criterion above it. The trees were written by hand from the texts; the contents are ours.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from parser.models import Criterion, Part, Scope
from parser.outline import outline

_ROLES = {"rule": "", "permission": "+", "note": "!", "boilerplate": "~"}


def written(criteria: Iterable[Criterion]) -> str:
    """Write an outline as above."""
    groups: list[tuple[str, list[str]]] = []
    for criterion in criteria:
        kind = criterion.kind[0].upper() + ("*" if "kind_inferred" in criterion.flags else "")
        if not groups or groups[-1][0] != kind:
            groups.append((kind, []))
        groups[-1][1].append(_criterion(criterion, None))
    return " || ".join(f"{kind}: {' / '.join(items)}" for kind, items in groups)


def _criterion(criterion: Criterion, above: Scope | None) -> str:
    ambiguous = "?" if "nesting_ambiguous" in criterion.flags else ""
    scope = f"@{criterion.scope.text}: " if criterion.scope is not None and criterion.scope != above else ""
    children = " / ".join(_criterion(child, criterion.scope) for child in criterion.criteria)
    text = ambiguous + _ROLES[criterion.role] + scope + criterion.text
    return f"{text} {{ {children} }}" if children else text


# A: headings
HEADINGS = [
    ("Inclusion Criteria:|* Adults|Exclusion Criteria:|* Stroke", "I: Adults || E: Stroke"),
    ("Inclusion Criteria|* Adults|Exclusion Criteria|* Stroke", "I: Adults || E: Stroke"),
    ("INCLUSION CRITERIA|Adults|EXCLUSION CRITERIA|Stroke", "I: Adults || E: Stroke"),
    ("Principal Inclusion Criteria:|* Adults|General exclusion criteria|* Stroke", "I: Adults || E: Stroke"),
    ("Selected Inclusion criteria:|* Adults", "I: Adults"),
    ("Inclusions Criteria:|* Adults|Exclusions Criteria:|* Stroke", "I: Adults || E: Stroke"),
    ("Inclusion Criteria include:|* Adults", "I: Adults"),
    ("Eligible patients:|* Adults|Ineligibility:|* Stroke", "I: Adults || E: Stroke"),
    ("Patients eligible for the trial:|* Adults", "I: Adults"),
    ("To be eligible for this study, patients must be:|* Adults", "I: Adults"),
    ("Criteria for inclusion:|* Adults|Criteria for exclusion:|* Stroke", "I: Adults || E: Stroke"),
    ("Eligibility criteria:|* Adults|* Fever", "I*: Adults / Fever"),
    ("Inclusion criteria:|Inclusion_Criteria:|* Adults", "I: Adults"),
    ("Exclusion Criteria:|Patients meeting any of the following criteria will not be enrolled.|* Stroke", "E: Stroke"),
    ("Subjects must meet all of the following criteria:|* Adults|* Fever", "I: Adults / Fever"),
    ("Patients will be excluded if:|* Stroke|* Sepsis", "E: Stroke / Sepsis"),
    (
        "Inclusion Criteria:|* Adults|"
        "Patients are ineligible to be included in the trial, if any of the exclusion criteria are met:|"
        "* Stroke",
        "I: Adults || E: Stroke",
    ),
    (
        "Inclusion Criteria:|* Adults|* Subjects with any of the following will NOT be eligible for study:|* Stroke",
        "I: Adults || E: Stroke",
    ),
    ("Discontinuation criteria:|* Pregnancy|Postponement criteria:|* Fever", "O: Pregnancy / Fever"),
    ("-  INCLUSION CRITERIA:|-  Adults|-  EXCLUSION CRITERIA:|-  Stroke", "I: Adults || E: Stroke"),
    ("**Inclusion Criteria**||* Adults||**Exclusion Criteria:**||* Stroke", "I: Adults || E: Stroke"),
    ("Inclusion criteria: Inclusion Criteria: Adults with fever", "I: Adults with fever"),
    (
        "Inclusion criteria: 1.Adults|2.Fever|Exclusion criteria: 1.Stroke|2.Sepsis",
        "I: Adults / Fever || E: Stroke / Sepsis",
    ),
    ("INCLUSION CRITERIA 1. Adults|2. Fever", "I: Adults / Fever"),
    ("Inclusion Criteria:|* Adults Exclusion Criteria|* Stroke", "I: Adults || E: Stroke"),
    (
        "Inclusion Criteria:|* High fever Crossover Phase Inclusion Criteria - Adults|* Cough",
        "I: High fever / @Crossover Phase: Adults / @Crossover Phase: Cough",
    ),
    (
        "Additional exclusion criteria for subjects with poor liver function shown by|"
        "elevation of bilirubin are:|* Ascites",
        "E: @subjects with poor liver function shown by elevation of bilirubin: Ascites",
    ),
    (
        "        Subjects who meet any of the following criteria will be excluded from|"
        "        the trial:||          -  Stroke",
        "E: Stroke",
    ),
    (
        "Inclusion Criteria:|* Meets inclusion criteria of the parent trial|* Fever",
        "I: Meets inclusion criteria of the parent trial / Fever",
    ),
    ("Inclusion Criteria:|* Exclusion of pregnancy by test|* Fever", "I: Exclusion of pregnancy by test / Fever"),
    (
        "Exclusion Criteria:|* Patient who does not fulfil the above inclusion criteria|* Stroke",
        "E: Patient who does not fulfil the above inclusion criteria / Stroke",
    ),
    (
        "Inclusion Criteria:|* Recovered to meet all Inclusion Criteria|* Fever",
        "I: Recovered to meet all Inclusion Criteria / Fever",
    ),
    (
        "Exclusion Criteria:|* Patients will be excluded if they are allergic to the following:|"
        "  * Penicillin|  * Latex",
        "E: Patients will be excluded if they are allergic to the following: { Penicillin / Latex }",
    ),
]

# B: scopes
SCOPES = [
    ("Inclusion Criteria:|Part A, B and C:|* Adults|Part D:|* Fever", "I: @Part A, B and C: Adults / @Part D: Fever"),
    (
        "Inclusion Criteria:|* Panel A: Adults|* Panel B: Children|* Fever",
        "I: @Panel A: Adults / @Panel B: Children / Fever",
    ),
    ("Inclusion Criteria:|Cohort 2 (TNBC):|* Adults", "I: @Cohort 2 (TNBC): Adults"),
    (
        "Inclusion criteria at Screening Visit (Visit 1):|1. Adults|"
        "Inclusion criteria at Baseline Visit (Visit 2):|1. Fever",
        "I: @Screening Visit (Visit 1): Adults / @Baseline Visit (Visit 2): Fever",
    ),
    (
        "Donor Inclusion Criteria:|* Adults|Recipient Inclusion Criteria:|* Leukemia|"
        "Donor Exclusion Criteria:|* Stroke",
        "I: @Donor: Adults / @Recipient: Leukemia || E: @Donor: Stroke",
    ),
    ("Inclusion Criteria:|* RECIPIENT: Leukemia|* DONOR: Adults", "I: @RECIPIENT: Leukemia / @DONOR: Adults"),
    ("Exclusion criteria for controls|* Stroke", "E: @controls: Stroke"),
    ("Inclusion Criteria:|For women:|* Postmenopausal", "I: @For women: Postmenopausal"),
    (
        "Exclusion Criteria:|Pre-operative:|1. Stroke|Intra-operative:|2. Bleeding",
        "E: @Pre-operative: Stroke / @Intra-operative: Bleeding",
    ),
    ("Inclusion Criteria:|Part A:|* Adults|All 3 parts of Study:|* Fever", "I: @Part A: Adults / Fever"),
    (
        "Inclusion Criteria:|All Participants|* Adults|Healthy volunteers:|* Fit|"
        "Patients with T2DM (all groups)|* Diabetes",
        "I: Adults / @Healthy volunteers: Fit / @Patients with T2DM (all groups): Diabetes",
    ),
    ("Inclusion Criteria:|For AML patients:|* Relapse|Other:|* Consent", "I: @For AML patients: Relapse / Consent"),
    (
        "Inclusion Criteria:|For Healthy Subjects (Cohort 2)|* Adults",
        "I: @For Healthy Subjects (Cohort 2): Adults",
    ),
    (
        "Inclusion Criteria:|Healthy volunteers:|* Adults|Hepatic impaired participants:|* Cirrhosis",
        "I: @Healthy volunteers: Adults / @Hepatic impaired participants: Cirrhosis",
    ),
    (
        "Inclusion Criteria:|* Fever|* Part A:|  * Adults|  * Cough|* Consent",
        "I: Fever / @Part A: Adults / @Part A: Cough / Consent",
    ),
    (
        "Inclusion Criteria:|* Prior therapy: Arm A: no line; Arm B: at least one line",
        "I: Prior therapy: { @Arm A: no line; / @Arm B: at least one line }",
    ),
    (
        "Inclusion Criteria:|* Arm A: no prior therapy; Arm B: one prior line",
        "I: @Arm A: no prior therapy; / @Arm B: one prior line",
    ),
    (
        "Inclusion Criteria:|* For Part 2 only: brain metastases:|  * Treated|  * Stable",
        "I: @For Part 2 only: brain metastases: { Treated / Stable }",
    ),
    (
        "Inclusion Criteria:|* Adults|The following inclusion criteria should be met at the baseline visit:|* Fever",
        "I: Adults / @baseline visit: Fever",
    ),
    (
        "Inclusion Criteria Specific for parts:|Part 1|* Adults|Part 2 and 3|* Fever",
        "I: @Part 1: Adults / @Part 2 and 3: Fever",
    ),
    (
        "Inclusion Criteria:|* Women: no pregnancy|* Age: 18 years or older",
        "I: Women: no pregnancy / Age: 18 years or older",
    ),
    ("Inclusion Criteria:|* Stage IV: treated before|* Fever", "I: Stage IV: treated before / Fever"),
    ("Study 2 AB02 exclusion criteria|* Stroke", "E: @Study 2 AB02: Stroke"),
    ("Inclusion Criteria:|General:|* Consent|Laboratory:|* Anemia", "I: General: { Consent } / Laboratory: { Anemia }"),
]

# C: the old oncology registry
PDQ = [
    (
        "        DISEASE CHARACTERISTICS:||          -  Melanoma||        PATIENT CHARACTERISTICS:||"
        "          -  Not pregnant",
        "I*: Melanoma / Not pregnant",
    ),
    (
        "        PATIENT CHARACTERISTICS:||        Age:||          -  18 and over||"
        "        Performance status:||          -  ECOG 0-1",
        "I*: Age: { 18 and over } / Performance status: { ECOG 0-1 }",
    ),
    (
        "        PATIENT CHARACTERISTICS:||        Age||          -  18 and over||        Renal||"
        "          -  Not specified",
        "I*: Age { 18 and over } / Renal { ~Not specified }",
    ),
    (
        "        PRIOR CONCURRENT THERAPY:||        Chemotherapy:||          -  No prior chemotherapy||"
        "        Surgery:||          -  See "
        "Disease Characteristics",
        "I*: Chemotherapy: { No prior chemotherapy } / Surgery: { ~See Disease Characteristics }",
    ),
    (
        "PATIENT CHARACTERISTICS: Age: 18 and over Performance status: ECOG 0-1 Renal: Creatinine normal",
        "I*: Age: 18 and over / Performance status: ECOG 0-1 / Renal: Creatinine normal",
    ),
    (
        "PROTOCOL ENTRY CRITERIA:|--Disease Characteristics--|Melanoma|--Prior/Concurrent Therapy--|No prior surgery",
        "I*: Melanoma / No prior surgery",
    ),
]

# D: markers
MARKERS = [
    *(
        (f"Inclusion Criteria:|{bullet} Adults|{bullet} Fever", "I: Adults / Fever")
        for bullet in "*-•●○▪·–‣◦⁃∙\uf0b7\uf0a7"
    ),
    *((f"Inclusion Criteria:|{bullet} Adults|{bullet} Fever", "I: Adults / Fever") for bullet in "o¿?#;"),
    *(
        (f"Inclusion Criteria:|{one} Adults|{two} Fever|{three} Cough", "I: Adults / Fever / Cough")
        for one, two, three in (
            ("1.", "2.", "3."),
            ("1)", "2)", "3)"),
            ("(1)", "(2)", "(3)"),
            ("1 )", "2 )", "3 )"),
            ("[1]", "[2]", "[3]"),
            ("1:", "2:", "3:"),
            ("1/", "2/", "3/"),
            ("1-", "2-", "3-"),
            ("1.)", "2.)", "3.)"),
            ("1]", "2]", "3]"),
            ("1.1", "1.2", "1.3"),
            ("1.1.1", "1.1.2", "1.1.3"),
            ("2a.", "2b.", "2c."),
            ("a.", "b.", "c."),
            ("a)", "b)", "c)"),
            ("(a)", "(b)", "(c)"),
            ("A.", "B.", "C."),
            ("i.", "ii.", "iii."),
            ("i)", "ii)", "iii)"),
            ("(iv)", "(v)", "(vi)"),
            ("I.", "II.", "III."),
            ("①", "②", "③"),
            ("１．", "２．", "３．"),
            ("I 01", "I 02", "I 03"),
            ("IC1", "IC2", "IC3"),
            ("EC-3", "EC-4", "EC-5"),
            ("• 1.", "• 2.", "• 3."),
            ("9.", "10.", "11."),
            ("* 1", "* 2", "* 3"),
            ("（1）", "（2）", "（3）"),
        )
    ),
    ("Inclusion Criteria:|1.Youth|2.Fever", "I: Youth / Fever"),
    (
        "Exclusion Criteria:|- ≥ 3 relapses|- <7 days of life left|- > 18 years",
        "E: ≥ 3 relapses / <7 days of life left / > 18 years",
    ),
    (
        "Exclusion Criteria:|I do not smoke|A. flavus infection|5-FU before",
        "E: I do not smoke / A. flavus infection / 5-FU before",
    ),
    ("Exclusion Criteria:|18 Years and older|12-lead ECG abnormal", "E: 18 Years and older / 12-lead ECG abnormal"),
    ("Exclusion Criteria:|0-65 years|3.0 mmol/L|2 weeks|1.5 x ULN", "E: 0-65 years / 3.0 mmol/L / 2 weeks / 1.5 x ULN"),
]

# E, F, G: nesting, heads, connectors
NESTING = [
    ("Inclusion Criteria:|* Any of:|  * Fever|  * Cough|* Consent", "I: Any of: { Fever / Cough } / Consent"),
    (
        "        Inclusion Criteria:||          -  Any of:||               -  Fever||"
        "               -  Cough||          -  Consent",
        "I: Any of: { Fever / Cough } / Consent",
    ),
    ("Inclusion Criteria:|1. Any of:|a. Fever|b. Cough|2. Consent", "I: Any of: { Fever / Cough } / Consent"),
    (
        "Inclusion Criteria:|1. Any of:|a. Fever|   i. High|   ii. Low|b. Cough",
        "I: Any of: { Fever { High / Low } / Cough }",
    ),
    (
        "Inclusion Criteria:|1. Fever|2. Any of:|1. Rash|2. Cough|3. Consent",
        "I: Fever / Any of: { Rash / Cough / Consent }",
    ),
    ("Inclusion Criteria:|1. Any of:|- Fever|- Cough|2. Consent", "I: Any of: { Fever / Cough } / Consent"),
    (
        "Inclusion Criteria:|A. Leukemia|First relapse|Second relapse|B. Lymphoma",
        "I: Leukemia { First relapse / Second relapse } / Lymphoma",
    ),
    ("Inclusion Criteria:|1. Fever|Consent|2. Cough", "I: Fever / Consent / Cough"),
    ("Inclusion Criteria:|* Platelets|  * >= 100 G/L|* Consent", "I: Platelets { >= 100 G/L } / Consent"),
    ("Inclusion Criteria:|Platelets|≥100 G/L|Consent", "I: Platelets ≥100 G/L / Consent"),
    ("Inclusion Criteria:|Caregiver|≥18 years of age", "I: Caregiver / ≥18 years of age"),
    (
        "Inclusion Criteria:|* At least 2 of the following|  * Fever|  * Cough",
        "I: At least 2 of the following { Fever / Cough }",
    ),
    (
        "Inclusion Criteria:|* Cough|* One of the following:|* Fever|* Rash",
        "I: Cough / ?One of the following: { Fever / Rash }",
    ),
    (
        "Inclusion Criteria:|* Cough|* One of the following:|* Fever; or|* Rash|* Consent",
        "I: Cough / One of the following: { Fever; or / Rash } / Consent",
    ),
    (
        "Inclusion Criteria:|Cough|Adequate organs, defined as:|Platelets high;|Bilirubin low.|Consent",
        "I: Cough / Adequate organs, defined as: { Platelets high; / Bilirubin low. } / Consent",
    ),
    (
        "Exclusion Criteria:|* Cancer, with the exceptions of|* Basal cell carcinoma OR|"
        "* Cervical carcinoma in situ|* Stroke",
        "E: Cancer, with the exceptions of { Basal cell carcinoma OR / Cervical carcinoma in situ } / Stroke",
    ),
    (
        "Exclusion Criteria:|* Drugs, including but not limited to:|  * Aspirin|  * Heparin",
        "E: Drugs, including but not limited to: { Aspirin / Heparin }",
    ),
    ("Inclusion Criteria:|* Adults with|  * fever|  * cough", "I: Adults with { fever / cough }"),
    ("Inclusion Criteria:|* Fever|AND|* Cough", "I: Fever AND / Cough"),
    ("Inclusion Criteria:|* Fever or|* Cough", "I: Fever or / Cough"),
    ("Inclusion Criteria:|1. Fever||   and must be||2. Adults", "I: Fever and must be / Adults"),
    ("Inclusion Criteria:|* Astrocytoma OR * Glioblastoma", "I: Astrocytoma OR / Glioblastoma"),
    (
        "Exclusion Criteria:||Medical conditions||* Stroke|* Sepsis||Prior therapy||* Surgery",
        "E: Medical conditions { Stroke / Sepsis } / Prior therapy { Surgery }",
    ),
    (
        "Exclusion Criteria:|* Specific conditions:|* 1. Stroke|* 2. Sepsis|* Pregnancy",
        "E: Specific conditions: { Stroke / Sepsis } / Pregnancy",
    ),
    ("Exclusion Criteria:|• Stroke|o Ischemic|o Bleeding|• Sepsis", "E: Stroke { Ischemic / Bleeding } / Sepsis"),
    # flat lists, whose end only the items themselves show
    (
        "Inclusion Criteria:|Fever|Adequate organ function:|Bilirubin ≤ 2 x ULN|Platelets ≥ 100 G/L|Able to swallow",
        "I: Fever / ?Adequate organ function: { Bilirubin ≤ 2 x ULN / Platelets ≥ 100 G/L } / Able to swallow",
    ),
    (
        "Exclusion Criteria:|Fever|Other cancer, except:|Cured skin cancer|Prior surgery",
        "E: Fever / ?Other cancer, except: { Cured skin cancer } / Prior surgery",
    ),
    (
        "Inclusion Criteria:|Fever|Relapse, one of:|First relapse|Second relapse|Patients must be able to swallow",
        "I: Fever / ?Relapse, one of: { First relapse / Second relapse } / Patients must be able to swallow",
    ),
    (
        "Exclusion Criteria:|Fever|Treatment with growth factors:|Long-acting ones|Treatment with other trial drugs",
        "E: Fever / ?Treatment with growth factors: { Long-acting ones } / Treatment with other trial drugs",
    ),
    (
        "Inclusion Criteria:|Relapse, one of:|Bone relapse|or lung relapse|Consent",
        "I: ?Relapse, one of: { Bone relapse / or lung relapse } / Consent",
    ),
    (
        "Inclusion Criteria:|* Consent:||Signed by both parents||* Fever",
        "I: Consent: { Signed by both parents } / Fever",
    ),
]

# H: run-on lists
RUNS = [
    ("Inclusion criteria: 1. Age over 18. 2. Fever. 3. Consent.", "I: Age over 18. / Fever. / Consent."),
    ("Inclusion criteria: 1. Age over 18 2. Written consent 3. Fever", "I: Age over 18 / Written consent / Fever"),
    (
        "Inclusion criteria:|Infants will be enrolled if: 1. Born early 2. Breathing alone",
        "I: Infants will be enrolled if: { Born early / Breathing alone }",
    ),
    ("Exclusion criteria: (1) stroke; (2) sepsis; (3) pregnancy", "E: stroke; / sepsis; / pregnancy"),
    ("Exclusion criteria:|1.stroke；2.sepsis；3.pregnancy。", "E: stroke； / sepsis； / pregnancy。"),
    ("Exclusion criteria: 1- Stroke. 2- Sepsis. 3- Dialysis.", "E: Stroke. / Sepsis. / Dialysis."),
    ("Exclusion criteria:|- Stroke - Sepsis - Dialysis", "E: Stroke / Sepsis / Dialysis"),
    ("Exclusion criteria:|• Stroke • Sepsis", "E: Stroke / Sepsis"),
    ("Exclusion criteria:|Stroke; sepsis within a month; dialysis", "E: Stroke; / sepsis within a month; / dialysis"),
    ("Exclusion criteria:|Stroke; sepsis", "E: Stroke; sepsis"),
    ("Inclusion criteria:|Adults; fever; or cough", "I: Adults; fever; or cough"),
    (
        "Exclusion criteria:|(i) stroke (ii) sepsis (iii) dialysis (iv) pregnancy",
        "E: stroke / sepsis / dialysis / pregnancy",
    ),
    (
        "Inclusion criteria:|* Solid tumours as follows. a. Neuroblastoma b. Glioma c. Sarcoma",
        "I: Solid tumours as follows. { Neuroblastoma / Glioma / Sarcoma }",
    ),
    (
        "Inclusion criteria:|a. Heart disease, one of: i. Infarction; ii. Failure b. Stroke c. Leg ulcers",
        "I: Heart disease, one of: { Infarction; / Failure } / Stroke / Leg ulcers",
    ),
    (
        "Inclusion criteria:|10. Able to give tissue 11.Adequate organs:|1. Platelets high. 12. Consent",
        "I: Able to give tissue / Adequate organs: { Platelets high. } / Consent",
    ),
    ("Inclusion criteria:|* Adults 4. Fever 5. Cough 6. Rash", "I: Adults / Fever / Cough / Rash"),
    (
        "Inclusion criteria:|Unstable heart: 1) infarction, or 2) failure, or 3) arrest",
        "I: Unstable heart: { infarction, or / failure, or / arrest }",
    ),
    (
        "Inclusion criteria:|Adults who use (a) pills; (b) a ring; or (c) a coil. Others are excluded.",
        "I: Adults who use (a) pills; (b) a ring; or (c) a coil. Others are excluded.",
    ),
    ("Inclusion criteria:|1. Toxicity of grade 2. Resolved since", "I: Toxicity of grade 2. Resolved since"),
    ("Inclusion criteria:|1. Age 18 to 75; 3. Fever", "I: Age 18 to 75; 3. Fever"),
    (
        "Inclusion criteria:|- Dose of 150 mg (0.3 - 2.5 mg/kg) - given daily",
        "I: Dose of 150 mg (0.3 - 2.5 mg/kg) - given daily",
    ),
]

# I, J, O: soft line breaks, tables, missing halves
LINES = [
    (
        "Inclusion Criteria:|Patients with a history of|severe asthma|Adults",
        "I: Patients with a history of severe asthma / Adults",
    ),
    ("Inclusion Criteria:|asthma,|history of stroke,|sepsis", "I: asthma, / history of stroke, / sepsis"),
    (
        "        Inclusion Criteria:||"
        "          -  Adults who have been treated with at least one and not more than three lines of|"
        "             therapy.||          -  Consent.",
        "I: Adults who have been treated with at least one and not more than three lines of therapy. / Consent.",
    ),
    ("Inclusion Criteria:|1.|Adults|2.|Fever", "I: Adults / Fever"),
    (
        "Exclusion Criteria:|* Receiving or having received an organ||other than a kidney||* Fever",
        "E: Receiving or having received an organ other than a kidney / Fever",
    ),
    (
        "Inclusion Criteria:|eGFR by cystatin C, twice,|measured at screening.",
        "I: eGFR by cystatin C, twice, measured at screening.",
    ),
    ("Inclusion Criteria:|* Low eGFR|≥ 15 mL/min", "I: Low eGFR ≥ 15 mL/min"),
    ("Inclusion Criteria:|* Fever|or|* Cough", "I: Fever or / Cough"),
    ("Inclusion Criteria:\r|* Adults\r|* Fever\r", "I: Adults / Fever"),
    (
        "Inclusion Criteria:|* Adequate organs:|Hemoglobin\t>= 9 g/dL|Platelets\t>= 100 G/L",
        "I: Adequate organs: { Hemoglobin >= 9 g/dL / Platelets >= 100 G/L }",
    ),
    ("* Adults|* Fever", "U: Adults / Fever"),
    ("Inclusion Criteria:|* Adults|Exclusion Criteria:|* None", "I: Adults || E: ~None"),
    ("Inclusion Criteria:|N/A|Exclusion Criteria:|See protocol", "I: ~N/A || E: ~See protocol"),
    ("Exclusion Criteria:|* Stroke", "E: Stroke"),
    (
        "Inclusion criteria: Adults with fever. Exclusion criteria: Pregnancy.",
        "I: Adults with fever. || E: Pregnancy.",
    ),
    (
        "Inclusion criteria:|* Adults|Are the trial subjects under 18? no|F.1.2 Adults (18-64 years) yes",
        "I: Adults / ~Are the trial subjects under 18? no / ~F.1.2 Adults (18-64 years) yes",
    ),
    ("Inclusion Criteria:|* Adults|Healthy volunteers allowed", "I: Adults / +Healthy volunteers allowed"),
    ("Inclusion Criteria:|* Adults|* Note: consent by parents", "I: Adults / !Note: consent by parents"),
    (
        "Inclusion Criteria:|* Adults. Other protocol-defined inclusion/exclusion criteria may apply.",
        "I: Adults. / ~Other protocol-defined inclusion/exclusion criteria may apply.",
    ),
]

# N: languages
LANGUAGES = [
    (f"{inclusion}|- A|{exclusion}|- C", "I: A || E: C")
    for inclusion, exclusion in (
        ("Einschlusskriterien:", "Ausschlusskriterien:"),
        ("Haupteinschlusskriterien:", "Hauptausschlusskriterien:"),
        ("Critères d'inclusion :", "Critères d’exclusion :"),
        ("Critères d'inclusion", "Critères de non-inclusion"),
        ("Criterios de inclusión:", "Criterios de exclusión:"),
        ("Critérios de inclusão:", "Critérios de exclusão:"),
        ("Criteri di inclusione:", "Criteri di esclusione:"),
        ("Inclusiecriteria:", "Exclusiecriteria:"),
        ("Kryteria włączenia:", "Kryteria wyłączenia:"),
        ("入选标准：", "排除标准："),
        ("纳入标准：", "排除标准："),
        ("入組標準:", "排除標準:"),
        ("選択基準", "除外基準"),
        ("선정기준:", "제외기준:"),
        ("Критерии включения:", "Критерии невключения:"),
        ("معیارهای ورود:", "معیارهای خروج:"),
        ("Inklusionskriterier:", "Exklusionskriterier:"),
        ("Inklusjonskriterier:", "Eksklusjonskriterier:"),
        ("Sisäänottokriteerit:", "Poissulkukriteerit:"),
        ("Kritéria pro zařazení:", "Kritéria pro vyřazení:"),
        ("Beválasztási kritériumok:", "Kizárási kritériumok:"),
        ("Criterii de includere:", "Criterii de excludere:"),
        ("Κριτήρια ένταξης:", "Κριτήρια αποκλεισμού:"),
        ("Критерии за включване:", "Критерии за изключване:"),
        ("Dahil edilme kriterleri:", "Hariç tutulma kriterleri:"),
    )
]

CASES = {
    "heading": HEADINGS,
    "scope": SCOPES,
    "pdq": PDQ,
    "marker": MARKERS,
    "nesting": NESTING,
    "run": RUNS,
    "lines": LINES,
    "language": LANGUAGES,
}
EVERY = [
    pytest.param(text, tree, id=f"{trap} {number}")
    for trap, cases in CASES.items()
    for number, (text, tree) in enumerate(cases, start=1)
]


@pytest.mark.parametrize(("text", "tree"), EVERY)
def test_outline_sees_what_a_reader_sees(text: str, tree: str) -> None:
    assert written(outline(text.replace("|", "\n")).criteria) == tree


# Fields of a register: each has its own kind, and nothing runs on from one to the next.
FIELDS = [
    (["i:Adults", "i:Fever", "e:Stroke"], "I: Adults / Fever || E: Stroke"),
    (["i:•\tAdults •\tFever", "e:Stroke"], "I: Adults / Fever || E: Stroke"),
    (["i:1. Adults 2. Fever", "e:1. Stroke 2. Sepsis"], "I: Adults / Fever || E: Stroke / Sepsis"),
    (["i:Adults with", "i:fever"], "I: Adults with / fever"),
    (["i:Inclusion criteria: Adults", "e:Exclusion criteria: Stroke"], "I: Adults || E: Stroke"),
    (["i:Adults||Exclusion Criteria:|Stroke", "e:None"], "I: Adults || E: Stroke / ~None"),
    (["u:Adults|Fever"], "U: Adults / Fever"),
    (["e:Any of:|- Stroke|- Sepsis", "e:Pregnancy"], "E: Any of: { Stroke / Sepsis } / Pregnancy"),
]


@pytest.mark.parametrize(("fields", "tree"), FIELDS)
def test_outline_reads_fields_on_their_own(fields: list[str], tree: str) -> None:
    kinds = {"i": "inclusion", "e": "exclusion", "u": "unspecified"}
    text, parts = "", []
    for number, field in enumerate(fields):
        kind, _, words = field.partition(":")
        text += "\n\n" if text else ""
        span = (len(text), len(text) + len(words))
        text += words.replace("|", "\n")
        parts.append(Part.model_validate({"kind": kinds[kind], "span": span, "path": f"/criteria/{number}"}))
    assert written(outline(text, parts=parts).criteria) == tree


def test_outline_cases_are_at_least_as_many_as_promised() -> None:
    assert len(EVERY) + len(FIELDS) >= 120
