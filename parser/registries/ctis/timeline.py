"""The dates of a CTIS record: decisions, notifications of member states, plans.

Search-list fields have the day first (`24/04/2024`), record fields are ISO, and a field of one name may be either.
"""

from __future__ import annotations

import re

from parser.models.trial import EventKind
from parser.normalize.dates import DateKind, read_date
from parser.registries.ctis.nodes import Node, first
from parser.registries.ctis.parts import Parts
from parser.registries.ctis.terms import NOTIFICATIONS
from parser.registries.record import RecordBuilder

# `ES: 24/04/2024, IT: 23/10/2024` or `DE:2022-08-03`.
_BY_STATE = re.compile(r"([A-Z]{2})\s?:\s?(\d{4}-\d{2}-\d{2}[\dT:.]{0,20}|\d{1,2}/\d{1,2}/\d{4})")


def read_timeline(parts: Parts, record: RecordBuilder) -> None:
    """Set what happened when, what is planned, and how old the record is."""
    root = parts.root
    _set_event(record, "first_submitted", _submission(parts))
    _decisions(parts, record)
    start = first(root.at("startDateEU"), root.at("eeaStartDate"), root.at("trialStartDate"))
    _set_event(record, "start", start, kind="actual")
    _set_event(record, "completion", first(root.at("endDateEU"), root.at("eeaEndDate")), kind="actual")
    _notifications(parts, record)
    _global_end(parts, record)
    duration = parts.information.at("trialDuration")
    _set_event(record, "recruitment_start", duration.at("estimatedRecruitmentStartDate"), kind="anticipated")
    _set_event(record, "completion", duration.at("estimatedEndDate"), kind="anticipated")
    _set_event(record, "completion", duration.at("estimatedGlobalEndDate"), kind="anticipated")
    _set_event(record, "updated", root.at("lastUpdated"))
    _set_event(record, "updated", root.at("lastPublicationUpdate"))
    _set_event(record, "as_of", root.at("publishDate"))
    for pointer, name in (("/source/as_of", "publishDate"), ("/source/last_refreshed", "record_last_import")):
        reading = read_date(root.at(name).words, order="dmy")
        if reading.date is not None:
            record.set(pointer, reading.date, path=root.at(name).path)


def _set_event(
    record: RecordBuilder, event: EventKind, node: Node, *, kind: DateKind | None = None, label: str | None = None
) -> None:
    """Set an event from a date; its label is the field's name where the record has no words for it."""
    if not node.words:
        return
    pointer = record.next("/timeline")
    record.set(f"{pointer}/event", event)
    record.set(f"{pointer}/label", label or node.path.rpartition("/")[2])
    if kind is not None:
        record.set(f"{pointer}/kind", kind)
    reading = read_date(node.words, order="dmy")
    if reading.date is not None:
        record.set(f"{pointer}/date", reading.date, path=node.path)
    else:
        record.miss(f"{pointer}/date", reading.reason or "unparseable")


def _submission(parts: Parts) -> Node:
    """Return when the first application was submitted."""
    applications = [
        entry for name in ("applicationInfo", "applications") for entry in parts.application.at(name).entries()
    ]
    initial = [entry.at("submissionDate") for entry in applications if entry.at("type").words.casefold() == "initial"]
    return first(*initial, parts.root.at("submissionDate"))


def _decisions(parts: Parts, record: RecordBuilder) -> None:
    """Set the decision on the trial, and those of the member states."""
    root = parts.root
    _set_event(record, "decision", first(root.at("decisionDateOverall"), root.at("authorizationDate")))
    node = root.at("decisionDate")
    found = list(_BY_STATE.finditer(node.words))
    for match in found:
        reading = read_date(match[2], order="dmy")
        if reading.date is not None:
            pointer = record.next("/timeline")
            record.set(f"{pointer}/event", "decision")
            record.set(f"{pointer}/label", f"decisionDate {match[1]}")
            record.set(f"{pointer}/date", reading.date, path=node.path)
    if found or not node.words:
        if not found:
            _first_decisions(parts, record)
        return
    _set_event(record, "decision", node)


def _first_decisions(parts: Parts, record: RecordBuilder) -> None:
    """Set the member states' decisions from part II, where the search list's field is missing."""
    for part in parts.two:
        info = part.at("mscInfo")
        state = first(info.at("countryName"), info.at("mscName")).words
        node = first(info.at("firstDecisionDate"), part.at("decisionDate"))
        _set_event(record, "decision", node, label=f"{node.path.rpartition('/')[2]} {state}".strip())


def _notifications(parts: Parts, record: RecordBuilder) -> None:
    """Set what the member states were told: start and end of trial and recruitment, halts."""
    states = [(entry, "events") for entry in parts.root.at("events", "trialEvents").entries()]
    states += [
        (entry, "mscNotificationsListInfo") for entry in parts.root.at("mscTrialNotificationsInfoList").entries()
    ]
    for entry, name in states:
        state = entry.at("mscName").words
        for event in entry.at(name).entries():
            words = event.at("notificationType").words
            kind = NOTIFICATIONS.get(words.replace("_", " ").casefold())
            if kind is None:
                record.note("unknown_value", pointer=record.next("/timeline"), field="event", found=words)
            label = f"{words} ({state})" if state else words
            _set_event(record, kind or "other", event.at("date"), kind="actual", label=label)


def _global_end(parts: Parts, record: RecordBuilder) -> None:
    """Set the end of the trial in all countries, whatever its field is called."""
    for entry in parts.application.at("trialGlobalEnd").entries():
        members = [node for name, node in entry.members() if "date" in name.casefold()] or [entry]
        for node in members:
            if read_date(node.words, order="dmy").date is not None:
                _set_event(record, "completion", node, kind="actual")
