"""Outcomes, ethics, results and data sharing of an ISRCTN record, and what has no field of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parser.models.trial import AbsentReason
from parser.normalize.absence import absent_reason
from parser.normalize.dates import read_date
from parser.registries.isrctn.nodes import Node
from parser.registries.record import RecordBuilder
from parser.registries.tracked import TrackedRecord

#: Opening words with which the registry fills a field that was left out.
_NOT_GIVEN = (
    "not provided at time of registration",
    "not available in web format",
    "nil known",
    "see study hypothesis",
)


def reason_of(text: str) -> AbsentReason | None:
    """Return why a value is missing, when its words say so; None when they are a value."""
    return "explicit_not_reported" if text.casefold().startswith(_NOT_GIVEN) else absent_reason(text)


def stated(record: RecordBuilder, pointer: str, node: Node | None) -> bool:
    """Set a text, or note why it is absent; tell whether there is one."""
    if not node or not node.text:
        return False
    if reason := reason_of(node.text):
        record.miss(pointer, reason)
        record.came_from(pointer, path=node.path)
        return False
    record.set(pointer, node.text, path=node.path)
    return True


def outcomes(record: RecordBuilder, trial: Node) -> None:
    """Set the outcomes: each in an element of its own in newer records, all in one text in older ones."""
    description = trial.get("trialDescription")
    for rank in ("primary", "secondary") if description else ():
        assert description is not None
        nodes = [*description.all(f"{rank}Outcomes", f"{rank}Outcome"), *description.all(f"{rank}Outcome")]
        for node in nodes:
            if node.get("variable") or node.get("method") or node.get("name"):
                _set_parts(record, rank, node)
            elif node.text and reason_of(node.text) is None:
                for measure in _numbered(node.text):
                    _set_outcome(record, rank, measure, node)


def _set_outcome(record: RecordBuilder, rank: str, measure: str, node: Node) -> str:
    pointer = record.next("/outcomes")
    record.set(f"{pointer}/measure", measure, path=node.path)
    record.set(f"{pointer}/rank", rank)
    return pointer


def _set_parts(record: RecordBuilder, rank: str, node: Node) -> None:
    measure = node.get("variable") or node.get("name") or node.get("method")
    assert measure is not None, "one of them is there"
    pointer = _set_outcome(record, rank, measure.text, measure)
    method = node.get("method")
    if method is not None and method.path != measure.path:
        stated(record, f"{pointer}/method", method)
    stated(record, f"{pointer}/time_frame", next((n for n in _times(node) if n), None))


def _times(node: Node) -> Iterator[Node | None]:
    return (node.get(name) for name in ("timepoints", "timepoint", "timeFrame"))


_ORDINAL = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")


def _numbered(text: str) -> list[str]:
    """Split a text whose every line has the next number; any other stays whole."""
    lines = [line for line in text.splitlines() if line]
    matches = [_ORDINAL.match(line) for line in lines]
    numbers = [int(match[1]) for match in matches if match]
    if len(lines) < 2 or numbers != list(range(1, len(lines) + 1)):
        return [text]
    return [line[match.end() :] for line, match in zip(lines, matches, strict=True) if match]


def read_results(record: TrackedRecord, trial: Node) -> None:
    """Set ethics, data sharing, results and publications."""
    _read_ethics(record, trial)
    _read_sharing(record, trial)
    results = trial.get("results")
    if results is None:
        return
    for name in ("basicReport", "plainEnglishReport"):
        if record.get("/results/summary") is None:
            stated(record, "/results/summary", results.get(name))
    if details := results.get("publicationDetails"):
        for citation in _citations(details.text):
            _set_publication(record, citation, details)
    for output in trial.all("outputs", "output"):
        _read_output(record, output)


def _read_ethics(record: RecordBuilder, trial: Node) -> None:
    """Set the committees of newer records, or the one text of older ones."""
    for committee in trial.all("trialDescription", "ethicsCommittees", "ethicsCommittee"):
        pointer = record.next("/ethics")
        name = committee.get("committeeName") or committee.get("name") or committee
        stated(record, f"{pointer}/committee", name)
        for field in ("approvalStatus", "status"):
            if status := committee.attribute(field) or committee.get(field):
                stated(record, f"{pointer}/status", status)
        date = next(
            (d for key in ("approvalDate", "statusDate") if (d := committee.attribute(key) or committee.get(key))), None
        )
        if date and (reading := read_date(date.text, order="dmy")).date:
            record.set(f"{pointer}/approved", reading.date, path=date.path)
    if record.get("/ethics") is None and (text := trial.get("trialDescription", "ethicsApproval")):
        short = text.text.casefold().strip(".") in {"pending", "approved", "not required", "submitted"}
        stated(record, f"/ethics/0/{'status' if short else 'committee'}", text)


def _read_sharing(record: RecordBuilder, trial: Node) -> None:
    """Set the plan (a yes or no), how to get the data, and the statement in words."""
    plan = trial.get("miscellaneous", "ipdSharingPlan")
    if plan:
        value = {"yes": "yes", "no": "no", "undecided": "undecided"}.get(plan.text.casefold(), "unknown")
        record.set("/ipd_sharing/plan", value, path=plan.path)
        record.set("/ipd_sharing/raw", plan.text, path=plan.path)
        if value == "unknown":
            record.note("unknown_value", pointer="/ipd_sharing/plan", field="data sharing", found=plan.text)
    results = trial.get("results")
    if results:
        policies = [*results.all("dataPolicies", "dataPolicy"), *results.all("dataPolicy")]
        stated(record, "/ipd_sharing/access", next((node for node in policies if node), None))
        stated(record, "/ipd_sharing/description", results.get("ipdSharingStatement"))


# `2018 Results article in https://… results (added 01/02/2019)`, one after the other.
_CITATION = re.compile(r"\s+(?=(?:19|20)\d\d [A-Z][a-z]+(?: [a-z]+){0,3} in )")
_URL = re.compile(r"https?://[^\s<>\"]{4,300}")
_PMID = re.compile(r"pubmed(?:\.ncbi\.nlm\.nih\.gov)?/(\d{4,9})")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]{2,100}[^\s\"<>.,;)]")
_TYPE = re.compile(r"(?:19|20)\d\d ([A-Z][a-z]+(?: [a-z]+){0,3}) in ")


def _citations(text: str) -> list[str]:
    if reason_of(text):
        return []
    return [part for line in text.splitlines() for part in _CITATION.split(line) if part.strip()]


def _set_publication(record: RecordBuilder, citation: str, node: Node) -> None:
    pointer = record.next("/publications")
    record.set(f"{pointer}/citation", citation, path=node.path)
    url = _URL.search(citation)
    found = {"url": url and url[0].rstrip(".,;)"), "pmid": _group(_PMID, citation), "doi": _whole(_DOI, citation)}
    found["type"] = _group(_TYPE, citation)
    for field, value in found.items():
        if value:
            record.set(f"{pointer}/{field}", value, path=node.path)


def _group(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match[1] if match else None


def _whole(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match[0] if match else None


def _read_output(record: TrackedRecord, output: Node) -> None:
    """Set a publication that is a link of its own; without a link it is told already, or says nothing."""
    link = output.get("externalLink")
    if link is None:
        record.taken.update(node.path for _, node in output.leaves())
        return
    url = (link.attribute("url") or link).text
    if not url or any(one.get("url") == url for one in record.get("/publications") or ()):
        return
    pointer = record.next("/publications")
    record.set(f"{pointer}/url", url, path=link.path)
    stated(record, f"{pointer}/citation", output.get("description"))
    if kind := output.attribute("outputType"):
        record.set(f"{pointer}/type", kind.text, path=kind.path)


#: Parts of the record that say how it is stored, and nothing of the trial.
_STORAGE = frozenset({"acknowledgment", "ctrname", "record_last_import", "productionNotes", "biomedRelated"})


def read_rest(record: TrackedRecord, trial: Node) -> None:
    """Keep every value that no field has taken, under the name it has in the record."""
    for name, node in trial.leaves():
        if node.path in record.taken or name in _STORAGE or name.endswith("Id") or reason_of(node.text):
            continue
        pointer = record.next("/extra")
        record.set(f"{pointer}/label", name or node.path, path=node.path)
        record.set(f"{pointer}/value", node.text, path=node.path)
