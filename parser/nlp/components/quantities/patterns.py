"""How criteria bound a number. Data only.

Comparators are lower case, their words and signs apart by one blank (`> / =` stands for `>/=` too); other forms of the
signs are read as the ones here (`SIGNS`).
"""

from __future__ import annotations

from typing import Literal

from parser.models.values import RelativeTo

Side = Literal["low", "high", "value", "exact"]
Bound = tuple[Side, bool]

_AT_LEAST: Bound = ("low", True)
_OVER: Bound = ("low", False)
_AT_MOST: Bound = ("high", True)
_UNDER: Bound = ("high", False)
#: The source has lost the direction of a comparator, or means "equals"; nothing says which.
_LOST: Bound = ("value", True)
_EXACT: Bound = ("exact", True)

#: Signs, and runs of signs, by the comparator that they are.
SIGNS: dict[str, str] = {
    **dict.fromkeys((">", "˃", "›", "＞", "﹥", "〉", ">>", "→>"), ">"),
    **dict.fromkeys(("<", "＜", "﹤", "〈", "<<", "˂", "‹"), "<"),
    **dict.fromkeys(
        ("≥", "≧", "⩾", "≥=", ">=", "=>", "≥≥", "≧=", ">≥", "≥>", "=≥", "＞=", "＞＝", ">＝", "⪰", "≽"), "≥"
    ),
    **dict.fromkeys(
        ("≤", "≦", "⩽", "≤=", "<=", "=<", "≤≤", "≦=", "<≤", "≤<", "=≤", "＜=", "＜＝", "<＝", "⪯", "≼"), "≤"
    ),
    **dict.fromkeys(("=", "＝", "=="), "="),
}

_MORE = "more greater higher larger longer older bigger heavier superior above".split()
_LESS = "less fewer lower smaller shorter younger inferior lesser below".split()


def _than(words: list[str], bound: Bound, or_equal: Bound, denied: Bound) -> dict[str, Bound]:
    """Return the comparators made of a comparative: "more than", "more than or equal to", "no more than"."""
    made: dict[str, Bound] = {}
    for word in words:
        for than in ("to",) if word.endswith("ior") else ("than", "then", "that"):
            made |= {
                f"{word} {than}": bound,
                f"{word} {than} or equal to": or_equal,
                f"{word} {than} or equal": or_equal,
            }
            made |= {f"{word} {than} / equal to": or_equal, f"{word} {than} and equal to": or_equal}
            made |= {f"equal to or {word} {than}": or_equal, f"equal or {word} {than}": or_equal}
            made |= {f"equals or {word} {than}": or_equal, f"equal to / {word} {than}": or_equal}
            made |= {f"equal and {word} {than}": or_equal, f"equal / {word} {than}": or_equal}
            made |= {f"{no} {word} {than}": denied for no in ("no", "not", "not be", "nor", "never", "not have")}
        made |= {f"{word} or equal to": or_equal, f"{word} or equal than": or_equal, f"{word} or equal": or_equal}
        made |= {f"{word} and equal to": or_equal, f"equal to or {word}": or_equal, f"equal or {word}": or_equal}
        made |= {f"{word} / equal to": or_equal, f"{word} / equal": or_equal}
    return made


def _table(rows: tuple[tuple[Bound, str], ...]) -> dict[str, Bound]:
    return {writing.strip(): bound for bound, writings in rows for writing in writings.split("|")}


#: Comparators that are no comparatives, by their bound.
_OTHERS: tuple[tuple[Bound, str], ...] = (
    (_AT_LEAST, "≥ | > / = | > or = | > or = to | > or equal to | > or equal | > and = | > / ≥ | ≥ or = | > = | ≥ to"),
    (_AT_LEAST, "= or > | = / > | = > | + / > | equal to or > | equal or > | = or more than"),
    (_AT_LEAST, "at least | at the least | from at least | at minimum | at a minimum | minimum | a minimum | minimal"),
    (_AT_LEAST, "min | min . | minimally | at or above | equal to or above | above or equal to | not below"),
    (_AT_LEAST, "not under | not inferior to | no fewer that | starting from | upwards of"),
    (_OVER, "> | over | above | exceeding | exceeds | exceed | exceeded | in excess of | beyond | upper than"),
    (_AT_MOST, "≤ | < / = | < or = | < or = to | < or equal to | < or equal | < and = | < / ≤ | ≤ or = | < = | ≤ to"),
    (_AT_MOST, "= or < | = / < | = < | equal to or < | equal or < | = or less than"),
    (_AT_MOST, "at most | at the most | at maximum | at a maximum | maximum | a maximum | maximal | max | max ."),
    (_AT_MOST, "maximally | up to | up to and including | until | not exceeding | not exceed | not to exceed"),
    (
        _AT_MOST,
        "not exceeded | cannot exceed | without exceeding | not beyond | not superior to | not above | not over",
    ),
    (_AT_MOST, "at or below | equal to or below | below or equal to | no later than | not later than"),
    (_UNDER, "< | below | under | up to but not including"),
    (_LOST, "="),
    (_EXACT, "equal to | equals | exactly"),
)

#: Comparator before its number: which bound it gives, and whether the number itself is allowed.
BEFORE: dict[str, Bound] = {
    **_than(_MORE, _OVER, _AT_LEAST, _AT_MOST),
    **_than(_LESS, _UNDER, _AT_MOST, _AT_LEAST),
    **_table(_OTHERS),
}

#: Comparators with the name of the thing between them and their number ("minimum life expectancy of 3 months"), and
#: the names that may stand there.
FAR: dict[str, Bound] = {
    **dict.fromkeys(("minimum", "minimal", "min"), _AT_LEAST),
    **dict.fromkeys(("maximum", "maximal", "max"), _AT_MOST),
}

FAR_NAMES = frozenset(
    "age weight expectancy duration score dose number interval period time height washout bmi length".split()
)

#: Words between a comparator and its number that say nothing about the bound; of these, the ones that say an age.
FILLERS = frozenset("of the a an about approximately approx approx. around ~ ≈ total age ages aged only is".split())
AGES = frozenset("age ages aged older younger".split())

#: Comparator after its number and unit.
AFTER: dict[str, Bound] = {
    **{
        f"{joint}{word}": bound
        for joint in ("or ", "and ", "or/and ", "and/or ", "/", "& ", "or is ", ", or ", "or even ")
        for bound, words in (
            (_AT_LEAST, "older over above more greater higher longer larger up upwards elder beyond onwards heavier"),
            (_AT_MOST, "younger less below fewer lower under shorter smaller lesser"),
        )
        for word in words.split()
    },
    **_table(
        (
            (_AT_LEAST, "minimum | at least | at minimum | at a minimum | onwards | and up to no limit | min"),
            (_AT_LEAST, "or equal or more | or equal or greater | and more years"),
            (_AT_MOST, "maximum | at most | at maximum | max"),
        )
    ),
}

#: What follows a unit of time and says that the number is an age.
AGE_WORDS = ("old", "of age", "-old", "of old", "olds", "of life", "age", "aged", "older", "or age", "of ages")

#: Writings of years that say an age by themselves, and abbreviations with their full stop.
AGE_UNITS = ("yo", "y/o", "y.o.", "y.o", "y-o", "yos")
TIME_WRITINGS: dict[str, str] = {
    **dict.fromkeys((*AGE_UNITS, "yrs.", "yr.", "ys", "yeras", "yaers", "yrs(s)", "yr(s)", "yr/s", "jahre"), "a"),
    **dict.fromkeys(("mos.", "mo.", "mth.", "mths.", "mons", "mon"), "mo"),
    **dict.fromkeys(
        (
            "wks.",
            "wk.",
            "completed weeks",
            "gestational weeks",
            "completed gestational weeks",
            "calendar weeks",
            "calendar week",
            "wk(s)",
        ),
        "wk",
    ),
    **dict.fromkeys(("hrs.", "hr."), "h"),
    **dict.fromkeys(("consecutive days", "consecutive day"), "d"),
}

#: Single capitals that are no units (25 G needle, 3T, 6 M).
NO_UNITS = frozenset("GMSTHW")

#: How many of the next smaller unit of time there are in one, where that is a whole number.
SMALLER: dict[tuple[str, str], int] = {("a", "mo"): 12, ("wk", "d"): 7, ("d", "h"): 24, ("h", "min"): 60}

#: Between the two numbers of a range; a second comparator may follow ("20-<75").
TO = (*"- – — ‐ ‑ − ― － -- ~ ～ ∼ 〜 ⁓ to through thru till until".split(), "- to", "up to", "and up to")

#: Words before a range of two numbers that "and" joins, and words that only open a range.
BETWEEN = ("between", "in between", "ranging between", "ranges between", "from between", "range between", "betwen")
FROM = ("from", "ranging from", "ranges from", "range from", "range of", "starting at")

#: Words of what a number is a multiple or a share of. Read by `references.py`.
ADJECTIVES = (
    "the|their|our|its|institutional|institution's|institution|institute's|local|laboratory|lab|laboratory's|site|site's|"
    "central|study|respective|applicable|age-adjusted|age adjusted|age-appropriate|age-specific|hospital|assay's|assay"
).split("|")
ABBREVIATIONS: dict[str, RelativeTo] = {
    **dict.fromkeys(("uln", "unl", "iuln", "ulnr", "ulrr", "nul", "lsn", "uln's", "ulns"), "ULN"),
    **dict.fromkeys(("lln", "lnl", "llnr", "illn"), "LLN"),
}
TIMES = ("x", "×", "✕", "Χ", "х", "*", "•", "·", "times", "time", "-fold", "fold", "folds", "-times")

#: Words right before a bare number that make it a name or a place in a list; singular and plural.
NAMING = frozenset(
    """
    type types phase phases part parts section sections visit visits cohort cohorts arm arms day days week weeks month
    months year years cycle cycles period periods appendix table tables figure version versions no nos number numbers
    item items chapter step steps factor factors criterion criteria article page pages panel stratum group groups
    subgroup protocol amendment hpv cd il icd dsm covid cov sars trisomy exon exons codon chromosome chromosomes
    interleukin il- serotype serotypes genotype genotypes hhv htlv pd ctla plan q nct eudract isrctn question questions
    option point no. nr nr. # § study trial sub-study tel phone telephone fax mutation aquaporin gata version: isoform
    vertebra vertebrae tooth teeth line room building floor street
    """.split()
)

#: Words after a number and its unit that make both part of a name ("6-minute walk test", "24-hour urine").
NAMED_BY_TIME = (
    "walk|walks|walking|walked|urine|urinary|holter|ambulatory|ecg|electrocardiogram|ogtt|oral glucose|stair|stairs|"
    "step test|survival|post-load|postload|creatinine|recall|timed|blood pressure|proteinuria|protein|collection|abpm|"
    "run|rule"
)

#: Names of scales after which bare numbers are scores ("ECOG 0 or 1"); stages, grades and classes are read elsewhere.
SCALES = (
    "ecog|zubrod|asa|nyha|kl|kellgren-lawrence|kellgren lawrence|kellgren and lawrence|performance status|ps|mmrc|mrc|"
    "fitzpatrick|fitzpatrick skin type|fitzpatrick skin types|skin type|skin types|skin phototype|gmfcs|ccs|who|mrs|"
    "score|scores|level|levels|rankin|ctcae|killip|rutherford|fontaine|iga|pga|barthel|hoehn and yahr|hoehn & yahr|rass"
).split("|")
#: Words that may stand between the scale and its numbers.
AFTER_SCALE = (
    "performance status|performance|status|score|scores|scale|ps|functional|class|classes|classification|grade|grades|"
    "level|levels|type|types|of|is|was|=|:|either|must be|should be|be|system|phototype|at|a|the|with|has|risk|physical"
).split("|")
