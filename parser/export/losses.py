"""What an export could not carry, as data: which field or rule, why, and what was written in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Why something was not carried as it is. Every reason that a target gives has its row here.
REASONS: Final[dict[str, str]] = {
    "no_place": "The target has no field for it; it was left out.",
    "folded": "The target has no field of its own for it; its words stand within another field.",
    "narrowed": "The target's vocabulary has no such value; the nearest one was written.",
    "truncated": "The target takes fewer of them, or less of it; the rest was left out.",
    "precision": "The target needs a more exact value than the record has; its words were kept where a text may stand.",
    "reworded": "The target's form reads back as other words; these were written.",
    "joined": "Its words were carried, with other words of the record joined to them.",
    "layout": "Its words were carried; its line breaks, capitals or final full stop were not.",
    "headed": "Headings were added, since the target keeps in one text what the source had in fields.",
    "characters": "The target cannot hold some of its characters; they were left out.",
    "quoted": "An apostrophe was put before it, since a spreadsheet would take it for a formula.",
    "rule_as_text": "The target has no machine-readable form for the rule; the criterion's words were written.",
    "same_occurrence": "That several things hold of one occurrence was lost; each was written on its own.",
}


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that was not carried as it is.

    Attributes:
        pointer: JSON pointer of the field, criterion or rule in the record; it stands for all that lies below it.
        reason: A key of `REASONS`.
        written: What was written instead, usually the criterion's or the field's words; None where nothing was.
    """

    pointer: str
    reason: str
    written: str | None = None

    def to_dict(self) -> dict[str, str]:
        """Return it as JSON has it, without what is None."""
        loss = {"pointer": self.pointer, "reason": self.reason}
        return loss if self.written is None else {**loss, "written": self.written}
