"""Headings: lines that say inclusion or exclusion, or whom what follows is about, and are no criteria themselves.

A line is a heading only if it is nothing but heading words, a scope and a colon: "Meets inclusion criteria" and
"Exclusion of differential diagnoses" are criteria.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from parser.models.eligibility import CriterionKind, Scope
from parser.outline.heading_words import (
    BOTH_CORES,
    CORES,
    FILLERS,
    LONE_CORES,
    NEUTRAL_CORES,
    PDQ_SECTIONS,
    PEOPLE,
    SAID_OF_CRITERIA,
    SENTENCE_WORDS,
    SENTENCES,
)
from parser.outline.scopes import (
    ids_in,
    is_everybody,
    is_numbered,
    may_be_numbered,
    read_cohort_in_brackets,
    read_population,
    read_scope,
    scope_type_of,
)

_LONGEST = 150
_LONGEST_SCOPE = 8
_LONGEST_INTRODUCED_SCOPE = 16


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says of the lines after it.

    Attributes:
        kind: Inclusion, exclusion, other or unspecified; None where it only sets a scope.
        scope: To whom they are limited; None for everybody.
        inferred: Whether the kind is ours: the heading names none.
        sentence: Whether it is a whole sentence, which may as well be the head of a nested list.
        criterion: Whether the sentence says something of its own, and so is a criterion as well.
        title: Whether its scope outlives the headings that follow.
    """

    kind: CriterionKind | None
    scope: Scope | None = None
    inferred: bool = False
    sentence: bool = False
    criterion: bool = False
    title: bool = False


_KIND_OF = {phrase.casefold(): kind for kind, phrases in CORES.items() for phrase in phrases}
_CORE = re.compile("|".join(re.escape(phrase) for phrase in sorted(_KIND_OF, key=len, reverse=True)))
_LONE_KIND_OF = {phrase.casefold(): kind for kind, phrases in LONE_CORES.items() for phrase in phrases}
_BOTH = re.compile("|".join(re.escape(phrase) for phrase in BOTH_CORES))
_SENTENCES = [
    (kind, re.compile(pattern.format(people=PEOPLE))) for kind, patterns in SENTENCES.items() for pattern in patterns
]
#: Of the phrases that name a kind, what those in letters beyond ASCII hold.
_CUES_BEYOND_ASCII = ("critéri", "критери", "κριτ", "معیار", "标准", "標準", "基準", "기준")
#: Criteria that an amendment replaced, kept by some registers below the current ones.
_SUPERSEDED = re.compile(r"(?:previous|old|original|superseded|former)\s*$")
_NEUTRAL_FOR = re.compile(r"(?:eligibility|selection|entry|enrol?lment) criteria for (?P<scope>.{3,60})")
#: "Inclusion criteria specific for parts:", the parts to follow.
_UNNAMED_PARTS = re.compile(r"\b(?:arms|cohorts|groups|parts|phases)(?: of the (?:study|trial))?$")
_INTRODUCTION = re.compile(r"^(?:for|in|at|of|to)\s+(?:the\s+)?")
_GOES_ON = re.compile(
    r"\b(?:to|of|with|against|have|has|had|for|on|using|receiving|taking)"
    r"(?: any| one| one or more)?(?: of)?(?: the following)?$"
)
_VISIT = re.compile(
    r"\bat (?:the )?(?P<visit>(?:(?:screening|baseline|randomi[sz]ation|enrol?lment|entry)(?: visit)?|visit \d{1,2})"
    r"(?: \(visit \d{1,2}\))?)$"
)
#: "Exclusion criteria for controls are:"
_VERB = re.compile(r"\s(?:are|is|were|will be|includes?|included|include the following)$")
_INTRODUCED = re.compile(r"(?:for|in|at)\s|[(\[]")
_EDGES = " \t\u00a0:：*_#-–—=.·•"
_AFTER_COLON = " \t\u00a0*_-–—"
_WORD = re.compile(r"[^\W_]+(?:[-/'’][^\W_]+)*")
_SEPARATORS = " \t:：,-–—/"


def normalised(line: str) -> str:
    """Lower-case a line, without its emphasis, colon and dashes, runs of blanks collapsed."""
    return " ".join(line.replace("**", " ").replace("_", " ").replace("’", "'").split()).strip(_EDGES).casefold()


def has_colon(line: str) -> bool:
    """Tell whether a line ends in a colon, emphasis and dashes apart."""
    last = line[-1:]
    if last in _AFTER_COLON:
        last = line.rstrip(_AFTER_COLON)[-1:]
    return last == ":" or last == "："


def names_kind(line: str) -> bool:
    """Tell at a glance whether a line may name a kind of criteria: every phrase that does holds one of these."""
    lower = line.lower()
    return (
        "clu" in lower
        or "riteri" in lower
        or "krit" in lower
        or "kryteri" in lower
        or "eligib" in lower
        or "characteristics" in lower
        or "concurrent therapy" in lower
        or "schluss" in lower
        or (not lower.isascii() and any(cue in lower for cue in _CUES_BEYOND_ASCII))
    )


def read_heading(line: str, *, marked: bool = False, named: bool | None = None) -> Heading | None:
    """Read a line, its marker left out, as a heading; None where it is a criterion or anything else.

    Args:
        line: The words of the line.
        marked: Whether it has a list marker, in which case only surer forms count.
        named: What `names_kind` says of it, where the caller knows.
    """
    if len(line) > 2 * _LONGEST:
        return None
    candidate = (names_kind(line) if named is None else named) or has_colon(line)
    return _read(line, marked) if candidate or (not marked and may_be_numbered(line)) else None


@lru_cache(maxsize=4096)
def _read(line: str, marked: bool) -> Heading | None:
    phrase = normalised(line)
    if not phrase or len(phrase) > _LONGEST:
        return None
    colon = has_colon(line)
    if names_kind(phrase) or (colon and ("withdraw" in phrase or "discontinu" in phrase)):
        found = _read_kind(phrase, line, colon, marked)
        if found is not None:
            return found
    return _read_scope_heading(phrase, line, colon, marked)


def _read_kind(phrase: str, line: str, colon: bool, marked: bool) -> Heading | None:
    if phrase in PDQ_SECTIONS:
        return Heading("inclusion", inferred=True)
    if (kind := _LONE_KIND_OF.get(phrase)) is not None and (colon or not marked):
        return Heading(kind)
    if (both := _BOTH.search(phrase)) is not None:
        fits = _surroundings(phrase, both.start(), both.end(), line, colon)
        return Heading("unspecified") if fits is not None else None
    if (core := _CORE.search(phrase)) is not None:
        if _SUPERSEDED.search(phrase[: core.start()]) is not None:
            return Heading("other")
        fits = _surroundings(phrase, core.start(), core.end(), line, colon)
        if fits is not None:
            return Heading(_KIND_OF[core[0]], fits[0])
    if phrase in NEUTRAL_CORES and (colon or not marked or " for " in phrase):
        return Heading("inclusion", inferred=True)
    if colon and (match := _NEUTRAL_FOR.fullmatch(phrase)) is not None and not _is_filler(match["scope"]):
        bare = match["scope"]
        return Heading(
            None, Scope(text=_as_written(bare, line), type=scope_type_of(bare), ids=ids_in(bare)), title=True
        )
    return _read_lone_with_scope(phrase, line, colon) or _read_sentence(phrase, colon or _introduces(phrase, line))


def _surroundings(phrase: str, start: int, end: int, line: str, colon: bool) -> tuple[Scope | None] | None:
    """Return the scope that stands around a core, in a tuple; None where the words around make it no heading."""
    before = phrase[:start].strip(_SEPARATORS)
    after = phrase[end:].strip(_SEPARATORS)
    scopes = []
    for words, leading in ((before, True), (after, False)):
        if _is_filler(words) and not _names_part(words):
            continue
        scope = _limiting(words, line, leading=leading, colon=colon)
        if scope is None and not (colon and words[:1] + words[-1:] == "()"):
            return None
        # What else stands in brackets is a remark: "Inclusion criteria (patients must meet each of these):"
        scopes.extend([] if scope is None else [scope])
    return (scopes[0] if scopes else None,)


def _is_filler(words: str) -> bool:
    bare = _UNNAMED_PARTS.sub("", words.strip("()[]. "))
    fillers = (word in FILLERS or word.replace("/", "").isdigit() for word in _WORD.findall(bare))
    return is_everybody(bare) or all(fillers)


def _names_part(words: str) -> bool:
    """Tell whether words that limit nobody by themselves name a part of the study: "for the main study"."""
    scope = read_scope(_INTRODUCTION.sub("", words), words)
    return scope is not None and scope.type == "part"


def _limiting(words: str, line: str, *, leading: bool, colon: bool) -> Scope | None:
    """Read the words beside a core as a scope: known words anywhere, any few words after "for" or in brackets."""
    words = _VERB.sub("", words)
    found = _WORD.findall(words)
    introduced = _INTRODUCED.match(words) is not None
    longest = _LONGEST_INTRODUCED_SCOPE if introduced and colon else _LONGEST_SCOPE
    if len(found) > longest or any(word in SENTENCE_WORDS for word in found):
        return None
    bare = _unbracketed(_INTRODUCTION.sub("", words))
    scope = read_scope(bare, _as_written(bare, line))
    if scope is not None:
        return scope
    if leading and not ((colon or _is_titled(line)) and _may_be_named(words, line)):
        return None
    if not leading and not introduced:
        return None
    return Scope(text=_as_written(bare, line), type=scope_type_of(bare), ids=ids_in(bare))


def _may_be_named(words: str, line: str) -> bool:
    """Tell whether unknown words before a core may be a name, not the end of a criterion that the heading follows."""
    return not line.lstrip("*_ ")[:1].islower() and re.search(r"[.,;!?()。；]", words) is None


def _unbracketed(words: str) -> str:
    return words[1:-1].strip() if words[:1] + words[-1:] in ("()", "[]") else words


def _is_titled(line: str) -> bool:
    words: list[str] = _WORD.findall(line)
    return sum(word[0].isupper() or word[0].isdigit() for word in words) * 2 >= len(words)


def _as_written(phrase: str, line: str) -> str:
    """Find a normalised phrase in the line it came from."""
    flat = " ".join(line.replace("**", " ").split())
    at = flat.casefold().find(phrase)
    return flat[at : at + len(phrase)] if at >= 0 and len(flat.casefold()) == len(flat) else phrase


def _read_lone_with_scope(phrase: str, line: str, colon: bool) -> Heading | None:
    """Read "Inclusion (Part A)", "Exclusion for controls:", "Donor exclusion:"."""
    if not colon:
        return None
    for word in ("inclusion", "exclusion", "exclusions", "inclusions"):
        for pattern in (rf"{word} (?P<scope>\(.+\)|for .+)", rf"(?P<scope>.+) {word}"):
            match = re.fullmatch(pattern, phrase)
            if match is None:
                continue
            if _is_filler(match["scope"]):
                return Heading(_LONE_KIND_OF[word])
            bare = _unbracketed(_INTRODUCTION.sub("", match["scope"]))
            scope = read_scope(bare, _as_written(bare, line))
            if scope is not None:
                return Heading(_LONE_KIND_OF[word], scope)
    return None


def _read_sentence(phrase: str, colon: bool) -> Heading | None:
    if not colon:
        return None
    for kind, pattern in _SENTENCES:
        if pattern.fullmatch(phrase) is not None:
            return Heading(kind, _visit(phrase), sentence=True, criterion=_says_more(phrase))
    return None


def _introduces(phrase: str, line: str) -> bool:
    """Tell whether a sentence that ends in a point says that criteria follow."""
    return line.rstrip().endswith(".") and "following" in phrase and ("criteria" in phrase or "conditions" in phrase)


def _says_more(phrase: str) -> bool:
    """Tell whether a sentence about criteria goes on in its list: "excluded if they are allergic to the following"."""
    if _GOES_ON.search(phrase) is None:
        return False
    words = _WORD.findall(phrase)
    return not all(word in SAID_OF_CRITERIA or word in FILLERS or word in SENTENCE_WORDS for word in words)


def _visit(phrase: str) -> Scope | None:
    """Read the visit at which criteria are checked: "should be met at the baseline visit"."""
    match = _VISIT.search(phrase)
    return None if match is None else Scope(text=match["visit"], type="period", ids=ids_in(match["visit"]))


def _read_scope_heading(phrase: str, line: str, colon: bool, marked: bool) -> Heading | None:
    """Read a line that is nothing but a scope: "Part A, B and C:", "For women:"."""
    if not colon and marked:
        return None
    if is_everybody(phrase) and colon:
        return Heading(None)
    words = " ".join(line.replace("**", " ").split()).strip(_EDGES)
    scope = read_scope(phrase, words) or read_cohort_in_brackets(phrase, words)
    if scope is not None and (colon or (is_numbered(scope) and not marked)):
        return Heading(None, scope)
    if colon and (scope := read_population(phrase, words)) is not None:
        return Heading(None, scope)
    return None
