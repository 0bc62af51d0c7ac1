"""Is a listing page about one trial? Pages that show several, and pages of search results, are told from the rest.

Several trials show in one of three ways: criteria more than once, each time below another number of the same
register; headings of one level, each with criteria of its own below; or lines that are nothing but a number with its
title. Numbers in prose, below labels for other numbers and below the website's own headings (`Related trials`) are not
counted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from parser.errors import MultipleRecordsError, NotATrialError
from parser.normalize.identifiers import find_identifiers
from parser.reading.page import Block, Page
from parser.registries.page.labels import LabelMatch

#: Labels whose lines may hold numbers of other trials, or more numbers of the same one.
_OTHER_NUMBERS = frozenset({"identifiers", "results", "ipd", "more", "detailed", "summary"})
_CRITERIA = frozenset({"criteria", "inclusion", "exclusion"})
#: Labels that criteria begin with.
_BEGINNINGS = frozenset({"criteria", "inclusion"})

# A line with a trial's number and title is no longer than this; a longer one is prose.
_LONGEST_LINE = 250
# So many titles with numbers make a list; two may be a trial and its extension.
_LEAST_LISTED = 3
_TITLE_WORDS = 4
# Words that may stand before a number alone in its line (`Trial ID:`).
_LABEL_WORDS = 2
# Words of headings that part the criteria of one trial.
_SCOPE = re.compile(
    r"\b(?:cohorts?|parts?|arms?|groups?|phases?|stages?|visits?|sub-?stud(?:y|ies)|panels?|periods?)\b", re.I
)
#: What a page of search results says of itself.
_RESULTS = re.compile(
    r"\b(?:search results|results for|no results|\d[\d,.]*\s+(?:results|studies|trials|records)\s*(?:found|matching)?|"
    r"showing\s+\d+|displaying\s+\d+|page\s+\d+\s+of\s+\d+|sort(?:ed)? by|filter (?:results|by)|"
    r"refine (?:your )?search|new search|modify search)\b",
    re.IGNORECASE,
)
_LEAST_RESULT_WORDS = 2


def check_one_trial(page: Page, matches: Sequence[LabelMatch | None]) -> None:
    """Raise where a page is not about one trial.

    Args:
        page: The page.
        matches: The label found in each block.

    Raises:
        MultipleRecordsError: It shows several trials.
        NotATrialError: It lists search results.
    """
    listed = _listed(page, matches)
    titles = _titles(page, listed)
    if titles > 1 and not _has_halves(matches) and _says_results(page):
        raise NotATrialError(
            f"Expected the page of one trial; found a list of search results with {titles} of them. Pass the page "
            "that a result leads to."
        )
    several = max(_owners(matches, listed), _headed(page, matches))
    if several > 1:
        raise MultipleRecordsError(
            f"Expected the page of one trial; found {several} with criteria of their own. Pass the page of each."
        )
    if titles >= _LEAST_LISTED and not _has_halves(matches):
        raise MultipleRecordsError(
            f"Expected the page of one trial; found a list of {titles} with their numbers. Pass the page of each."
        )


def lists_trials(page: Page, matches: Sequence[LabelMatch | None]) -> bool:
    """Tell whether a page lists trials, or search results, with their numbers."""
    return _titles(page, _listed(page, matches)) > 1


def _listed(page: Page, matches: Sequence[LabelMatch | None]) -> list[tuple[int, str, str]]:
    """Return the numbers that stand in short lines of the page's own, by block: scheme and value."""
    found: list[tuple[int, str, str]] = []
    above: str | None = None
    for index, (block, match) in enumerate(zip(page.blocks, matches, strict=True)):
        if match is not None:
            above = "website" if match.label.website else match.label.name if match.value is None else None
        elif block.kind == "heading":
            above = None
        if above == "website" or (match is None and above in _OTHER_NUMBERS) or block.end - block.start > _LONGEST_LINE:
            continue
        numbers = [one for one in find_identifiers(page.text, block.start, block.end) if not one.placeholder]
        # A criterion may name another trial; a line that is nothing but a number is none.
        if above in _CRITERIA and len(page.line(block).split()) > len(numbers) + _LABEL_WORDS:
            continue
        found += [(index, one.scheme, one.value) for one in numbers]
    return found


def _owners(matches: Sequence[LabelMatch | None], listed: Sequence[tuple[int, str, str]]) -> int:
    """Count the numbers of one register that have criteria below them, before the next number of the register."""
    begins = [index for index, match in enumerate(matches) if match and match.label.name in _BEGINNINGS]
    by_scheme: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for index, scheme, value in listed:
        by_scheme[scheme].append((index, value))
    most = 0
    for places in by_scheme.values():
        owners: set[str] = set()
        for begin in begins:
            above = [value for index, value in places if index <= begin]
            owners.update(above[-1:])
        most = max(most, len(owners))
    return most


def _headed(page: Page, matches: Sequence[LabelMatch | None]) -> int:
    """Count the headings of one level that have both halves of criteria below them, each before the next."""
    most = 0
    for level in range(1, 5):
        free = [match is None for match in matches]
        headings = [i for i, block in enumerate(page.blocks) if free[i] and _may_head_a_trial(page, block, level)]
        whole = {
            page.words(page.blocks[first]).casefold()
            for first, last in pairwise([*headings, len(page.blocks)])
            if {"inclusion", "exclusion"} <= _names(matches[first:last])
        }
        most = max(most, len(whole))
    return most


def _may_head_a_trial(page: Page, block: Block, level: int) -> bool:
    words = page.words(block)
    titled = block.kind == "heading" and block.level == level and len(words.split()) >= _TITLE_WORDS
    return titled and not _SCOPE.search(words)


def _names(matches: Sequence[LabelMatch | None]) -> set[str]:
    """Return the labels of a stretch; `Who can take part` is inclusion where `Who cannot take part` follows."""
    names = {match.label.name for match in matches if match}
    return names | {"inclusion"} if "criteria" in names else names


def _titles(page: Page, listed: Sequence[tuple[int, str, str]]) -> int:
    """Count the numbers that stand beside a title: in the same line, or in the line above or below."""
    by_block: dict[int, set[str]] = defaultdict(set)
    for index, _, value in listed:
        by_block[index].add(value)
    titled: set[str] = set()
    for index, values in by_block.items():
        if len(values) == 1 and any(_has_title(page, near) for near in (index - 1, index, index + 1)):
            titled |= values
    return len(titled)


def _has_title(page: Page, index: int) -> bool:
    if not 0 <= index < len(page.blocks):
        return False
    block = page.blocks[index]
    if block.end - block.start > _LONGEST_LINE:
        return False
    words = [word for word in re.findall(r"[^\W\d_]{2,}", page.line(block)) if not word.isupper()]
    return len(words) >= _TITLE_WORDS


def _says_results(page: Page) -> bool:
    found = {" ".join(match[0].casefold().split()) for match in _RESULTS.finditer(page.text)}
    titles = " ".join(page.metadata.get(name, "") for name in ("title", "og:title"))
    return len(found) >= _LEAST_RESULT_WORDS or (bool(found) and _RESULTS.search(titles) is not None)


def _has_halves(matches: Sequence[LabelMatch | None]) -> bool:
    return {"inclusion", "exclusion"} <= {match.label.name for match in matches if match}
