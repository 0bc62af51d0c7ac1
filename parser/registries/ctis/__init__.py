"""The EU's Clinical Trials Information System: a trial's record as the public portal's API gives it.

Two generations are read by the same paths: since June 2024 the application stands under `authorizedApplication`, before
that its parts stood at the top. The fields of the portal's search list (`decisionDate`, `ageGroup`, …) are read where
they stand beside the record, or alone.
"""

from __future__ import annotations

from parser.models import Trial
from parser.normalize.absence import absent_reason
from parser.normalize.identifiers import find_identifiers
from parser.reading.document import Document
from parser.registries.criteria import CriteriaField, set_criteria
from parser.registries.ctis.design import read_design
from parser.registries.ctis.nodes import Node, first
from parser.registries.ctis.parties import read_parties
from parser.registries.ctis.parts import Parts, in_order, parts_of, set_status, set_words, translate
from parser.registries.ctis.timeline import read_timeline
from parser.registries.record import USUAL, Origin, RecordBuilder

EXPECTED = (
    *USUAL,
    "/scientific_title",
    "/conditions",
    "/interventions",
    "/outcomes",
    "/summary",
    "/sponsor",
    "/locations",
    "/countries",
    "/ethics",
    "/ipd_sharing",
    "/results",
)


def recognises(document: Document) -> bool:
    """Tell whether a document is a record of the system, or a row of its search list."""
    tree = _single(document.tree) if document.format == "json" else None
    if not isinstance(tree, dict) or "ctNumber" not in tree:
        return False
    return any(
        name in tree for name in ("authorizedApplication", "authorizedPartI", "applications", "ctTitle", "ctStatus")
    )


def _single(tree: object) -> object:
    """Return the record in a list or search result that holds no other."""
    if isinstance(tree, dict) and isinstance(tree.get("data"), list) and "ctNumber" not in tree:
        tree = tree["data"]
    return tree[0] if isinstance(tree, list) and len(tree) == 1 else tree


def read(document: Document, origin: Origin) -> Trial:
    """Read a record.

    Args:
        document: JSON: the record, or a list that holds it alone.
        origin: Where it came from.
    """
    record = RecordBuilder(document, origin)
    parts = parts_of(_root(document.tree))
    _identifiers(parts, record)
    _titles(parts, record)
    _status(parts, record)
    _summary(parts, record)
    read_design(parts, record)
    _criteria(parts, record)
    read_parties(parts, record)
    read_timeline(parts, record)
    record.expect(*EXPECTED)
    return record.build()


def _root(tree: object) -> Node:
    node = Node(tree)
    if isinstance(tree, dict) and "data" in tree and "ctNumber" not in tree:
        node = node.at("data")
    return Node(node.value[0] if node.value else None, f"{node.path}/0") if isinstance(node.value, list) else node


def _identifiers(parts: Parts, record: RecordBuilder) -> None:
    """Set the number of the system, then those of other registers."""
    _set_identifier(record, parts.root.at("ctNumber"))
    numbers = parts.identifiers.at("secondaryIdentifyingNumbers")
    for _, node in numbers.members():
        for entry in node.entries():
            _set_identifier(record, entry.at("number"), otherwise="other")
    for holder in (parts.root.at("eudraCtInfo"), parts.application.at("eudraCt")):
        _set_identifier(record, holder.at("eudraCtCode"))
    if not record.get("/identifiers"):
        record.note("identifier_missing", pointer="/identifiers")


def _set_identifier(record: RecordBuilder, node: Node, *, otherwise: str = "") -> None:
    """Set the number that a field is; under the scheme `otherwise`, where it is no register's that is known."""
    raw = node.words
    if absent_reason(raw):
        return
    found = find_identifiers(raw)
    whole = found[0] if len(found) == 1 and found[0].end - found[0].start == len(raw) else None
    if whole is not None and whole.placeholder:
        record.note("identifier_placeholder", pointer="/identifiers", found=raw)
        return
    scheme, value = (whole.scheme, whole.value) if whole else (otherwise, raw)
    if not scheme or any(known["value"] == value for known in record.get("/identifiers") or ()):
        return
    pointer = record.next("/identifiers")
    record.set(f"{pointer}/scheme", scheme)
    record.set(f"{pointer}/value", value, path=node.path)
    record.set(f"{pointer}/raw", raw, path=node.path)
    record.set(f"{pointer}/role", "primary" if pointer.endswith("/0") else "secondary")


def _titles(parts: Parts, record: RecordBuilder) -> None:
    ids = parts.identifiers
    public = first(ids.at("publicTitle"), ids.at("fullTitle"), parts.root.at("title"), parts.root.at("ctTitle"))
    if set_words(record, "/title", public):
        translate(record, "/title", ids.at("publicTitleTranslations"))
    if set_words(
        record, "/scientific_title", first(ids.at("fullTitle"), parts.root.at("title"), parts.root.at("ctTitle"))
    ):
        translate(record, "/scientific_title", ids.at("fullTitleTranslations"))
    set_words(record, "/acronym", first(ids.at("shortTitle"), parts.root.at("shortTitle")))


def _status(parts: Parts, record: RecordBuilder) -> None:
    """Set the public status; one that is reported as ended early is terminated, not completed."""
    root = parts.root
    node = first(root.at("ctPublicStatusCode"), root.at("ctPublicStatus"), root.at("ctStatus"))
    if not node.words:
        return
    set_status(record, "/status", node, root.at("ctPublicStatus"))
    early = next(
        (
            event.at("notificationType")
            for name, inner in (
                ("trialEvents", "events"),
                ("mscTrialNotificationsInfoList", "mscNotificationsListInfo"),
            )
            for entry in (root.at("events", name) if name == "trialEvents" else root.at(name)).entries()
            for event in entry.at(inner).entries()
            if "early" in event.at("notificationType").words.casefold()
        ),
        None,
    )
    if early is not None and record.get("/status/value") == "completed":
        record.set("/status/value", "terminated", path=early.path)


def _summary(parts: Parts, record: RecordBuilder) -> None:
    """Set the objectives: the main one as the brief summary, the secondary ones as the detailed."""
    objective = parts.information.at("trialObjective")
    if set_words(record, "/summary/brief", objective.at("mainObjective"), lines=True):
        translate(record, "/summary/brief", objective.at("mainObjectiveTranslations"))
    second = [entry for entry in in_order(objective.at("secondaryObjectives")) if entry.at("secondaryObjective").text]
    if second:
        nodes = [entry.at("secondaryObjective") for entry in second]
        paths = " ".join(node.path for node in nodes)
        record.set("/summary/detailed", "\n\n".join(node.text for node in nodes), path=paths)
        for entry in second:
            translate(record, "/summary/detailed", entry.at("secondaryObjectiveTranslations"))
    if record.get("/summary") is not None:
        record.set("/summary/origin", "registrant")


def _criteria(parts: Parts, record: RecordBuilder) -> None:
    """Set the criteria, an item a part, and their translations."""
    fields: list[CriteriaField] = []
    others: list[Node] = []
    criteria = parts.information.at("eligibilityCriteria")
    for kind, name in (("inclusion", "principalInclusionCriteria"), ("exclusion", "principalExclusionCriteria")):
        for entry in in_order(criteria.at(name)):
            node = entry.at(name) if isinstance(entry.value, dict) else entry
            if isinstance(node.value, str) and node.text:
                fields.append(CriteriaField(node.value, node.path, "inclusion" if kind == "inclusion" else "exclusion"))
                others.append(entry.at(f"{name}Translations"))
    set_criteria(record, fields)
    known = {part["path"]: number for number, part in enumerate(record.get("/eligibility/parts") or ())}
    for field, translations in zip(fields, others, strict=True):
        if field.path in known:
            translate(record, f"/eligibility/parts/{known[field.path]}", translations)
