"""Which criteria decide whether someone may take part, and the words of those that are kept as words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parser.models import Criterion, Eligibility


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion that is evaluated, and where it stands.

    Attributes:
        criterion: The criterion.
        pointer: Its JSON pointer in the record.
    """

    criterion: Criterion
    pointer: str

    @property
    def excludes(self) -> bool:
        """Whether those for whom it holds may not take part."""
        return self.criterion.kind == "exclusion"

    @property
    def decides(self) -> bool:
        """Whether it is known on which side it stands."""
        return self.criterion.kind in ("inclusion", "exclusion") and "polarity_suspect" not in self.criterion.flags


def asked(eligibility: Eligibility) -> Iterator[Asked]:
    """Yield the criteria at the top, and nested ones with a scope of their own; the others are in their heads' rules.

    Where there are no rules, a head's words are followed by those nested under it.
    """
    return _asked(eligibility.criteria, "/eligibility/criteria", None)


def _asked(criteria: list[Criterion], pointer: str, head: Criterion | None) -> Iterator[Asked]:
    for at, criterion in enumerate(criteria):
        own = f"{pointer}/{at}"
        if criterion.role == "rule" and (head is None or criterion.scope not in (None, head.scope)):
            yield Asked(criterion, own)
        yield from _asked(criterion.criteria, f"{own}/criteria", criterion)


def words(criterion: Criterion) -> str:
    """Return a criterion's words; of one without a rule also those nested under it, an item a line."""
    if criterion.rule is not None:
        return criterion.text
    return "\n".join(_lines(criterion, 0))


def _lines(criterion: Criterion, depth: int) -> Iterator[str]:
    yield f"{'  ' * (depth - 1)}- {criterion.text}" if depth else criterion.text
    for nested in criterion.criteria:
        yield from _lines(nested, depth + 1)
