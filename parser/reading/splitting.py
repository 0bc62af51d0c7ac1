"""Text with many records, cut into one text a record, in memory bounded by the largest record.

Records are found by their outermost marks alone (an element's tags, a value's brackets, a line's end), so that a
record which is broken inside is one bad record, and the next one is found where the format allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from parser.errors import InputError, LimitExceededError

#: The root of an XML file of many records to the elements that are one record each; such elements never nest.
XML_CONTAINERS: Final[dict[str, tuple[str, ...]]] = {
    # WHO ICTRP's portal, and the interchange format of its registers (ChiCTR writes `Triall`).
    "Trials_downloaded_from_ICTRP": ("Trial",),
    "trials": ("trial", "Triall", "Trial"),
    "Trials": ("Trial", "trial", "Triall"),
    # ISRCTN's API: a `fullTrial` holds a `trial`, its contacts, sites and funders.
    "allTrials": ("fullTrial",),
    # ClinicalTrials.gov's legacy records, as people put them together.
    "clinical_studies": ("clinical_study",),
    "clinical_trials": ("clinical_study", "clinical_trial"),
    "studies": ("clinical_study", "study"),
    "search_results": ("clinical_study", "study"),
}

#: Keys that lead to the list of records in a JSON object, whatever stands beside it.
JSON_LISTS: Final[frozenset[tuple[str, ...]]] = frozenset(
    {
        (),
        ("studies",),
        ("trials",),
        ("records",),
        ("FullStudiesResponse", "FullStudies"),
        ("StudyFieldsResponse", "StudyFields"),
        ("Trials_downloaded_from_ICTRP", "Trial"),
        ("trials", "trial"),
        ("trials", "Triall"),
        ("allTrials", "fullTrial"),
        ("clinical_studies", "clinical_study"),
        ("response", "docs"),
    }
)
#: Keys that a record may have as well: they lead to records only where nothing but paging stands before them.
JSON_PAGES: Final[frozenset[tuple[str, ...]]] = frozenset({("data",), ("results",), ("items",), ("hits", "hits")})
_PAGING: Final = frozenset({"hits", "links", "meta", "metadata", "page", "pagination", "paging"})

# A list of records begins near the top of its file, or the file is no list.
_LIST_WITHIN: Final = 65_536
_LONGEST_TAG: Final = 64

# A string that the text ends in has no closing quote in the second group.
_JSON_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*("|\\?\Z)|[{}\[\],]', re.DOTALL)
# Cheap tests, which most documents that are one record fail: a list of objects under one of the keys above, and an
# object right after another, without a comma.
_LISTED: Final = re.compile(
    "|".join(sorted({rf'"{keys[-1]}"\s*:\s*\[\s*\{{' for keys in JSON_LISTS | JSON_PAGES if keys}, reverse=True))
)
_FOLLOWED: Final = re.compile(r"\}[\s\x1e]*\{")


class _Window:
    """The part of a text in chunks that is still needed."""

    def __init__(self, chunks: Iterable[str]) -> None:
        self._chunks = iter(chunks)
        self.text = ""

    def more(self) -> bool:
        """Add the next chunk; False where there is none."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self.text += chunk
        return True

    def drop(self, end: int) -> None:
        self.text = self.text[end:]


def xml_records(chunks: Iterable[str], tags: tuple[str, ...], limit: int) -> Iterator[str | InputError]:
    """Yield the text of every element of the given names; what is in comments and CDATA is no element.

    A record that is not closed before the next one begins, or before the text ends, comes as far as it goes.

    Args:
        chunks: The file's text.
        tags: Names of the elements that are a record each.
        limit: Most characters of a record; a longer one comes as an error.
    """
    mark = re.compile(rf"<!--|<!\[CDATA\[|<(/?)(?:{'|'.join(map(re.escape, tags))})(?=[\s/>])")
    window = _Window(chunks)
    at, start = 0, -1
    while True:
        match = mark.search(window.text, at)
        end = _mark_end(window.text, match) if match else -1
        if match is None or end < 0:
            # Look again from the mark that is cut, or from where one may begin.
            at = match.start() if match else max(at, len(window.text) - _LONGEST_TAG)
            if start >= 0 and len(window.text) - start > limit:
                yield _too_long(limit)
                start = -1
            kept = start if start >= 0 else at
            window.drop(kept)
            at, start = at - kept, min(start, 0)
            if not window.more():
                break
        elif match[1] is None:
            at = end
        else:
            closed = match[1] == "/"
            if start >= 0:
                yield window.text[start : end if closed else match.start()]
            at, start = end, -1 if closed or window.text[end - 2] == "/" else match.start()
    if start >= 0:
        yield window.text[start:]


def _mark_end(text: str, match: re.Match[str]) -> int:
    """Return where a comment, a CDATA section or a tag ends; -1 where the text does before."""
    closing = {"<!--": "-->", "<![CDATA[": "]]>"}.get(match[0], ">")
    end = text.find(closing, match.end())
    return end if end < 0 else end + len(closing)


def json_list_start(text: str) -> int | None:
    """Return where the first of a JSON list of records begins, after the bracket; None where there is no such list.

    Args:
        text: The file's first characters.
    """
    if not (text[:1] == "[" or _LISTED.search(text, 0, _LIST_WITHIN)):
        return None
    path: list[str] = []
    only_paging = True
    last = ""
    for token in _JSON_TOKEN.finditer(text, 0, _LIST_WITHIN):
        mark = token[0]
        if mark in "{[":
            path.append(last)
            # The first name is the root's, which has none; a list's own values have none either.
            keys = [name for name in path[1:] if name]
            if mark == "[" and _is_list(tuple(keys), only_paging) and _begins(text, token.end(), "{"):
                return token.end()
            only_paging &= len(path) == 1 or path[1] in _PAGING
            last = ""
        elif mark in "}]":
            del path[-1:]
            last = ""
        elif mark != ",":
            last = mark[1:-1]
    return None


def _is_list(keys: tuple[str, ...], only_paging: bool) -> bool:
    return keys in JSON_LISTS or (only_paging and keys in JSON_PAGES)


def is_json_record(value: Any) -> bool:
    """Tell whether a JSON value is certainly one record: an object without a list in a place where records may be."""
    return isinstance(value, dict) and not any(_leads_to_list(value, keys) for keys in JSON_LISTS | JSON_PAGES)


def _leads_to_list(value: Any, keys: tuple[str, ...]) -> bool:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, list):
            return True
    return False


def _begins(text: str, at: int, with_mark: str) -> bool:
    following = re.compile(r"\S").search(text, at)
    return following is not None and following[0] == with_mark


def json_value_end(text: str) -> int | None:
    """Return where the first object or list of a text ends; None where the text ends before."""
    depth = 0
    for token in _JSON_TOKEN.finditer(text):
        if token[0] in "{[":
            depth += 1
        elif token[0] in "}]":
            depth -= 1
            if depth <= 0:
                return token.end()
        elif token[0] != "," and token[1] != '"':
            return None
    return None


def json_follows(text: str) -> bool:
    """Tell cheaply whether an object may follow another without being in a list; a string may hold the same."""
    return _FOLLOWED.search(text) is not None


def is_json_lines(text: str) -> bool:
    """Tell whether each of a text's first two lines is an object; what is inside them is not looked at."""
    first, _, rest = text.lstrip().partition("\n")
    return first.startswith("{") and first.rstrip().endswith("}") and rest.lstrip()[:1] == "{"


def json_values(chunks: Iterable[str], limit: int, start: int = 0) -> Iterator[str | InputError]:
    """Yield the text of every object of a list, or of objects after each other.

    Args:
        chunks: The file's text.
        limit: Most characters of a record; a longer one comes as an error and ends the stream.
        start: Where the first record begins, or blanks before it.
    """
    window = _Window(chunks)
    at, begun, depth = start, -1, 0
    while True:
        for token in _JSON_TOKEN.finditer(window.text, at):
            mark = token[0]
            if mark in "{[":
                begun = token.start() if depth == 0 else begun
                depth += 1
            elif mark in "}]":
                depth -= 1
                if depth < 0:
                    return
                if depth == 0:
                    yield window.text[begun : token.end()]
                    begun = -1
            elif mark != "," and token[1] != '"':
                at = token.start()
                break
            at = token.end()
        kept = begun if begun >= 0 else min(at, len(window.text))
        window.drop(kept)
        at, begun = max(at - kept, 0), 0 if begun >= 0 else -1
        if len(window.text) > limit:
            yield _too_long(limit)
            return
        if not window.more():
            break
    if begun >= 0:
        yield window.text[begun:]


def lines(chunks: Iterable[str], limit: int) -> Iterator[str | InputError]:
    """Yield the lines of a text with their ends; one longer than the limit comes as an error."""
    window = _Window(chunks)
    at = 0
    dropped = False
    while True:
        begun = 0
        while (end := window.text.find("\n", at)) >= 0:
            if not dropped:
                yield window.text[begun : end + 1]
            begun = at = end + 1
            dropped = False
        window.drop(begun)
        at = len(window.text)
        if at > limit:
            if not dropped:
                yield _too_long(limit)
            dropped = True
            window.drop(at)
            at = 0
        if not window.more():
            break
    if window.text and not dropped:
        yield window.text


def json_lines(chunks: Iterable[str], limit: int) -> Iterator[str | InputError]:
    """Yield the lines that are not blank, one record each."""
    for line in lines(chunks, limit):
        if isinstance(line, InputError) or line.strip():
            yield line


def _too_long(limit: int) -> LimitExceededError:
    return LimitExceededError(f"Expected a record of at most {limit} characters; found more. Raise `Limits.bytes`.")
