"""Code systems, value sets, and how the record's values map to them: data only.

A code of FHIR's own is `(system, code, display)`. Sources: the terminologies registered with FHIR
(https://hl7.org/fhir/R5/terminologies-systems.html) and the value sets bound to ResearchStudy, EvidenceVariable and
Group in R5 and R4B.
"""

from __future__ import annotations

from typing import Final, NamedTuple

FHIR: Final = "http://hl7.org/fhir/"
UCUM: Final = "http://unitsofmeasure.org"
LOINC: Final = "http://loinc.org"
COUNTRIES: Final = "urn:iso:std:iso:3166"


class Term(NamedTuple):
    """A code with its system."""

    system: str
    code: str
    display: str | None = None


#: URIs of the terminologies that records name.
SYSTEMS: Final[dict[str, str]] = {
    "LOINC": LOINC,
    "SNOMED CT": "http://snomed.info/sct",
    "RxNorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "MeSH": "http://id.nlm.nih.gov/mesh",
    "ICD-10": FHIR + "sid/icd-10",
    "ICD-10-CM": FHIR + "sid/icd-10-cm",
    "ICD-9-CM": FHIR + "sid/icd-9-cm",
    "MedDRA": "https://www.meddra.org",
    "ATC": "http://www.whocc.no/atc",
    "CVX": FHIR + "sid/cvx",
    "CAS": "urn:oid:2.16.840.1.113883.6.61",
}

#: Where the numbers of a register come from.
IDENTIFIER_SYSTEMS: Final[dict[str, str]] = {
    "nct": "http://clinicaltrials.gov",
    "eudract": "https://eudract.ema.europa.eu",
    "ctis": "https://euclinicaltrials.eu",
    "isrctn": "https://www.isrctn.com",
    "chictr": "https://www.chictr.org.cn",
    "ctri": "https://ctri.nic.in",
    "drks": "https://drks.de",
    "actrn": "https://www.anzctr.org.au",
    "jrct": "https://jrct.mhlw.go.jp",
    "umin": "https://www.umin.ac.jp/ctr",
    "irct": "https://irct.behdasht.gov.ir",
    "kct": "https://cris.nih.go.kr",
    "rebec": "https://ensaiosclinicos.gov.br",
    "pactr": "https://pactr.samrc.ac.za",
    "tctr": "https://www.thaiclinicaltrials.org",
    "slctr": "https://slctr.lk",
    "rpcec": "https://rpcec.sld.cu",
    "lbctr": "https://lbctr.moph.gov.lb",
    "nl": "https://onderzoekmetmensen.nl",
    "utn": "https://trialsearch.who.int/utn",
}

# --- study ----------------------------------------------------------------------------------------------------------

_STATUS = FHIR + "research-study-status"

#: ResearchStudy.progressStatus.state in R5; what is not here is told by the page's word alone.
STATES: Final[dict[str, Term]] = {
    "not_yet_recruiting": Term(_STATUS, "not-yet-recruiting"),
    "recruiting": Term(_STATUS, "recruiting"),
    "enrolling_by_invitation": Term(_STATUS, "enrolling-by-invitation"),
    "active_not_recruiting": Term(_STATUS, "active-but-not-recruiting"),
    "suspended": Term(_STATUS, "temporarily-closed-to-accrual"),
    "completed": Term(_STATUS, "completed"),
    "terminated": Term(_STATUS, "terminated"),
    "withdrawn": Term(_STATUS, "withdrawn"),
    "not_authorised": Term(_STATUS, "disapproved"),
}
OVERALL_STUDY: Final = Term(_STATUS, "overall-study")
APPROVED: Final = Term(_STATUS, "approved")
RECRUITING: Final = Term(_STATUS, "recruiting")

#: ResearchStudy.status in R4B, and whether the code says the same. What is not here is absent with a reason.
R4B_STATUSES: Final[dict[str, tuple[str, bool]]] = {
    "not_yet_recruiting": ("approved", False),
    "recruiting": ("active", True),
    "enrolling_by_invitation": ("active", False),
    "active_not_recruiting": ("closed-to-accrual", True),
    "ongoing_unclear": ("active", False),
    "suspended": ("temporarily-closed-to-accrual", True),
    "completed": ("completed", True),
    "terminated": ("administratively-completed", True),
    "withdrawn": ("withdrawn", True),
    "not_authorised": ("disapproved", True),
    "available": ("active", False),
    "no_longer_available": ("closed-to-accrual", False),
    "temporarily_not_available": ("temporarily-closed-to-accrual", False),
    "approved_for_marketing": ("completed", False),
}
DATA_ABSENT: Final = FHIR + "StructureDefinition/data-absent-reason"
REGISTRATION: Final = FHIR + "StructureDefinition/researchStudy-studyRegistration"

#: Phases that a study has, joined with a slash, to the code of research-study-phase.
PHASES: Final[dict[str, str]] = {
    "not_applicable": "n-a",
    "0": "early-phase-1",
    "early_phase_1": "early-phase-1",
    "1": "phase-1",
    "1/2": "phase-1-phase-2",
    "2": "phase-2",
    "2/3": "phase-2-phase-3",
    "3": "phase-3",
    "4": "phase-4",
}
#: How a phase reads.
PHASE_WORDS: Final[dict[str, str]] = {"not_applicable": "not applicable", "early_phase_1": "early phase 1"}

#: Words of the registers, casefolded, to the codes of research-study-prim-purp-type.
PURPOSES: Final[dict[str, str]] = {
    "treatment": "treatment",
    "prevention": "prevention",
    "diagnostic": "diagnostic",
    "diagnosis": "diagnostic",
    "supportive care": "supportive-care",
    "supportive": "supportive-care",
    "screening": "screening",
    "health services research": "health-services-research",
    "health service research": "health-services-research",
    "basic science": "basic-science",
    "device feasibility": "device-feasibility",
}
#: Words of the registers, casefolded, to the codes of research-study-arm-type.
ARMS: Final[dict[str, str]] = {
    "experimental": "experimental",
    "active comparator": "active-comparator",
    "placebo comparator": "placebo-comparator",
    "sham comparator": "sham-comparator",
    "no intervention": "no-intervention",
    "other": "other-arm-type",
}
#: Codes of research-study-objective-type by the rank of an outcome.
RANKS: Final[dict[str, str]] = {"primary": "primary", "secondary": "secondary", "other": "exploratory"}

_DESIGN = FHIR + "study-design"
STUDY_TYPES: Final[dict[str, Term]] = {
    "interventional": Term(_DESIGN, "SEVCO:01001", "Interventional research"),
    "observational": Term(_DESIGN, "SEVCO:01002", "Observational research"),
    "expanded_access": Term(_DESIGN, "SEVCO:01038", "Expanded Access study"),
}
RANDOMIZED: Final = Term(_DESIGN, "SEVCO:01003", "randomized assignment")
NOT_RANDOMIZED: Final = Term(_DESIGN, "SEVCO:01005", "Non-randomized assignment")
#: Stems of the words for a design, casefolded, to its term; the first that stands in the words counts.
DESIGNS: Final[tuple[tuple[str, Term], ...]] = (
    ("parallel", Term(_DESIGN, "SEVCO:01011", "Parallel cohort design")),
    ("crossover", Term(_DESIGN, "SEVCO:01012", "Crossover cohort design")),
    ("cross over", Term(_DESIGN, "SEVCO:01012", "Crossover cohort design")),
    ("cross-over", Term(_DESIGN, "SEVCO:01012", "Crossover cohort design")),
    ("single group", Term(_DESIGN, "SEVCO:01016", "Uncontrolled cohort design")),
    ("single (group)", Term(_DESIGN, "SEVCO:01016", "Uncontrolled cohort design")),
    ("single arm", Term(_DESIGN, "SEVCO:01016", "Uncontrolled cohort design")),
    ("case-control", Term(_DESIGN, "SEVCO:01013", "Case control design")),
    ("case control", Term(_DESIGN, "SEVCO:01013", "Case control design")),
    ("cross-sectional", Term(_DESIGN, "SEVCO:01027", "Cross sectional data collection")),
    ("cross sectional", Term(_DESIGN, "SEVCO:01027", "Cross sectional data collection")),
    ("longitudinal", Term(_DESIGN, "SEVCO:01028", "Longitudinal data collection")),
)
#: Stems of the words for who is blinded, casefolded. FHIR has none for the investigator.
BLINDED: Final[tuple[tuple[tuple[str, ...], Term], ...]] = (
    (("participant", "patient", "subject"), Term(_DESIGN, "SEVCO:01060", "Blinding of study participants")),
    (("care provider", "caregiver", "therapist"), Term(_DESIGN, "SEVCO:01061", "Blinding of intervention providers")),
    (("assessor",), Term(_DESIGN, "SEVCO:01062", "Blinding of outcome assessors")),
    (("analyst", "statistician"), Term(_DESIGN, "SEVCO:01063", "Blinding of data analysts")),
)
#: Beginnings of the words, casefolded, for a study in which nobody is blinded.
OPEN: Final = ("open", "none", "no ", "not ", "unblinded")

#: Stems of the words for a contact's role, casefolded, to research-study-party-role; the first that fits counts.
CONTACT_ROLES: Final[tuple[tuple[str, str], ...]] = (
    ("queries", "general-contact"),
    ("sub-investigator", "sub-investigator"),
    ("principal", "primary-investigator"),
    ("study director", "study-director"),
    ("study chair", "study-chair"),
    ("contact", "recruitment-contact"),
)
#: Codes of research-study-party-organization-type by the class of a sponsor.
SPONSOR_CLASSES: Final[dict[str, str]] = {"industry": "industry", "government": "government", "academic": "academic"}

# --- rules ----------------------------------------------------------------------------------------------------------

#: Names of FHIR's types; R4B has another system for them.
TYPES: Final[dict[str, str]] = {"R5": FHIR + "fhir-types", "R4B": FHIR + "resource-types"}
#: Types that have another name in R4B.
R4B_TYPES: Final[dict[str, str]] = {"DeviceUsage": "DeviceUseStatement"}

#: What kind of fact an atom is about: its words, and the FHIR type that holds such facts.
CONDITION: Final = ("condition", "Condition")
TREATMENTS: Final[dict[str, tuple[str, str | None]]] = {
    "drug": ("drug treatment", "MedicationStatement"),
    "procedure": ("procedure", "Procedure"),
    "radiotherapy": ("radiotherapy", "Procedure"),
    "device": ("device", "DeviceUsage"),
    "vaccine": ("vaccination", "Immunization"),
    "transfusion": ("transfusion", "Procedure"),
    "transplant": ("transplantation", "Procedure"),
    "behavioural": ("behavioural treatment", "Procedure"),
    "any": ("treatment", None),
}
ALLERGIES: Final[dict[str, tuple[str, str | None]]] = {
    "allergy": ("allergy", "AllergyIntolerance"),
    "intolerance": ("intolerance", "AllergyIntolerance"),
    # not fit for something is no allergy to it
    "contraindication": ("contraindication", None),
}
#: The registers' types of intervention, casefolded, to the FHIR type of being given it.
INTERVENTIONS: Final[dict[str, str]] = {
    "drug": "MedicationStatement",
    "biological": "MedicationStatement",
    "procedure": "Procedure",
    "radiation": "Procedure",
    "behavioral": "Procedure",
    "device": "DeviceUsage",
}
AGE: Final = Term(LOINC, "30525-0", "Age")
SEX: Final = Term(LOINC, "46098-0", "Sex")
PREGNANCY_STATUS: Final = Term(LOINC, "82810-3", "Pregnancy status")
PREGNANT: Final = Term(LOINC, "LA15173-0", "Pregnant")
GENDERS: Final[dict[str, Term]] = {
    "female": Term(FHIR + "administrative-gender", "female", "Female"),
    "male": Term(FHIR + "administrative-gender", "male", "Male"),
}
#: Statuses that leave a fact a fact of its kind; the others (planned, a risk, an indication) are none yet.
FACTUAL: Final = frozenset({"current", "history", "prior"})
FAMILY: Final = "FamilyMemberHistory"
MEAN: Final = Term(FHIR + "definition-method", "mean")
#: EvidenceVariable.characteristic.definitionByTypeAndValue.offset.
OFFSETS: Final[dict[str, Term]] = {
    "ULN": Term(FHIR + "characteristic-offset", "UNL", "Upper Normal Limit"),
    "LLN": Term(FHIR + "characteristic-offset", "LNL", "Lower Normal Limit"),
}
#: The short name of what a number is a multiple or a share of.
REFERENCES: Final[dict[str, str]] = {
    "ULN": "ULN",
    "LLN": "LLN",
    "baseline": "baseline",
    "predicted": "predicted",
    "normal": "normal",
    "nadir": "nadir",
    "previous": "previous value",
}
_EVENT = FHIR + "evidence-variable-event"
#: Events that evidence-variable-event has, by anchor.
EVENTS: Final[dict[str, Term]] = {
    "enrollment": Term(_EVENT, "study-start"),
    "first_dose": Term(_EVENT, "treatment-start"),
    "diagnosis": Term(_EVENT, "condition-detection"),
    "admission": Term(_EVENT, "hospital-admission"),
    "surgery": Term(_EVENT, "operative-procedure"),
}
