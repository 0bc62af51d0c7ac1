"""Words that deny, words that deny what stands before them, and words that only look like it. Data only."""

from __future__ import annotations

from parser.nlp.components.writings import rows

#: What people have not: "does not have", "has never had".
_HAVING = tuple(
    f"{have}{not_}{had}"
    for have in ("", "have ", "has ", "had ", "having ", "must ", "must have ", "should ", "should have ", "may ")
    for not_ in ("not", "never")
    for had in (
        "",
        " had",
        " been",
        " have",
        " have had",
        " have been",
        " be",
        " present with",
        " having",
        " a",
        " any",
    )
)
_DOING = tuple(
    f"{do} {have}"
    for do in rows(
        "do not | does not | did not | don't | doesn't | didn't | will not | could not | would not",
    )
    for have in rows(
        "have | have a | have any | have had | present with | suffer from | exhibit | show | be",
    )
)
_BEING = tuple(
    f"{be}{not_}" for be in ("are ", "is ", "was ", "were ", "be ", "being ", "been ") for not_ in ("not", "never")
)
#: "cannot have X" denies X; "cannot tolerate X" does not: see `ability`.
NEGATIONS: tuple[str, ...] = (
    *rows(
        "not yet | has not yet | have not yet | has not yet been | have not yet been",
        "no | not | without | never | without any | without a | without the | never any",
        "absence of | the absence of | in the absence of | absence of any | lack of | the lack of | lacking",
        "free of | free from | freedom from | is free of | are free of | be free of | been free of | clear of",
        "no evidence of | no clinical evidence of | no signs of | no sign of | no signs or symptoms of",
        "no symptoms of | no indication of | no presence of | no radiographic evidence of",
        "no radiological evidence of",
        "no known evidence of | no suspicion of | without evidence of | without clinical evidence of",
        "without signs of | without signs or symptoms of | without any evidence of | without symptoms of",
        "without presence of | has no | have no | had no | having no | with no | there is no | there are no",
        "there was no | there were no | has no evidence of | have no evidence of | with no evidence of | is no",
        "has no signs of | have no signs of | must have no | should have no | must be no",
        "having no evidence of",
        "denies | denied | denying | denial of | denies any | negative for | is negative for",
        "are negative for",
        "tested negative for | test negative for | testing negative for | seronegative for | neither",
        "neither a",
        "cannot have | can not have | cannot be | can not be | no longer",
        "isn't | aren't | hasn't | haven't | non-existence of | nonexistence of | exclusion of | devoid of",
        "not suffering from | not having | not receiving any | not have any | not currently",
        "are not currently | is not currently | not presently | not at present",
    ),
    *_HAVING,
    *_DOING,
    *_BEING,
)

#: What stands before them is denied: "metastases have been ruled out".
DENIED_BEFORE = rows(
    "ruled out | has been ruled out | have been ruled out | is ruled out | are ruled out",
    "was ruled out | must be ruled out | should be ruled out | been excluded by | has been excluded by",
    "is absent | are absent | was absent | were absent | not present | is not present",
    "are not present | absent | not detected | is not detected | was not detected | not detectable",
    "not observed | not seen | not documented | not found | did not occur | has not occurred",
    "have not occurred | must not be present | should not be present | must be absent",
    "should be absent | naive | naïve | -naive | -naïve",
)

#: Words with a denial in them that deny nothing.
NO_DENIAL = rows(
    "no more than | not more than | no less than | not less than | no fewer than | not fewer than",
    "no greater than | not greater than | no lower than | not lower than | no higher than",
    "not higher than | no later than | not later than | no earlier than | not earlier than",
    "no longer than | not longer than | no older than | not older than | no younger than",
    "not younger than | not exceeding | not to exceed | does not exceed | do not exceed",
    "must not exceed | should not exceed | no worse than | not worse than | no better than | not only",
    "not just | not merely | not necessarily | not otherwise specified | not applicable",
    "not be limited to | not be restricted to | not restricted to | not to be confused with",
    "no shorter than | not shorter than | not exceed | not elsewhere classified | no other than | if not",
    "not already | not specifically",
)

#: Words behind "non-" that it denies; elsewhere it is part of a name ("non-Hodgkin", "non-small cell", "non-invasive").
NON = frozenset(
    """
    pregnant lactating nursing breastfeeding smoker smokers smoking diabetic diabetics childbearing ambulatory ambulant
    hospitalized hospitalised menopausal english fasting responder responders responsive compliant compliance adherent
    adherence consenting vaccinated immunized immunised infected hypertensive obese drinker drinkers drinking user users
    sterile fertile registered approved licensed traumatic
    """.split()
)
