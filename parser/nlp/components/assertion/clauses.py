"""Words that say how a whole clause is to be taken. Data only.

`CONTEXT[type][value]` lists the writings, lower case. Where they overlap a cue of `patterns.py`, the longer one wins:
so "no more than" and "with or without" deny nothing. Types:

| type | value | what it says |
|---|---|---|
| `denied_before` | not | what stands before it is denied ("metastases have been ruled out") |
| `no_denial` | itself | a negation word that denies nothing ("not only", "no more than") |
| `irrelevant` | itself | whether or not ("with or without", "regardless of") |
| `verdict` | allowed, excluded | whether people with it may take part ("are allowed", "not eligible") |
| `condition` | asked | what stands before is asked only where what follows holds ("in case of") |
| | required | what follows must hold as well ("provided that") |
| | itself | what follows is a condition of something else ("assuming") |
| `ability` | able, unable | what follows is done or cannot be done ("unable to") |
| `subject` | mother, father, parent, partner, donor, relative, caregiver, fetus | whose fact it is, if another's |
"""

from __future__ import annotations

from parser.nlp.components.assertion.denials import DENIED_BEFORE, NO_DENIAL
from parser.nlp.components.writings import rows


def _with(starts: tuple[str, ...], *lines: str) -> tuple[str, ...]:
    """Return every writing of a table behind each of some first words."""
    return tuple(start + writing for start in starts for writing in rows(*lines))


#: How a whole clause is to be taken; see the table above.
CONTEXT: dict[str, dict[str, tuple[str, ...]]] = {
    "denied_before": {"not": DENIED_BEFORE},
    "no_denial": {"no_denial": NO_DENIAL},
    "irrelevant": {
        "irrelevant": rows(
            "with or without | and/or without | with and without | with/without | regardless of",
            "irrespective of | whether or not | regardless if | independent of | independently of | no matter",
            "or without | with or with no | irrespectively of | without regard to | either with or without",
            "even if",
        )
    },
    "verdict": {
        "allowed": (
            *_with(
                ("is ", "are ", "will be ", "may be ", "can be ", "was ", "were ", "also ", ""),
                "allowed | permitted | acceptable | eligible | permissible | allowable",
            ),
            *rows(
                "not excluded | are not excluded | is not excluded | will not be excluded | not exclusionary",
                "may be included | can be included | may be enrolled | can be enrolled | may participate | may enroll",
                "not an exclusion | does not exclude | not a reason for exclusion | not disqualify | does not apply",
                "is not exclusionary | are not exclusionary | not be excluded | should not be excluded | do not apply",
            ),
        ),
        "excluded": (
            *_with(
                ("is ", "are ", "will be ", "must be ", "should be ", "shall be ", ""),
                "excluded | not allowed | not permitted | prohibited | not eligible | ineligible | forbidden",
                "not acceptable | exclusionary | disallowed | disqualified | not permissible",
            ),
            *rows(
                "may not participate | may not be enrolled | cannot participate | may not enroll | not be allowed",
                "will not be allowed | will not be eligible | not be eligible | not be permitted",
                "will not be permitted | not be enrolled | not be included | will not be included",
                "should not be included | cannot be included",
            ),
        ),
    },
    "condition": {
        "asked": rows(
            "in case of | in the case of | in cases of | in the event of | in the event that | in cases where",
            "in the presence of",
        ),
        "required": rows(
            "only if | provided that | provided | as long as | so long as | on condition that",
            "under the condition that",
        ),
        "condition": rows("if applicable | assuming | should there be"),
    },
    "ability": {
        "able": rows(
            "able to | be able to | is able to | are able to | ability to | the ability to | capable of",
        ),
        "unable": rows(
            "unable to | unable or unwilling to | unwilling or unable to | inability to | an inability to",
            "cannot | can not | incapable of | incapacity to | not able to | not capable of | failure to",
            "is unable to | are unable to | unwilling to | unwillingness to | refusal to | refuses to",
            "refuse to | not willing to | impossibility to | difficulty in | impossible to | not be able to",
        ),
    },
    "subject": {
        "mother": rows(
            "mother | mothers | mother's | maternal | biological mother",
        ),
        "father": rows(
            "father | fathers | father's | paternal | biological father",
        ),
        "parent": rows(
            "parent | parents | parental | parent's | parents' | one parent | either parent | both parents",
        ),
        "partner": rows(
            "partner | partners | partner's | sexual partner | sexual partners | spouse | spouses | husband",
            "female partner | female partners | male partner | male partners | wife | wives | husbands",
        ),
        "donor": rows(
            "donor | donors | donor's | stem cell donor | living donor | deceased donor | organ donor",
        ),
        "relative": rows(
            "relative | relatives | first-degree relative | first degree relative | first-degree relatives",
            "first degree relatives | family member | family members | sibling | siblings | brother | sister",
            "brothers | sisters | grandparent | grandparents",
        ),
        "caregiver": rows(
            "caregiver | caregivers | carer | carers | guardian | legal guardian | guardians",
        ),
        "fetus": rows("fetus | fetuses | foetus | foetuses | unborn child"),
    },
}
