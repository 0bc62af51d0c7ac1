"""Criteria without annotation, from registry records, each once.

Left out are trials whose criteria serve to evaluate (by identifier, in the record or anywhere in its text) and
criteria equal to one of theirs.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from parser.nlp.training.corpus import is_held_out, line_spans, trials_in
from parser.outline import outline
from parser.text import TracedText, mended

_TRIAL = re.compile(r"NCT\d{8}")
#: Shorter texts name nothing, longer ones are whole protocols in a line.
_SHORTEST, _LONGEST = 8, 600
#: Share of letters that must be ASCII for a text to count as English.
_ASCII = 0.9


def read_criteria(data: Path) -> list[str]:
    """Return the criteria of all records below a data folder, in the order of the files, each once.

    Args:
        data: A folder with `eligibility_text/*.jsonl` (rows of `id`, `text`), `registries/ictrp_export/*.jsonl` (rows
            of the WHO portal) and the corpora to leave out, `chia/dev`, `chia/train`, `lct/dev`.
    """
    left_out = _trials_left_out(data)
    known = set(_evaluation_lines(data))
    criteria: dict[str, None] = {}
    for id, text in _texts(data):
        if left_out.isdisjoint(_TRIAL.findall(f"{id} {text}")):
            criteria.update(dict.fromkeys(line for line in _criteria_of(text) if key(line) not in known))
    return list(criteria)


def _trials_left_out(data: Path) -> set[str]:
    held_out = {trial for trial in trials_in(data / "chia" / "train") if is_held_out(trial)}
    return held_out | trials_in(data / "chia" / "dev") | trials_in(data / "lct" / "dev")


def _evaluation_lines(data: Path) -> Iterator[str]:
    for folder in (data / "chia" / "dev", data / "lct" / "dev", data / "chia" / "train"):
        for path in sorted(folder.glob("*.txt")):
            if folder.name == "dev" or is_held_out(path.name[:11]):
                with path.open(encoding="utf-8", newline="") as file:
                    text = file.read()
                yield from (key(text[start:end]) for start, end in line_spans(text))


def key(line: str) -> str:
    """Return what two criteria are compared by: letters and digits in lower case."""
    return "".join(char for char in line.lower() if char.isalnum())


def _texts(data: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((data / "eligibility_text").glob("*.jsonl")):
        for row in _rows(path):
            yield row["id"], row["text"]
    for path in sorted((data / "registries" / "ictrp_export").glob("*.jsonl")):
        for row in _rows(path):
            ids = f"{row.get('TrialID')} {row.get('other records')}"
            for field in ("Inclusion Criteria", "Exclusion Criteria"):
                yield ids, re.sub(r"<br\s*/?>", "\n", row.get(field) or "")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _criteria_of(text: str) -> Iterator[str]:
    """Yield the criteria of an eligibility text: English ones of a usual length, soft line ends joined."""
    for criterion in _walk(outline(mended(TracedText.of(text)).text).criteria):
        line = " ".join(criterion.split())
        if _SHORTEST <= len(line) <= _LONGEST and _is_english(line):
            yield line


def _walk(criteria: Iterable[object]) -> Iterator[str]:
    for criterion in criteria:
        yield criterion.text  # type: ignore[attr-defined]
        yield from _walk(criterion.criteria)  # type: ignore[attr-defined]


def _is_english(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    return len(letters) >= _SHORTEST // 2 and sum(char.isascii() for char in letters) >= _ASCII * len(letters)


def some(criteria: list[str], limit: int) -> list[str]:
    """Return so many criteria, the lowest by a hash of their text, in the order given."""
    chosen = set(sorted(criteria, key=lambda line: hashlib.sha256(line.encode()).digest())[:limit])
    return [line for line in criteria if line in chosen]
