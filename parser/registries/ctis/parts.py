"""What the readers of a CTIS record share: its parts, and how a text, its translations and a status are set."""

from __future__ import annotations

from dataclasses import dataclass

from parser.normalize.absence import absent_reason
from parser.normalize.languages import language_code
from parser.normalize.statuses import read_status
from parser.registries.ctis.nodes import Node
from parser.registries.ctis.terms import STATUS_CODES, STATUS_LABELS, UNDETERMINED
from parser.registries.record import RecordBuilder


@dataclass(frozen=True, slots=True)
class Parts:
    """A record's parts.

    Attributes:
        root: The whole record.
        application: What holds part I and the parts II.
        one: Part I: the trial, the same in all member states.
        details: The trial's details in part I.
        two: Parts II, one a member state.
    """

    root: Node
    application: Node
    one: Node
    details: Node
    two: tuple[Node, ...]

    @property
    def identifiers(self) -> Node:
        """Titles and numbers."""
        return self.details.at("clinicalTrialIdentifiers")

    @property
    def information(self) -> Node:
        """What the trial is about."""
        return self.details.at("trialInformation")


def parts_of(root: Node) -> Parts:
    """Find the parts of a record of either generation; before authorisation they stand in its applications."""
    application = root.at("authorizedApplication")
    if not application.at("authorizedPartI").entries():
        application = root
    one = application.at("authorizedPartI")
    if not one.entries():
        drafts = (
            entry.at("partI") for name in ("applications", "applicationInfo") for entry in root.at(name).entries()
        )
        one = next((draft for draft in drafts if draft.at("trialDetails").entries()), one)
    return Parts(root, application, one, one.at("trialDetails"), tuple(application.at("authorizedPartsII").entries()))


def in_order(items: Node) -> list[Node]:
    """Return numbered items by their numbers: the system sorts them as text, 1, 10, 11, 2."""
    entries = items.entries()
    return sorted(entries, key=lambda entry: (entry.at("number").number is None, entry.at("number").number or 0))


def set_words(record: RecordBuilder, pointer: str, node: Node, *, lines: bool = False) -> bool:
    """Set a text, or note why there is none; tell whether there is one."""
    words = node.text if lines else node.words
    if not words:
        if node.value == "":
            record.miss(pointer, "label_only")
        return False
    if reason := absent_reason(words):
        record.miss(pointer, reason)
        return False
    record.set(pointer, words, path=node.path)
    return True


def translate(record: RecordBuilder, pointer: str, translations: Node) -> None:
    """Keep a text's translations; the same words in the same language once."""
    known = {(one["pointer"], one["language"], one["text"]) for one in record.get("/translations") or ()}
    for entry in translations.entries():
        node = entry.at("attributeTranslation")
        language = language_code(entry.at("languageDescription").words) or UNDETERMINED
        key = (pointer, language, node.text)
        if node.text and key not in known:
            known.add(key)
            at = record.next("/translations")
            record.set(at, {"pointer": pointer, "language": language, "text": node.text})
            record.came_from(f"{at}/text", path=node.path)


def status_of(node: Node) -> str | None:
    """Return the status that a code or its words stand for; None where it is none that is known."""
    if node.number is not None:
        return STATUS_CODES.get(node.number)
    return STATUS_LABELS.get(node.words.casefold()) or read_status(node.words)


def set_status(record: RecordBuilder, pointer: str, node: Node, raw: Node | None = None) -> None:
    """Set a status from a code or words; `raw` may hold the words of a code."""
    value = status_of(node)
    shown = raw if raw is not None and raw.words else node
    record.set(f"{pointer}/value", value or "unknown", path=node.path)
    record.set(f"{pointer}/raw", shown.words, path=shown.path)
    if value is None:
        record.note("unknown_value", pointer=f"{pointer}/value", field="status", found=shown.words)
