"""How stages, grades and classes are written. Data only.

A value is a Roman numeral up to X or a number up to 6, with a letter and a figure for sub-stages ("IIIB", "2a", "IA2"),
or a capital letter ("Child-Pugh class B").
"""

from __future__ import annotations

import re

_VALUE = r"(?:(?:(?-i:[iv]{1,4}|[IVX]{1,4})|[0-6])(?:[ABCabc][1-3]?)?|(?-i:[ABC]))"
_BEFORE = (
    r"(?:[≥>≤<]/?=?|not?\s+(?:greater|more|higher|worse|above)(?:\s+than)?|not\s+exceeding|at\s+least"
    r"|(?:greater|more|less|lower|higher)\s+than(?:\s+or\s+equal\s+to)?|up\s+to)"
)
_AFTER = r"(?:or|and|/)\s*(?:greater|higher|more|above|worse|over|lower|less|below)"
_BETWEEN = r"(?:\s*[-–—~,/&]\s*|\s*,?\s*(?:to|through|and|or|until)\s+)"

#: A text with a graded thing holds one of these.
STEMS = ("stage", "grade", "class")
GRADED = re.compile(
    rf"""
    (?<!\w)(?:(?P<before>{_BEFORE})\s*)?
    (?:(?:functional|clinical|disease|pathological|pathologic|histological|histologic|toxicity)\s+)?
    (?P<word>stages?|grades?|class(?:es)?)
    \s*:?\s*(?:of\s+)?(?:(?P<inner>{_BEFORE})\s*)?
    (?P<values>(?!I\s+(?:am|have|had|was|will|do|did|can)\b){_VALUE}(?!\w)(?:{_BETWEEN}(?:(?:stage|grade|class)\s+)?{_VALUE}(?!\w))*)
    (?:\s*(?P<after>{_AFTER})(?!\w))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: Scales whose value may follow their name with no word between ("NYHA III", "Child-Pugh B"), and what it is.
SCALES = {
    "nyha": "class",
    "new york heart association": "class",
    "killip": "class",
    "asa": "class",
    "figo": "stage",
    "rutherford": "class",
    "hoehn and yahr": "stage",
    "hoehn & yahr": "stage",
    "hoehn-yahr": "stage",
    "ann arbor": "stage",
    "child-pugh": "class",
    "child pugh": "class",
    "child-turcotte-pugh": "class",
    "child": "class",
    "bclc": "stage",
    "binet": "stage",
}
#: Of these, the ones whose values are letters; a number after them is another thing (a score's points).
LETTERED = frozenset(("child-pugh", "child pugh", "child-turcotte-pugh", "child", "bclc", "binet"))
SCALED = re.compile(
    rf"""
    (?<!\w)(?P<scale>{"|".join(sorted(map(re.escape, SCALES), key=len, reverse=True))})
    (?:\s*\([A-Za-z-]{{2,8}}\))?\s*[:,]?\s+
    (?P<graded>
        (?:(?P<before>{_BEFORE})\s*)?(?P<inner>(?!))?
        (?P<values>{_VALUE}(?!\w|\.\d)(?:{_BETWEEN}{_VALUE}(?!\w|\.\d))*)
        (?:\s*(?P<after>{_AFTER})(?!\w))?
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
VALUE = re.compile(rf"(?<!\w){_VALUE}(?!\w)")
#: What stands between two values that are the ends of a range.
RANGE = re.compile(r"\s*(?:[-–—~]|(?<!\w)(?:to|through|until)(?!\w))\s*", re.IGNORECASE)

KINDS = {"stage": "stage", "stages": "stage", "grade": "grade", "grades": "grade", "class": "class", "classes": "class"}

#: A comparator that is denied is the other side's, inclusive ("no greater than").
DENIED = re.compile(r"not?\s", re.IGNORECASE)
LOW = re.compile(r"≥|>|at\s+least|greater|more|higher|above|worse|over", re.IGNORECASE)
EXCLUSIVE = re.compile(r"^(?:[><]|(?:greater|more|less|lower|higher)\s+than)$", re.IGNORECASE)

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
NUMERALS = ("0", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
#: Classes that are letters, the best first (Child-Pugh has three; none at hand has more).
LETTERS = ("A", "B", "C")
