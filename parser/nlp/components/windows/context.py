"""What the words beside a length of time say of it: left of it its bounds and manner, right of it its direction."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parser.models.values import Anchor, WindowOf, WindowRelation
from parser.nlp.components.windows.anchors import Anchored, read_anchor
from parser.nlp.components.windows.lengths import UNIT_ALONE, Length, length_at
from parser.nlp.components.windows.patterns import (
    ABOUT,
    AFTER,
    AGO,
    BEFORE,
    BOTH,
    COMPARATORS,
    COMPARATORS_AFTER,
    EARLIEST,
    EITHER,
    ELAPSED,
    FIRST,
    FUTURE,
    INSIDE,
    LASTING,
    OF_THINGS,
    OFF,
    OPENING,
    PAST,
    POST,
    SINCE,
    STRETCHES,
    UNTIL,
    WASHOUT,
    Side,
)
from parser.nlp.components.writings import one_of
from parser.normalize.numbers import WORDS

#: How far to the left of a length its bounds and manner are looked for, in characters.
_REACH = 70

_BOUND = rf"(?:{one_of(COMPARATORS)}|{one_of(EARLIEST)})"
_LEFT = re.compile(
    rf"""
    (?<![^\W_])
    (?:(?P<washout>{one_of(WASHOUT)})\s?(?:of|is|was|for|:|\()?\s?)?
    (?:(?:(?P<inside>{one_of(INSIDE)})|(?P<lasting>{one_of(LASTING)})|(?P<until>{one_of(UNTIL)})
        |(?P<opening>{one_of(OPENING)}))\s?)?
    (?:(?P<outer>{_BOUND})\s)?
    (?:(?P<article>the|a|an|his|her|their|any|this|his/her|its)\s)?
    (?:(?<!\bto\s)(?:(?P<past>{one_of(PAST)})|(?P<future>{one_of(FUTURE)})|(?P<first>{one_of(FIRST)}))\s)?
    (?:(?:a\s|the\s)?(?:{one_of(STRETCHES)})\s(?:of|:)\s)?
    (?:(?P<bound>{_BOUND})\s?)?
    (?:{one_of(ABOUT)}\s?)?
    (?:(?:in|a|an|the)\s)?
    \Z
    """,
    re.VERBOSE | re.IGNORECASE,
)
_RECENT = re.compile(
    r"(?<![^\W_])recent(?:ly)?(?P<noun>(?:\s[^\W\d_]+){1,3})?\s?(?P<opening>[(\[,])\s?(?:i\.?e\.?,?\s|defined as\s)?\Z",
    re.IGNORECASE,
)
_LASTING_THING = re.compile(
    r"\b(?:stable|chronic|persistent|persistently|persisting|present|continuous|continuously|continually|continual"
    r"|long-?term|prolonged|sustained|unchanged)(?:\s(?!expect|surviv|follow|age\b)[^\W\d_]+){0,4}"
    r"\s?[(\[,]?\s?(?:i\.?e\.?,?\s|defined as\s)?\Z",
    re.IGNORECASE,
)

_AGAIN = re.compile(r"\s?[(\[](?!\s?or\b|[^()\[\]]*(?:[<>≤≥]|\b(?:for|if|in)\b))[^()\[\]]{0,12}\d[^()\[\]]{0,16}[)\]]")
_AFTERWARDS = re.compile(rf"\s?{one_of(COMPARATORS_AFTER)}", re.IGNORECASE)
_STRETCH = re.compile(rf"[\s-]{one_of(STRETCHES)}", re.IGNORECASE)
_WASHOUT_AFTER = re.compile(rf"[\s-](?:of\s)?{one_of((*WASHOUT, *OFF))}", re.IGNORECASE)
_DURATION = re.compile(
    r"(?:'|’)?(?:\s(?:in|of))?[\s-](?:duration|long|in length)(?![^\W_])|\s(?:history|duration)(?=\sof\b)",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    rf"\s?,?\s?[(\[]?\s?,?\s?(?:or|and|/|,)\s?(?:if\s)?(?:(?:within|for|of|a|the|last)\s)?(?:{_BOUND}\s?)?(?:within\s)?"
    rf"(?:{one_of(ABOUT)}\s?)?(?:a period of\s)?",
    re.IGNORECASE,
)
_WHICHEVER = re.compile(
    r"[\s,;(\[)\]]{0,4}which\s?ever\s"
    r"(?:of the two\s|one\s|period\s|time\s|duration\s|was\s|is\s|comes\s|the\s|will be\s|be\s)*"
    r"(?P<which>longer|longest|greater|greatest|more|later|latest|last|shorter|shortest|less|lesser|earlier|first|sooner)"
    r"\b\s?[)\],]?",
    re.IGNORECASE,
)
_LONGER = frozenset("longer longest greater greatest more later latest last".split())
_OF_DRUG = re.compile(
    rf"\s(?:of|for)\s(?:the\s|that\s|each\s|their\s|its\s|this\s)?(?:[^\W\d_]+\s)?{one_of(OF_THINGS)}", re.IGNORECASE
)
_CLOSING = re.compile(r"\s?[)\]]")
_ELAPSED = re.compile(rf"\s{one_of(ELAPSED)}", re.IGNORECASE)
_SEPARATE = r"[\s,;)]{1,3}"
_DIRECTION = re.compile(
    rf"""
    {_SEPARATE}(?:away\s|out\s|removed\s)?
    (?: (?P<both>{one_of(BOTH)})
      | (?P<before>{one_of(BEFORE)})(?:\s?(?:,|and|or|and/or|/)\s(?P<also>during|at))?
      | (?P<after>{one_of(AFTER)})
      | (?P<since>{one_of(SINCE)})
      | (?P<either>{one_of(EITHER)}) )
    [\s-]?(?:to\s(?=the|day))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AGO = re.compile(rf"\s{one_of(AGO)}(?!\s?\d|\s(?:{one_of(WORDS)}|{UNIT_ALONE}))", re.IGNORECASE)
_POST = re.compile(
    r"[\s-]{1,3}(?P<word>post[\s-]?(?:partum|natal|operative(?:ly)?|surgical(?:ly)?|procedural|surgery|op"
    r"|transplant(?:ation)?|delivery|stroke|injury|infarction|baseline|randomi[sz]ation|dose|treatment))\b",
    re.IGNORECASE,
)
_OF_A_THING = re.compile(r"\sof\s(?!age\b|gestation|pregnancy|life\b|each)", re.IGNORECASE)
_TO_EACH_OTHER = re.compile(r"\s?(?:each other|one another)\b", re.IGNORECASE)

#: What the words right before a window say must lie in it.
_OF: tuple[tuple[WindowOf, re.Pattern[str]], ...] = (
    (
        "last_dose",
        re.compile(
            r"(?:\blast\s(?:dos(?:e|es)|intake|use|administration|treatment|infusion|injection|exposure|chemotherapy)"
            r"|\b(?:stopped|discontinued|discontinue|stop|ceased|ended|finished|completed|withdrawn|washed[\s-]out"
            r"|terminated|off|discontinuation|completion|stopping|cessation|quit))\b(?:[\s,:(]+[^\W\d_]+){0,5}[\s,:(]*\Z",
            re.IGNORECASE,
        ),
    ),
    (
        "diagnosis",
        re.compile(r"\b(?:diagnosed|diagnosis|diagnosis (?:was )?(?:made|established))\s?[,:(]?\s?\Z", re.IGNORECASE),
    ),
    (
        "onset",
        re.compile(
            r"\b(?:onset|began|begun|started|appeared|symptom duration)\b(?:\sof\s(?:[^\W\d_]+\s?){1,3})?"
            r"\s?[,:(]?\s?\Z",
            re.IGNORECASE,
        ),
    ),
    (
        "measurement",
        re.compile(r"\b(?:measured|tested|assessed|obtained|measurement|collected)\s?[,:(]?\s?\Z", re.IGNORECASE),
    ),
)
#: Relation of the window that each kind of direction leads to.
_RELATIONS: dict[str, WindowRelation] = {
    "both": "within",
    "either": "within",
    "before": "before",
    "after": "after",
    "since": "since",
}
_NEW_CLAUSE = re.compile(r"[.;]|\b(?:and|or|but|who|which)\b")


@dataclass(slots=True)
class Left:
    """What stands left of a length.

    Attributes:
        start: Where it begins.
        manner: `inside` ("within"), `vague` ("in"), `lasting` ("for"), `until`, `opening` ("from"), or empty.
        turn: `past` ("the last"), `future` ("the next"), `first` ("the first"), `recent` ("recent (…"), or empty.
        bound: The side that a comparator bounds, and whether its number is allowed.
        earliest: Whether it says "no earlier than".
        washout: Whether the words call it a wash-out.
        article: Whether "a" or "an" stands before it.
        word: The word of its manner, lower case.
        lasts: Whether the words before it are of a thing that lasts ("stable dose (≥ 30 days)").
    """

    start: int
    manner: str = ""
    turn: str = ""
    bound: tuple[Side, bool] | None = None
    earliest: bool = False
    washout: bool = False
    article: bool = False
    word: str = ""
    lasts: bool = False


@dataclass(slots=True)
class Right:
    """What stands right of a length.

    Attributes:
        end: Where it ends.
        plain_end: Where the length with its comparator ends, before any direction.
        bound: From a comparator behind the length.
        lasting: Whether the words call it a duration.
        washout: Whether they call it a wash-out.
        stretch: Whether they call it a period.
        others: Further lengths of which the longer or shorter counts.
        which: `longer`, `shorter` or empty.
        direction: The window's relation; `either` for "of" and "from", `both`, `ago`, or empty.
        word: The direction's word, lower case.
        also_during: Whether "or during" follows the direction.
        anchor: What the direction leads to.
        apart: Whether it is the distance of things from each other.
    """

    end: int
    plain_end: int
    bound: tuple[Side, bool] | None = None
    lasting: bool = False
    washout: bool = False
    stretch: bool = False
    others: list[Length] = field(default_factory=list)
    which: str = ""
    direction: str = ""
    word: str = ""
    also_during: bool = False
    anchor: Anchored | None = None
    apart: bool = False


def read_left(text: str, start: int) -> Left:
    """Read the words that end where a length begins."""
    low = max(0, start - _REACH)
    match = _LEFT.search(text, low, start)
    assert match is not None, "every part of the pattern is optional"
    comparator = match["bound"] or match["outer"]
    left = Left(match.start(), earliest=comparator is not None and _plain(comparator) in EARLIEST)
    for manner in ("inside", "lasting", "until", "opening"):
        if match[manner]:
            left.manner, left.word = manner, _plain(match[manner])
    left.turn = next((turn for turn in ("past", "future", "first") if match[turn]), "")
    left.bound = COMPARATORS.get(_plain(comparator)) if comparator else None
    left.washout = match["washout"] is not None
    left.article = (match["article"] or "").lower() in ("a", "an")
    if left.turn == "future" and not (left.manner or match["article"]):
        left.turn, left.start = "", match.end("future") + 1
    left.lasts = not left.turn and not left.manner and _LASTING_THING.search(text, low, left.start) is not None
    recent = _RECENT.search(text, low, left.start) if not left.turn else None
    if recent:
        left.turn = "recent"
        left.start = recent.start("opening") if recent["noun"] else recent.start()
    return left


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words.lower())


def read_right(text: str, length: Length, left: Left) -> Right:
    """Read the words that begin where a length ends."""
    right = Right(length.end, length.end)
    _bracket_and_bound(text, right)
    _alternatives(text, length, right)
    _direction(text, left, right)
    if (
        left.turn == "recent"
        and text.find("(", left.start, length.start) >= 0
        and (closing := _CLOSING.match(text, right.end))
    ):
        right.end = closing.end()
    if right.others and not right.which:
        _whichever(text, right)
    if right.others and not right.which and not any(other.is_half_lives for other in (length, *right.others)):
        right.others = []
    return right


def _bracket_and_bound(text: str, right: Right) -> None:
    if again := _AGAIN.match(text, right.end):
        right.end = again.end()
    if bound := _AFTERWARDS.match(text, right.end):
        right.bound = COMPARATORS_AFTER[_plain(bound.group()).strip()]
        right.end = bound.end()
    if washout := _WASHOUT_AFTER.match(text, right.end):
        right.washout, right.end = True, washout.end()
    elif stretch := _STRETCH.match(text, right.end):
        right.stretch, right.end = True, stretch.end()
    elif lasting := _DURATION.match(text, right.end):
        right.lasting, right.end = True, lasting.end()
    right.plain_end = right.end


def _alternatives(text: str, length: Length, right: Right) -> None:
    """Read "or 5 half-lives, whichever is longer"; a second length alone is no alternative."""
    at = right.end
    while len(right.others) < 3 and (joint := _OTHERWISE.match(text, at)) is not None:
        other = length_at(text, joint.end())
        if other is None:
            break
        right.others.append(other)
        at = other.end
        of_drug = _OF_DRUG.match(text, at) if other.is_half_lives else None
        at = of_drug.end() if of_drug else at
        again = _AGAIN.match(text, at)
        at = again.end() if again else at
    if not right.others and length.is_half_lives and (of_drug := _OF_DRUG.match(text, at)):
        at = of_drug.end()
    closing = _CLOSING.match(text, at) if "(" in text[right.plain_end : at] else None
    after = Right(closing.end() if closing else at, right.plain_end)
    _whichever(text, after)
    if right.others and (washout := _WASHOUT_AFTER.match(text, after.end)):
        right.washout, after.end = True, washout.end()
        _whichever(text, after)
    if after.which or length.is_half_lives or any(other.is_half_lives for other in right.others):
        right.end, right.which = after.end, after.which
    else:
        right.others = []


def _whichever(text: str, right: Right) -> None:
    if match := _WHICHEVER.match(text, right.end):
        right.which = "longer" if match["which"].lower() in _LONGER else "shorter"
        right.end = match.end()


def _direction(text: str, left: Left, right: Right) -> None:
    """Read "prior to randomization", "after the last dose", "postpartum", "ago"."""
    elapsed = _ELAPSED.match(text, right.end)
    at = elapsed.end() if elapsed else right.end
    if post := _POST.match(text, at):
        right.direction, right.word, right.end = "after", "post", post.end()
        right.anchor = _after_word(post["word"], post.end())
    elif left.bound and not left.manner and not left.turn and _is_of_a_thing(text, at):
        right.lasting = True
    elif not _towards_anchor(text, at, left, right, elapsed=elapsed is not None):
        _ago(text, at, right)


def _after_word(word: str, end: int) -> Anchored:
    """Return the anchor in "postpartum", "post-operative"."""
    anchor: Anchor = next((anchor for stem, anchor in POST.items() if stem in word.lower()), "event")
    return Anchored(anchor, word, word, end)


def _is_of_a_thing(text: str, at: int) -> bool:
    """Tell whether "of" names what lasts ("12 months of amenorrhea"), no event of the study ("≤ 28 days of entry")."""
    of = _OF_A_THING.match(text, at)
    return of is not None and read_anchor(text, at + len(" of"), "within", bare=False, known=True) is None


def _towards_anchor(text: str, at: int, left: Left, right: Right, *, elapsed: bool) -> bool:
    """Read a direction with its anchor, or one whose anchor stands later; False where there is none."""
    match = _DIRECTION.match(text, at)
    if match is None:
        return False
    name = next(name for name in ("both", "before", "after", "since", "either") if match[name])
    word = _plain(match[name])
    if _TO_EACH_OTHER.match(text, match.end()):
        right.apart = True
        return True
    relation = _RELATIONS[name]
    closed = left.manner != "inside" and not elapsed and not (word == "from" and left.bound)
    anchor = read_anchor(
        text, match.end(), relation, bare=False, known=name == "either" and (closed or left.turn == "past")
    )
    if anchor is not None:
        right.direction, right.word, right.anchor, right.end = name, word, anchor, anchor.end
        right.also_during = match["also"] is not None
        return True
    if name not in ("before", "after", "both") or match["also"] is not None or word in ("pre", "post", "prior the"):
        return False
    right.direction = "ago" if name == "before" and word in AGO else name
    right.word, right.end = word, match.end(name)
    return True


def _ago(text: str, at: int, right: Right) -> None:
    """Read "ago", "previously", and a comparator behind it ("6 months ago or less")."""
    if ago := _AGO.match(text, at):
        right.direction, right.word, right.end = "ago", _plain(ago.group()).strip(), ago.end()
        if bound := _AFTERWARDS.match(text, right.end):
            right.bound = COMPARATORS_AFTER[_plain(bound.group()).strip()]
            right.end = bound.end()


def thing_before(text: str, start: int) -> WindowOf:
    """Return what the words before a window say must lie in it: the last dose, the diagnosis, the onset."""
    low = max(0, start - _REACH)
    for clause in _NEW_CLAUSE.finditer(text, low, start):
        low = clause.end()
    for name, pattern in _OF:
        if pattern.search(text, low, start):
            return name
    return "occurrence"
