"""The criteria of a record whose source keeps them in fields: one text, its parts, and the way back to each field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parser.models.eligibility import CriterionKind
from parser.registries.record import RecordBuilder
from parser.text import TracedText, mend


@dataclass(frozen=True, slots=True)
class CriteriaField:
    """One field of the source that holds criteria.

    Attributes:
        text: Its value as the source has it.
        path: Where it stands in the record (JSON pointer, XPath, section code).
        kind: What it holds; None when its own headings say so.
    """

    text: str
    path: str
    kind: CriterionKind | None = None


def set_criteria(record: RecordBuilder, fields: Sequence[CriteriaField]) -> None:
    """Set the eligibility text from its fields, in their order, joined by a blank line with no heading of ours.

    Damage of the source (escapes, entities, lost line breaks, mojibake) is mended on the way. `map` leads from each
    run of the text into the field that holds it: the field is the part's `path`, the offsets count in its value.
    """
    pieces: list[TracedText] = []
    parts: list[dict[str, object]] = []
    damage: list[str] = []
    offset = 0
    for field in fields:
        mending = mend(TracedText.of(field.text))
        piece = mending.text
        if not piece.text.strip():
            continue
        damage.extend(found for repair in mending.repairs for found in repair.found)
        offset += 2 if pieces else 0
        end = offset + len(piece.text)
        parts.append({"kind": field.kind or "unspecified", "span": (offset, end), "path": field.path})
        pieces.append(piece)
        offset = end
    if not pieces:
        return
    text = TracedText.join(pieces, "\n\n")
    record.set("/eligibility/text", text.text, path=" ".join(str(part["path"]) for part in parts))
    record.set("/eligibility/map", text.contract_map())
    if len(parts) > 1 or parts[0]["kind"] != "unspecified":
        record.set("/eligibility/parts", parts)
    if damage:
        record.note("mojibake_repaired", pointer="/eligibility/text", found=", ".join(dict.fromkeys(damage)))
