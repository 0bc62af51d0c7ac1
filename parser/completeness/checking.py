"""Going through the items: there, a placeholder, missing, or at odds with the rest of the record."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from parser.completeness.consistency import LACKING, Finding, findings
from parser.completeness.items import ITEMS, ItemKind, is_none
from parser.models import Trial
from parser.models.trial import AbsentReason

#: `none` is an item that a trial need not have, and this one states or shows none of.
State = Literal["present", "missing", "placeholder", "incomplete", "inconsistent", "none"]

#: Reasons for absence that are words in the item's place.
_SAID: Final[frozenset[AbsentReason]] = frozenset({"explicit_not_reported", "redacted", "unparseable", "label_only"})


@dataclass(frozen=True, slots=True)
class Item:
    """One of the 24 items in a record.

    Attributes:
        number: As WHO counts them.
        name: As WHO names it.
        state: `inconsistent` where it contradicts the rest of the record, `incomplete` where a part that WHO asks for
            is not there.
        pointers: Where the record has it.
        findings: What is wrong with it.
    """

    number: int
    name: str
    state: State
    pointers: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Completeness:
    """What a record has of the 24 items.

    Attributes:
        trial: The number under which the trial is registered; None where the record has none.
        items: All 24, in WHO's order.
    """

    trial: str | None
    items: list[Item]

    @property
    def complete(self) -> bool:
        """Whether all items are there, whole, and contradict nothing."""
        return all(item.state in ("present", "none") for item in self.items)

    def count(self, state: State) -> int:
        """Return how many items are in a state."""
        return sum(item.state == state for item in self.items)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {"trial": self.trial, "complete": self.complete, "items": [asdict(item) for item in self.items]}


def check(trial: Trial) -> Completeness:
    """Say which of the 24 items of the WHO Trial Registration Data Set a record has.

    An item is `missing` where the source has nothing of it, a `placeholder` where it has words that say nothing,
    `incomplete` where a part of it is not there, and `inconsistent` where what it says contradicts another item. A day
    that is not known contradicts nothing.
    """
    wrong: dict[int, list[Finding]] = {}
    for number, finding in findings(trial):
        wrong.setdefault(number, []).append(finding)
    numbers = [one.value for one in trial.identifiers if one.role == "primary"]
    items = [_item(kind, trial, wrong.get(kind.number, [])) for kind in ITEMS]
    return Completeness(numbers[0] if numbers else None, items)


def _item(kind: ItemKind, trial: Trial, wrong: list[Finding]) -> Item:
    values = list(kind.values(trial))
    real = [pointer for pointer, value in values if not is_none(value)]
    if real:
        lacking = all(finding.code in LACKING for finding in wrong)
        state: State = "present" if not wrong else "incomplete" if lacking else "inconsistent"
        return Item(kind.number, kind.name, state, real, wrong)
    said = any(trial.absent.get(pointer) in _SAID for pointer in kind.pointers)
    if not kind.needed:
        return Item(kind.number, kind.name, "none", [], wrong)
    return Item(kind.number, kind.name, "placeholder" if values or said else "missing", [p for p, _ in values], wrong)
