"""What belongs to an entity's ends, and what does not. Data only.

Each entry rests on counts of the training annotations (Chia, nine tenths of its training trials): where the annotators
put the boundaries of an entity that overlaps a quantity, a window or a cue, and how often there is one at all.
"""

from __future__ import annotations

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
