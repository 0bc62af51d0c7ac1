"""The `trial_grades` component."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from parser.models.values import Range
from parser.nlp.annotations import GRADES, Grade, set_group, words_of
from parser.nlp.components.grades.patterns import (
    DENIED,
    EXCLUSIVE,
    GRADED,
    KINDS,
    LETTERED,
    LETTERS,
    LOW,
    NUMERALS,
    RANGE,
    ROMAN,
    SCALED,
    SCALES,
    STEMS,
    VALUE,
)


class Grades:
    """Mark stages, grades and classes with the values that they may have.

    Writes `doc.spans["trial_grades"]`: spans labelled `grade`, `kb_id_` the word (`stage`, `grade`, `class`), `_.trial`
    a `Grade`. Grades and classes are numbers, with a range where they follow each other; stages keep their writing.

    Example:
        >>> doc = load()("NYHA class III-IV")
        >>> doc.spans["trial_grades"][0]._.trial.range.low
        3
    """

    def __call__(self, doc: Doc) -> Doc:
        """Write the group of grades."""
        text = words_of(doc).text
        lowered = text.lower()
        named = GRADED.finditer(text) if any(stem in lowered for stem in STEMS) else ()
        found = [_span(doc, KINDS[match["word"].lower()], match, match.span()) for match in named]
        if any(scale in lowered for scale in SCALES):
            found.extend(_of_scales(doc, text))
        set_group(doc, GRADES, [span for span in found if span is not None])
        return doc


def _of_scales(doc: Doc, text: str) -> Iterator[Span | None]:
    """Yield the values right after the name of their scale."""
    for match in SCALED.finditer(text):
        scale = match["scale"].lower()
        are_letters = all(value in LETTERS for value in VALUE.findall(match["values"]))
        if are_letters == (scale in LETTERED):
            yield _span(doc, SCALES[scale], match, match.span("graded"))


def _span(doc: Doc, kind: str, match: re.Match[str], place: tuple[int, int]) -> Span | None:
    span = doc.char_span(*place, label="grade", kb_id=kind)
    if span is None:
        return None
    span._.trial = _grade(kind, match)
    return span


def _grade(kind: str, match: re.Match[str]) -> Grade:
    written = VALUE.findall(match["values"])
    comparator = match["before"] or match["inner"] or match["after"]
    numbers = [_number(value) for value in written]
    if any(value in LETTERS for value in written):
        return Grade(kind, tuple(_letters(written, comparator)), None)
    if comparator is not None and len(written) == 1:
        return Grade(kind, (), _bounded(comparator, numbers[0], is_after=match["after"] is not None))
    ranged = len(written) == 2 and RANGE.fullmatch(_between(match["values"])) is not None
    if kind == "stage":
        return Grade(kind, tuple(_stages(written) if ranged else written), None)
    consecutive = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if (ranged and numbers[0] < numbers[1]) or consecutive:
        return Grade(kind, (), _score(low=numbers[0], high=numbers[-1]))
    return Grade(kind, tuple(map(str, numbers)), None)


def _letters(written: list[str], comparator: str | None) -> list[str]:
    """Return the letters that a bound on one of them allows ("class B or higher" is B, C)."""
    if comparator is None or len(written) != 1:
        return written
    at = LETTERS.index(written[0])
    inclusive = EXCLUSIVE.match(" ".join(comparator.split())) is None
    if _is_low(comparator):
        return list(LETTERS[at if inclusive else at + 1 :])
    return list(LETTERS[: at + 1 if inclusive else at])


def _number(value: str) -> int:
    """Return the number of a value, its sub-stage aside."""
    bare = value.lower().rstrip("123") if not value[0].isdigit() else value.lower()
    bare = bare.rstrip("abc")
    return int(bare) if bare.isdigit() else ROMAN.get(bare, 0)


def _bounded(comparator: str, number: int, *, is_after: bool) -> Range:
    inclusive = is_after or EXCLUSIVE.match(" ".join(comparator.split())) is None
    side = "low" if _is_low(comparator) else "high"
    return _score(**{side: number, f"{side}_inclusive": inclusive})


def _is_low(comparator: str) -> bool:
    return (LOW.search(comparator) is not None) != (DENIED.match(comparator) is not None)


def _score(**bounds: int | bool) -> Range:
    return Range.model_validate({**bounds, "ucum": "{score}"})


def _between(values: str) -> str:
    first, *_, last = VALUE.finditer(values)
    return values[first.end() : last.start()]


def _stages(written: list[str]) -> list[str]:
    """Return the stages from the first to the last, those between them whole ("IB-IIIA" is IB, II, IIIA)."""
    first, last = written
    between = range(_number(first) + 1, _number(last))
    inner = [str(number) if first[0].isdigit() else NUMERALS[number] for number in between]
    return [first, *inner, last]
