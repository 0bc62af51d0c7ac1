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
    SENTENCE_WORDS,
    SENTENCES,
)
from parser.outline.scopes import ids_in, is_everybody, is_numbered, read_scope, scope_type_of

_LONGEST = 150
_LONGEST_SCOPE = 8


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says of the lines after it.

    Attributes:
        kind: Inclusion, exclusion, other or unspecified; None where it only sets a scope.
        scope: To whom they are limited; None for everybody.
        inferred: Whether the kind is ours: the heading names none.
        sentence: Whether it is a whole sentence, which may as well be the head of a nested list.
        title: Whether its scope outlives the headings that follow.
    """

    kind: CriterionKind | None
    scope: Scope | None = None
    inferred: bool = False
    sentence: bool = False
    title: bool = False


_KIND_OF = {phrase: kind for kind, phrases in CORES.items() for phrase in phrases}
_CORE = re.compile("|".join(re.escape(phrase) for phrase in sorted(_KIND_OF, key=len, reverse=True)))
_LONE_KIND_OF = {phrase: kind for kind, phrases in LONE_CORES.items() for phrase in phrases}
_BOTH = re.compile("|".join(re.escape(phrase) for phrase in BOTH_CORES))
_SENTENCES = [
    (kind, re.compile(pattern.format(people=PEOPLE))) for kind, patterns in SENTENCES.items() for pattern in patterns
]
_CUE = re.compile(
    r"clusion|xclu|inclu|eligib|characteristics|therapy|criteri|critéri|kryteri|критери|معیار|标准|標準|基準|기준|"
    r"withdraw|discontinu|schluss|postpone"
)
#: Criteria that an amendment replaced, kept by some registers below the current ones.
_SUPERSEDED = re.compile(r"(?:previous|old|original|superseded|former)\s*$")
_NEUTRAL_FOR = re.compile(r"(?:eligibility|selection|entry|enrol?lment) criteria for (?P<scope>.{3,60})")
_INTRODUCTION = re.compile(r"^(?:for|in|at|of|to)\s+(?:the\s+)?")
_EDGES = " \t\u00a0:：*_#-–—=.·•"
_WORD = re.compile(r"[^\W_]+(?:[-/'’][^\W_]+)*")
_SEPARATORS = " \t:：,-–—/"


def normalised(line: str) -> str:
    """Lower-case a line, without its emphasis, colon and dashes, runs of blanks collapsed."""
    return " ".join(line.replace("**", " ").replace("__", " ").replace("’", "'").split()).strip(_EDGES).casefold()


def has_colon(line: str) -> bool:
    """Tell whether a line ends in a colon, emphasis and dashes apart."""
    return line.rstrip(" \t\u00a0*_-–—")[-1:] in (":", "：")


@lru_cache(maxsize=4096)
def read_heading(line: str, *, marked: bool = False) -> Heading | None:
    """Read a line, its marker left out, as a heading; None where it is a criterion or anything else.

    Args:
        line: The words of the line.
        marked: Whether it has a list marker, in which case only surer forms count.
    """
    if len(line) > 2 * _LONGEST:
        return None
    phrase = normalised(line)
    if not phrase or len(phrase) > _LONGEST:
        return None
    colon = has_colon(line)
    if _CUE.search(phrase) is not None:
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
    if phrase in NEUTRAL_CORES and (colon or not marked):
        return Heading("inclusion", inferred=True)
    if colon and (match := _NEUTRAL_FOR.fullmatch(phrase)) is not None and not _is_filler(match["scope"]):
        bare = match["scope"]
        return Heading(
            None, Scope(text=_as_written(bare, line), type=scope_type_of(bare), ids=ids_in(bare)), title=True
        )
    return _read_lone_with_scope(phrase, line, colon) or _read_sentence(phrase, colon)


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
    bare = words.strip("()[]. ")
    fillers = (word in FILLERS or word.replace("/", "").isdigit() for word in _WORD.findall(bare))
    return is_everybody(bare) or all(fillers)


def _names_part(words: str) -> bool:
    """Tell whether words that limit nobody by themselves name a part of the study: "for the main study"."""
    scope = read_scope(_INTRODUCTION.sub("", words), words)
    return scope is not None and scope.type == "part"


def _limiting(words: str, line: str, *, leading: bool, colon: bool) -> Scope | None:
    """Read the words beside a core as a scope: known words anywhere, any few words after "for" or in brackets."""
    found = _WORD.findall(words)
    if len(found) > _LONGEST_SCOPE or any(word in SENTENCE_WORDS for word in found):
        return None
    bare = _unbracketed(_INTRODUCTION.sub("", words))
    scope = read_scope(bare, _as_written(bare, line))
    if scope is not None:
        return scope
    introduced = re.match(r"(?:for|in|at)\s|[(\[]", words) is not None
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
    return sum(word[0].isupper() for word in words) * 2 > len(words)


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
            return Heading(kind, sentence=True)
    return None


def _read_scope_heading(phrase: str, line: str, colon: bool, marked: bool) -> Heading | None:
    """Read a line that is nothing but a scope: "Part A, B and C:", "For women:"."""
    if not colon and marked:
        return None
    if is_everybody(phrase) and colon:
        return Heading(None)
    scope = read_scope(phrase, " ".join(line.replace("**", " ").split()).strip(_EDGES))
    if scope is None or not (colon or (is_numbered(scope) and not marked)):
        return None
    return Heading(None, scope)
