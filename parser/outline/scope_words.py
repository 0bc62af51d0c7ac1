"""The words that limit criteria to a cohort, part, visit or group: data only. `scopes.py` reads it."""

from __future__ import annotations

from parser.models.eligibility import ScopeType

#: Nouns that take an identifier ("Part A", "Visit 2"), as patterns of one word or phrase.
NUMBERED: dict[ScopeType, tuple[str, ...]] = {
    "arm": (r"(?:treatment )?arms?",),
    "cohort": (r"cohorts?", r"strat(?:um|a)", r"panels?", r"baskets?"),
    "part": (r"parts?", r"sub-?stud(?:y|ies)", r"steps?", r"modules?", r"segments?", r"components?", r"section"),
    "phase": (r"phases?", r"stages?"),
    "group": (r"groups?", r"sub-?groups?"),
    "period": (r"visits?", r"periods?", r"days?", r"weeks?", r"v"),
    "site": (r"sites?", r"cent(?:er|re)s?"),
}

#: Phrases that limit without an identifier.
NAMED: dict[ScopeType, tuple[str, ...]] = {
    "group": (
        r"(?:(?:healthy|normal|adult|elderly|young|female|male|pa?ediatric|living|related|unrelated|control|study|diabetic"
        r"|non-?diabetic|hiv-?(?:positive|negative|infected|uninfected)|case|stem cell|bone marrow|kidney|organ) )*"
        r"(?:donors?|recipients?|controls?|volunteers?|women|men|females?|males?|children|adults?|adolescents?|infants?"
        r"|neonates?|newborns?|mothers?|fathers?|parents?|caregivers?|carers?|partners?|siblings?|family members"
        r"|relatives?|spouses?|dyads?|providers?|clinicians?|physicians?|nurses?|cases|students?|teachers?|staff"
        r"|(?:healthy|control|normal|diabetic) (?:patients|subjects|participants|individuals|people|persons|group)"
        r"|patient participants?|provider participants?|caregiver participants?)",
    ),
    "part": (
        r"(?:main|core|parent|primary|extension|sub-?|pilot|optional|imaging|mri|pet|pk|pharmacokinetic|biopsy|genetic"
        r"|qualitative) ?(?:study|sub-?study|trial)",
        r"sub-?stud(?:y|ies)",
        r"open-?label (?:extension|treatment)(?: (?:study|phase|period))?",
        r"(?:long[- ]term )?extension(?: (?:study|phase|period))?",
    ),
    "phase": (
        r"dose[- ](?:escalation|expansion|finding|confirmation|optimi[sz]ation)(?: (?:phase|part|cohorts?|stage))?",
        r"(?:safety )?(?:run-?in|lead-?in)(?: (?:phase|period|cohort))?",
        r"expansion(?: (?:phase|part|cohorts?))",
    ),
    "period": (
        r"(?:pre|intra|post|peri)-?operative(?:ly)?",
        r"(?:at )?(?:the )?(?:screening|baseline|randomi[sz]ation|enrol?lment|registration|re-?screening|entry|day 0)"
        r"(?: (?:visit|period|phase))?",
        r"(?:double-?blind|open-?label|maintenance|induction|treatment|follow-?up|washout|retreatment|re-treatment)"
        r" (?:treatment )?(?:period|phase)",
        r"(?:prior to|before|after|during|at the time of) [^:,;]{3,60}",
    ),
    "site": (
        r"(?:sites? in |for |in )?(?:the )?(?:france|germany|japan|china|united states|usa?|uk|canada|italy|spain"
        r"|korea)(?: sites?)? only",
    ),
}

#: Words that may stand around those without changing what they limit to.
AROUND = r"(?:for|in|at|of|the|only|all|both|with|assigned to|enrolled in|entering|participating in)"

#: What may follow: people, and the name of the thing.
AFTERWARDS = (
    r"(?:only|patients?|subjects?|participants?|volunteers?|individuals?|group|cohort|arm|study|criteria|requirements|"
    r"of the study|of study|specific|eligibility|inclusion|exclusion)"
)

#: Scopes that may stand before a single criterion: "Arm A: at least one prior therapy", "DONOR: able to give consent".
#: Words for people of one sex or age are left out there: they are part of what the criterion says.
INLINE_NUMBERED = (
    "(?:treatment )?arms?|cohorts?|panels?|baskets?|parts?|sub-?stud(?:y|ies)|phases?|(?:sub-?)?groups?|visits?|stratum"
)
INLINE_NAMED = (
    r"(?:healthy |normal |living |related |unrelated |stem cell |bone marrow |kidney |transplant |potential )*"
    r"(?:donors?|recipients?|healthy volunteers?|healthy controls?|controls?|control group|caregivers?|carers?|parents?"
    r"|providers?|clinicians?|physicians?|nurses?|teachers?|partners?|siblings?|spouses?|mothers?|infants?)"
)

#: Labels that end a scope: what they head is about everybody again.
GENERAL = frozenset({"other", "others", "general", "overall", "common", "general criteria", "other criteria"})
