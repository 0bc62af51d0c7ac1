"""Criteria with their entities marked in the line: `History of [stroke](Condition)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from parser.nlp.training.corpus import Entity

_MARK = re.compile(r"\[([^\]]+)\]\((\w+)\)")


def read_marked(path: Path) -> Iterator[tuple[str, list[Entity]]]:
    """Yield each line's text without the marks, and the entities."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield unmarked(line)


def unmarked(line: str) -> tuple[str, list[Entity]]:
    """Return a line without its marks, and the entities that they say."""
    text, entities, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        entities.append(Entity(len(text), len(text) + len(mark[1]), mark[2]))
        text += mark[1]
        at = mark.end()
    return text + line[at:], entities
