"""How criteria place things in time. Data only.

Lengths of time are read by `lengths.py`, anchors by `anchors.py`; `component.py` joins them into windows.
"""

from __future__ import annotations

from typing import Literal

from parser.models.values import Anchor, WindowRelation
from parser.nlp.components.writings import rows

Side = Literal["low", "high"]


# --- lengths --------------------------------------------------------------------------------------------------------

#: Units of time that stand only right behind digits ("72 h", "30 d"); as words they are something else.
SHORT_UNITS = ("h", "d", "y", "wk", "mo", "yr", "hr")

#: Units that `normalize.units` has not, as no quantity is given in them: the unit that they are made of, and how many.
MORE_UNITS: dict[str, tuple[str, int]] = {
    "fortnight": ("weeks", 2),
    "fortnights": ("weeks", 2),
    "decade": ("years", 10),
    "decades": ("years", 10),
}

#: Between a number and its unit, adding nothing.
LENGTH_ADJECTIVES = rows("consecutive | calendar | full | complete | whole | continuous | successive | entire")

#: Comparator before a length: the bound that it gives, and whether the length itself is allowed.
COMPARATORS: dict[str, tuple[Side, bool]] = {
    **dict.fromkeys(
        rows(
            "≥ | >= | => | >/= | ≧ | ⩾ | > or = | at least | at a minimum | not less than | no less than | minimum",
            "minimum of | a minimum of | at a minimum of | no fewer than | greater than or equal to | at minimum",
            "equal to or greater than | more than or equal to | not fewer than | at least: | a minimal duration of",
            "no shorter than | not shorter than",
        ),
        ("low", True),
    ),
    **dict.fromkeys(
        rows("> | ＞ | more than | greater than | longer than | over | exceeding | in excess of | beyond"),
        ("low", False),
    ),
    **dict.fromkeys(
        rows(
            "≤ | <= | =< | </= | ≦ | ⩽ | < or = | at most | up to | no more than | not more than",
            "maximum of | maximum",
            "a maximum of | no longer than | not longer than | not exceeding | less than or equal to",
            "no greater than",
            "equal to or less than | not greater than | no later than | not later than | no older than",
            "not older than | not to exceed",
        ),
        ("high", True),
    ),
    **dict.fromkeys(rows("< | ＜ | less than | fewer than | under | shorter than | below"), ("high", False)),
}

#: The same after a length.
COMPARATORS_AFTER: dict[str, tuple[Side, bool]] = {
    **dict.fromkeys(
        rows("or more | and more | or longer | and longer | or greater | or above | and above | at least"),
        ("low", True),
    ),
    **dict.fromkeys(rows("or less | or fewer | or shorter | and less | or below | at most"), ("high", True)),
}

#: "no earlier than 7 days before": which side the word bounds depends on the direction; see `component.py`.
EARLIEST = rows("no earlier than | not earlier than")

#: Before or after a length, adding nothing.
ABOUT = rows("approximately | about | around | roughly | approx. | approx | ~ | ≈ | circa | a total of")
STRETCHES = rows(
    "period | time period | window | time window | timeframe | time frame | interval | time interval | time"
)

# --- directions -----------------------------------------------------------------------------------------------------

BEFORE = rows(
    "prior to | before | preceding | previous to | prior | earlier than | ahead of | in advance of | leading up to",
    "immediately before | immediately prior to | immediately preceding | pre | right before | just before",
    "just prior to | anterior to | preceeding | precedent to | prior of | prior the",
)
AFTER = rows(
    "after | following | post | subsequent to | post - | immediately after | immediately following | right after",
    "thereafter | from the end of | since the end of",
)
SINCE = rows("since")
EITHER = rows("of | from | around | either side of")
BOTH = rows(
    "before or after | before and after | prior to or after | prior to and after | before or following",
    "prior to or following | before/after | before and/or after | prior or after | pre or post | either side of",
    "either before or after | on either side of",
)

#: After a length, without an anchor: back from now.
AGO = rows("ago | previously | earlier | prior | before | beforehand | in the past | previous")

#: Words that turn a length, or a unit alone ("the past year"), to one side of now.
PAST = rows(
    "last | past | previous | prior | preceding | preceeding | recent | most recent | immediately preceding | former",
    "foregoing | antecedent | latest",
)
FUTURE = rows("next | coming | following | upcoming | subsequent | ensuing")
FIRST = rows("first | initial")

#: Words that put a length inside a stretch of time.
INSIDE = rows("within | within ± | within +/- | in | during | over | throughout | inside | across | with in | through")
#: Of these, the ones after which a length alone says nothing of when ("proteinuria > 3 g in 24 hours").
VAGUE_INSIDE = rows("in | during | over | throughout | across | through")
#: Words that make a length how long a thing lasts.
LASTING = rows(
    "for | lasting | lasts | lasted | persisting | persisting for | lasting for | lasted for | duration",
    "duration of",
    "duration is | durations of | in duration of | of duration | duration: | since | persisting over",
    "for a period of",
)
UNTIL = rows("until | till | and until | til")
OPENING = rows("from | starting | beginning | starting from | beginning from")
WASHOUT = rows(
    "washout | wash-out | wash out | washout period | wash-out period | wash out period | washout of | washed out"
)
#: After a length, the same: "30 days off drug".
OFF = rows("off drug | off drugs | off treatment | off therapy | off medication | off medications | off study drug")
#: What a word that begins with "post" comes after.
POST: dict[str, Anchor] = {
    "operative": "surgery",
    "surg": "surgery",
    "op": "surgery",
    "transplant": "transplant",
    "baseline": "baseline",
    "randomi": "randomization",
}
#: Between a length and "since", adding nothing.
ELAPSED = rows(
    "must have elapsed | have elapsed | has elapsed | should have elapsed | elapsed | must have passed | have passed",
    "has passed | passed | must elapse | should elapse | will have elapsed | should have passed | removed | must be",
    "are required to have elapsed | had elapsed | need to have elapsed | is required | are required | out",
)
#: What half-lives are of.
OF_THINGS = rows(
    "drug | drugs | agent | agents | product | products | medication | medications | compound | compounds",
    "treatment",
    "therapy | ip | imp | antibody | substance | medicine | medicines | investigational medicinal product",
)

#: Anchor alone: "at screening", "during the study".
POINTS: dict[str, WindowRelation] = {
    **dict.fromkeys(
        rows("prior to | before | preceding | immediately prior to | immediately before | in advance of | ahead of"),
        "before",
    ),
    **dict.fromkeys(rows("until | till | up to the time of"), "before"),
    **dict.fromkeys(rows("after | following | subsequent to | immediately after | immediately following"), "after"),
    **dict.fromkeys(
        rows(
            "during | throughout | in the course of | over the course of | during the course of",
            "during the duration of",
            "throughout the duration of | for the duration of | throughout the course of",
            "during the whole of | while on",
            "for the entire duration of | for the whole duration of | whilst on | while in | during the entire",
            "for the full duration of | over the duration of | in the duration of",
        ),
        "during",
    ),
    **dict.fromkeys(
        rows("at the time of | at time of | at the moment of | at | on | upon | as of | on the day of"), "at"
    ),
    **dict.fromkeys(rows("on the date of | at the start of | at the beginning of | at the point of"), "at"),
    **dict.fromkeys(rows("since | ever since"), "since"),
}
#: Of these, the ones that need an anchor that is known: after "at" anything may stand.
CLOSED_POINTS = rows("at | on | upon | as of | while in | while on | whilst on")
#: Of these, the ones that are adjectives after an article ("the following"), or stand before what follows.
ADJECTIVAL_POINTS = rows("preceding | following")
