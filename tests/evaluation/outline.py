"""Are criteria split right? `python -m tests.evaluation outline DIR`, on LCT's brat format or JSON Lines of {id, text}.

Where there is gold (LCT), an outline is wrong where it tears apart what annotators saw as one thing: `entities_cut` are
marked phrases that do not lie in one criterion, `relations_cut` join two phrases of one line that lie in different
criteria, and `entities_in_headings` are phrases that a heading took from the criteria. The other way round, what is not
split shows without gold: `runs_left` are criteria that still hold three or more ordinals in a row or a bullet, and
`headings_left` are criteria that say no more than that criteria follow. Both are read by pattern and so are bounds for
comparing versions, not errors counted. Every text's segments must tile its characters; where they do not is a problem.
"""

from __future__ import annotations

import json
import re
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from parser.models import Criterion
from parser.outline import Outline, outline
from tests.evaluation.brat import Document, read_folder

_ORDINAL = re.compile(r"(?:^|[\s.;,:])\(?(\d{1,2})[.)]\s?(?=[A-Z])")
_BULLET = re.compile(r"\s[•●▪\uf0b7]\s*\S")
_HEADING = re.compile(
    r"\W*(?:(?:key|main|major|general|additional|specific|other)\s)?(?:inclusion|exclusion)(?:\scriteria)?\s*[:.]?\W*",
    re.IGNORECASE,
)
_ROW_OF_ORDINALS = 3


def evaluate(folder: Path) -> dict[str, Any]:
    """Return counts over all texts below a folder."""
    counts: Counter[str] = Counter()
    problems: list[str] = []
    seconds = 0.0
    for document in _documents(folder):
        begun = time.process_time()
        found = outline(document.text)
        seconds += time.process_time() - begun
        criteria = [one for top in found.criteria for one in top.walk()]
        counts["texts"] += 1
        counts["criteria"] += len(criteria)
        counts["ambiguous"] += sum("nesting_ambiguous" in one.flags for one in criteria)
        counts["scoped"] += sum(one.scope is not None for one in criteria)
        counts["runs_left"] += sum(_is_run(one.text) for one in criteria)
        counts["headings_left"] += sum(_HEADING.fullmatch(one.text) is not None for one in criteria)
        counts.update(_torn(document, found, criteria))
        problems += [f"{document.id}: {problem}" for problem in untiled(document.text, found)]
    names = ["texts", "criteria", "ambiguous", "scoped", "runs_left", "headings_left"]
    if counts["entities"]:
        names += ["entities", "entities_cut", "entities_in_headings", "relations_on_a_line", "relations_cut"]
    return {
        "evaluation": "outline",
        **{name: counts[name] for name in names},
        "texts_a_cpu_second": round(counts["texts"] / seconds, 1) if seconds else 0.0,
        "problems": problems[:20],
    }


def _documents(folder: Path) -> Iterator[Document]:
    yield from read_folder(folder)
    for path in sorted(folder.rglob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            for row in map(json.loads, file):
                yield Document(row["id"], row["text"])


def _is_run(text: str) -> bool:
    """Tell whether ordinals 1, 2, 3 stand in a criterion, or a bullet."""
    numbers = [int(number) for number in _ORDINAL.findall(text)]
    rows = zip(numbers, numbers[1:], numbers[2:], strict=False)
    return any((b - a, c - b) == (1, 1) for a, b, c in rows) or _BULLET.search(text) is not None


def _torn(document: Document, found: Outline, criteria: list[Criterion]) -> Counter[str]:
    """Count what annotators saw as one thing and the outline tears apart."""
    counts: Counter[str] = Counter()
    starts = [one.span[0] for one in criteria]
    headings = [one.span for one in found.segments if one.kind == "heading"]

    def place(at: int) -> int:
        index = bisect_right(starts, at) - 1
        return index if index >= 0 and at < criteria[index].span[1] else -1

    for bound in document.bounds.values():
        counts["entities"] += 1
        if any(start <= bound.start < end for start, end in headings):
            counts["entities_in_headings"] += 1
        elif place(bound.start) != place(bound.end - 1):
            counts["entities_cut"] += 1
    for _, first, second in document.relations:
        one, two = document.trigger_of(first), document.trigger_of(second)
        if one is None or two is None:
            continue
        low, high = sorted((one.start, two.start))
        if "\n" not in document.text[low:high]:
            counts["relations_on_a_line"] += 1
            counts["relations_cut"] += place(low) != place(high)
    return counts


def untiled(text: str, found: Outline) -> Iterator[str]:
    """Yield what is in no segment or in two of them."""
    at = 0
    for segment in sorted(found.segments, key=lambda one: one.span):
        start, end = segment.span
        if start < at:
            yield f"overlap at {start}"
        elif text[at:start].strip():
            yield f"nothing covers {text[at:start].strip()[:40]!r}"
        at = max(at, end)
    if text[at:].strip():
        yield f"nothing covers {text[at:].strip()[:40]!r}"
