"""The words of headings, in the languages of the registries: data only. `headings.py` reads it.

All phrases are lower case, with single blanks, as `headings.normalised` leaves them.
"""

from __future__ import annotations

from parser.models.eligibility import CriterionKind

#: Phrases that name a kind of criteria on their own, by language; first match wins, so the longest comes first.
CORES: dict[CriterionKind, tuple[str, ...]] = {
    "exclusion": (
        # English; `non-inclusion` is how French sponsors say it and means exclusion
        "exclusion criteria",
        "exclusion criterion",
        "exclusions criteria",
        "exclusionary criteria",
        "exclusion criterias",
        "exclusion critera",
        "exclusion criterium",
        "excusion criteria",
        "exlusion criteria",
        "exclusión criteria",
        "criteria for exclusion",
        "criteria of exclusion",
        "non-inclusion criteria",
        "non inclusion criteria",
        "noninclusion criteria",
        "criteria for non-inclusion",
        "ineligibility criteria",
        "criteria for ineligibility",
        "conditions for patient ineligibility",
        # German, French, Spanish, Portuguese, Italian, Dutch, Polish
        "ausschlusskriterien",
        "critères d'exclusion",
        "critères de non-inclusion",
        "critères de non inclusion",
        "criterios de exclusión",
        "criterios de exclusion",
        "criterio de exclusión",
        "critérios de exclusão",
        "criteri di esclusione",
        "criteri di non inclusione",
        "exclusiecriteria",
        "kryteria wykluczenia",
        "kryteria wyłączenia",
        "kryteria wykluczające",
        "hauptausschlusskriterien",
        # Swedish, Danish, Norwegian, Finnish, Czech, Hungarian, Romanian, Turkish, Greek, Bulgarian
        "exklusionskriterier",
        "eksklusionskriterier",
        "eksklusjonskriterier",
        "poissulkukriteerit",
        "kritéria pro vyřazení",
        "vylučovací kritéria",
        "kizárási kritériumok",
        "criterii de excludere",
        "hariç tutulma kriterleri",
        "dışlanma kriterleri",
        "κριτήρια αποκλεισμού",
        "критерии за изключване",
        # Chinese, Japanese, Korean, Russian, Persian
        "排除标准",
        "排除標準",
        "除外基準",
        "排除基準",
        "제외기준",
        "제외 기준",
        "критерии исключения",
        "критерии невключения",
        "معیارهای خروج",
        "معیار خروج",
    ),
    "inclusion": (
        "inclusion criteria",
        "inclusion criterion",
        "inclusions criteria",
        "inclusionary criteria",
        "inclusion criterias",
        "inclusion critera",
        "inclusion criterium",
        "incusion criteria",
        "inlcusion criteria",
        "criteria for inclusion",
        "criteria of inclusion",
        "einschlusskriterien",
        "critères d'inclusion",
        "criterios de inclusión",
        "criterios de inclusion",
        "criterio de inclusión",
        "critérios de inclusão",
        "criteri di inclusione",
        "inclusiecriteria",
        "kryteria włączenia",
        "kryteria włączające",
        "haupteinschlusskriterien",
        "inklusionskriterier",
        "inklusjonskriterier",
        "sisäänottokriteerit",
        "kritéria pro zařazení",
        "vstupní kritéria",
        "beválasztási kritériumok",
        "criterii de includere",
        "dahil edilme kriterleri",
        "κριτήρια ένταξης",
        "критерии за включване",
        "入选标准",
        "入選標準",
        "纳入标准",
        "納入標準",
        "入组标准",
        "入組標準",
        "選択基準",
        "適格基準",
        "선정기준",
        "선정 기준",
        "포함기준",
        "критерии включения",
        "معیارهای ورود",
        "معیار ورود",
    ),
    "other": (
        "withdrawal criteria",
        "criteria for withdrawal",
        "discontinuation criteria",
        "criteria for discontinuation",
        "postponement criteria",
        "criteria for postponement",
        "deferral criteria",
        "elimination criteria",
        "criterios de eliminación",
        "termination criteria",
        "dropout criteria",
        "drop-out criteria",
        "shedding criteria",
        "rejection criteria",
        "temporary delay criteria",
        "randomization criteria",
        "criteria for randomization",
        "retreatment criteria",
        "re-treatment criteria",
    ),
}

#: Words that name a kind only when they are the whole heading, a scope apart.
LONE_CORES: dict[CriterionKind, tuple[str, ...]] = {
    "exclusion": (
        "exclusion",
        "exclusions",
        "excluded",
        "exclude",
        "excludes",
        "ineligibility",
        "ineligible",
        "not eligible",
        "non-inclusion",
        "non inclusion",
        "ausschluss",
        "exclusión",
    ),
    "inclusion": ("inclusion", "inclusions", "included", "include", "includes", "einschluss", "inclusión", "eligible"),
}

#: Headings that name no kind: what follows is taken for inclusion, and said to be inferred.
NEUTRAL_CORES = (
    "eligibility criteria",
    "eligibility criterion",
    "eligibility",
    "eligibility requirements",
    "criteria for eligibility",
    "entry criteria",
    "enrollment criteria",
    "enrolment criteria",
    "selection criteria",
    "recruitment criteria",
    "study population",
    "patient eligibility",
    "subject eligibility",
    "conditions for patient eligibility",
    "criteria",
)

#: Headings over both kinds: what follows is of no kind until the next heading.
BOTH_CORES = (
    "inclusion and exclusion criteria",
    "inclusion & exclusion criteria",
    "inclusion/exclusion criteria",
    "inclusion / exclusion criteria",
    "inclusion or exclusion criteria",
    "inclusion/exclusion",
    "inclusion and exclusion",
)

#: Words that may stand before or after a heading's core without limiting it to anybody.
_FILLERS = """
    a additional all an and any applicable are as at basic below brief by clinical common core criteria current
    detailed each eligibility eligible enrolled enrollment enrolment entry following follows for from full general
    generally have important in include included includes including is key list main major medical meet minimum must
    necessary no not of on only other overall participant participants participate participating participation patient
    patients pertinent primary principal principle protocol relevant required requirement requirements research select
    selected selection shall should some specific specified standard study studies subject subjects such summary that
    the these this to trial updated revised amended new trials under volunteer volunteers will with
    individuals people persons abbreviated abridged continued partial shortened summarised summarized
    administrative anatomical angiographic biochemical cardiac demographic disease-specific echocardiographic
    electrocardiographic histological imaging indication-specific laboratory neurological ocular ophthalmic
    procedural psychiatric radiographic radiological safety study-specific surgical
    specific
    主な 主要 主要な principales principaux hauptsächliche wichtigste główne основные principali belangrijkste
    """
FILLERS = frozenset(_FILLERS.split())

#: Words before a core that make the line a sentence about criteria: "Meets inclusion criteria".
_SENTENCE_WORDS = """
    meet meets meeting met fulfil fulfill fulfils fulfills fulfilling fulfilled satisfy satisfies satisfying not does
    do did fail fails failing violate violates violation who if unless may might can cannot apply per according based
    above aforementioned has having had been being because when than less more within using defined diagnosed
    """
SENTENCE_WORDS = frozenset(_SENTENCE_WORDS.split())

#: Sentences that are headings of a kind when they end with a colon: (who), (what becomes of them).
PEOPLE = (
    r"(?:study )?(?:patients?|subjects?|participants?|individuals?|volunteers?|candidates?|persons?|people|women|men|"
    r"children|adults?|those|anyone|donors?|recipients?|controls?|cases|he/she|you)"
)
SENTENCES: dict[CriterionKind, tuple[str, ...]] = {
    "exclusion": (
        r"(?:(?:the|all|any|potential|eligible|study|healthy) )*{people}\b.{{0,70}}"
        r"\b(?:will|must|should|shall|are|is|may|can)"
        r"(?: be| also be)? (?:excluded|ineligible|not eligible|not be (?:eligible|included|enrolled|entered|recruited|"
        r"randomi[sz]ed|considered|allowed to participate)|not to be (?:enrolled|included|entered)|"
        r"not participate|not be able to participate)\b.{{0,100}}",
        r"(?:(?:the|all|any) )?{people}\b.{{0,40}}\b(?:cannot|can not|may not|must not|should not) "
        r"(?:participate|be (?:included|enrolled)|enter|take part)\b.{{0,60}}",
        r"{people}\b.{{0,50}}\b(?:must|should|shall) not meet any of the following\b.{{0,40}}",
        r"the following exclusion criteria\b.{{0,80}}",
        r"(?:the )?exclusion criteria\b.{{0,20}}\b(?:are|include|will be|were|is)\b.{{0,30}}",
        r"(?:any of )?the following\b.{{0,40}}\b(?:will|are|is)(?: be)? "
        r"(?:excluded|ineligible|not eligible|exclusionary)\b.{{0,40}}",
        r"reasons? for exclusion|exclusion (?:conditions|factors|reasons|for)",
        r"not eligible (?:if|for).{{0,40}}|excluded (?:if|are|from).{{0,40}}|ineligible if.{{0,40}}",
    ),
    "inclusion": (
        r"(?:(?:the|all|any|potential|eligible|study|healthy|each|to be eligible,?) )*{people}\b.{{0,50}}\b"
        r"(?:must|should|shall|will|have to|need to|who)\b.{{0,20}}\b(?:meets?|met|fulfill?|satisfy)\b.{{0,20}}\ball\b"
        r"(?: of)?(?: the)?.{{0,60}}\bcriteria\b.{{0,70}}",
        r"(?:(?:the|all|any|each) )*{people}\b(?: must| should)? meet(?:ing)?(?: all)?(?: of)? the following"
        r"(?: inclusion)? (?:criteria|conditions|requirements)\b.{{0,70}}",
        r"(?:(?:the|all) )?{people}\b.{{0,30}}\b(?:are|is|will be|may be) (?:eligible|included|enrolled)\b.{{0,40}}"
        r"\b(?:if|when|only if|provided)\b.{{0,60}}",
        r"to be (?:eligible|included|enrolled)\b.{{0,90}}",
        r"(?:eligible|included) {people}\b.{{0,50}}",
        r"{people} eligible for.{{0,50}}",
        r"the following inclusion criteria\b.{{0,80}}",
        r"(?:the )?inclusion criteria\b.{{0,20}}\b(?:are|include|will be|were|is)\b.{{0,30}}",
        r"inclusion (?:conditions|factors|requirements|for)",
    ),
    "other": (
        r"{people}\b.{{0,40}}\b(?:will|must|should|may) be (?:withdrawn|discontinued)\b.{{0,60}}",
        r"reasons? for (?:withdrawal|discontinuation).{{0,40}}",
    ),
}

#: Words of such sentences that say nothing of their own: any other makes them criteria as well.
SAID_OF_CRITERIA = frozenset(
    """
    apply applies adults allowed anyone at be candidates cases children conditions consider considered controls donors
    eligible enroll enrolled enrolment enter entered entering excluded exclusion exclusionary experience for he if in
    include included inclusion individuals ineligible into is listed meet men met minimum one ones or order participant
    participants participate participation patients people persons present prior randomised randomized reason reasons
    recipients recruited screening she subjects take taking part they those to volunteers were when where who with
    women you your at into least two three
    """.split()
)

#: Sections of the old oncology registry (PDQ). All inclusion, inferred: the negation is in the sentences.
PDQ_SECTIONS = frozenset(
    {
        "disease characteristics",
        "patient characteristics",
        "prior concurrent therapy",
        "prior/concurrent therapy",
        "prior or concurrent therapy",
        "protocol entry criteria",
        "donor characteristics",
        "caregiver characteristics",
        "physician characteristics",
        "family characteristics",
        "tumor characteristics",
    }
)

#: Labels inside those sections. They stay criteria: "0-2" says nothing without "Performance status:".
PDQ_LABELS = frozenset(
    {
        "age",
        "sex",
        "menopausal status",
        "performance status",
        "life expectancy",
        "hematopoietic",
        "hepatic",
        "renal",
        "cardiovascular",
        "pulmonary",
        "neurologic",
        "immunologic",
        "gastrointestinal",
        "metabolic",
        "other",
        "biologic therapy",
        "chemotherapy",
        "endocrine therapy",
        "radiotherapy",
        "surgery",
    }
)

#: Words of lines that are topics of the list after them, whatever else they say.
TOPIC_WORDS = frozenset(
    """
    characteristics conditions criteria considerations diagnosis disease diseases disorders factors function functions
    general history infections laboratory labs medications medicine miscellaneous other parameters requirements status
    specific tests therapies therapy treatments values
    """.split()
)
