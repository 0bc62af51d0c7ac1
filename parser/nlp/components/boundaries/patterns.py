"""What belongs to an entity's ends, and what does not. Data only.

Each entry rests on counts of the training annotations (Chia, nine tenths of its training trials): where the annotators
put the boundaries of an entity that overlaps a quantity, a window or a cue, and how often there is one at all.
"""

from __future__ import annotations

import re

#: Words at the end of a quantity that are no part of its Value ("≥ 18 years | of age").
AFTER_VALUE = frozenset("of age ages aged old inclusive".split())

#: Signs that no entity begins or ends with, unless it is nothing but signs.
LEADING_SIGNS = frozenset(', ; : . ) ] } - – — * • " / &'.split())
TRAILING_SIGNS = frozenset(', ; : . ( [ { - – — • " / &'.split())
#: Closing brackets, with the opening ones.
BRACKETS = {")": "(", "]": "[", "}": "{"}

#: Longest bracket, in tokens, that may hold an abbreviation.
LONGEST_BRACKET = 8

#: First words of windows that as often as not are no Temporals: stretches of the study, events.
UNSURE_STARTS = frozenset("during throughout after following".split())

#: Cues of exceptions that are Negations of their own in two of three places or more.
NEGATIONS = frozenset(("other than", "except", "except for", "with the exception of", "excluding"))

#: Diseases younger than the corpus, which the recogniser has seldom or never seen annotated, as they are written.
#: A name takes the word of illness behind it along ("SARS-CoV-2 infection").
YOUNG_DISEASES = re.compile(
    r"""
      \b(?: (?:covid|corona\ ?virus\ disease)(?:\ ?[-–]?\ ?(?:20)?19)?
          | sars[-–\ ]?cov[-–\ ]?2 | (?:2019[-–\ ]?)?n-?cov(?:[-–\ ]?(?:20)?19)?
          | (?:novel|new)\ corona\ ?virus | mpox
        )\b
      (?:[-–\ ](?:infection|disease|pneumonia|illness)\b)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: Words behind such a name that make it part of another one: of a drug, a test, a place.
OTHER_NAMES = frozenset(
    """
    vaccine vaccines vaccination vaccinations test tests testing pcr rt antibody antibodies antigen antigens nucleic rna
    igg igm serology swab ward wards unit units study studies trial trials pandemic convalescent
    """.split()
)
