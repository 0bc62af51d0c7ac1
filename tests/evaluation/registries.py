"""Real records of registries: `python -m tests.evaluation registries DIR` reads every file below `DIR`.

Reported: files and records, failures by code, the share of records with each field by registry, places checked, and
records a CPU second (rules off). `problems` lists what contradicts `expectations.json`: a file that should fail and
does not (or with another code), a fill rate below its floor, a place that does not lead back. Floors were set by
reading what the files hold; they may only rise.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import parser
from parser.models import ParseResult, Trial
from parser.reading.document import Document
from parser.reading.records import iter_documents
from tests.evaluation import places

EXPECTATIONS = Path(__file__).with_name("expectations.json")
#: How many problems of one kind are printed in full.
_SHOWN = 40


def _events(trial: Trial, *kinds: str) -> bool:
    return any(event.event in kinds and event.date is not None for event in trial.timeline)


def _enrolment(trial: Trial) -> bool:
    enrolment = trial.design.enrolment if trial.design else None
    return enrolment is not None and (enrolment.target, enrolment.actual) != (None, None)


def _age(trial: Trial) -> bool:
    """An age is answered by limits, by groups, or by the statement that there is no limit."""
    eligibility = trial.eligibility
    unlimited = any(
        pointer.startswith("/eligibility/age") and why == "no_limit" for pointer, why in trial.absent.items()
    )
    return eligibility.age is not None or bool(eligibility.age_groups) or unlimited


#: What a record can hold, by name: the WHO Trial Registration Data Set's items, and what criteria are read from.
FIELDS: dict[str, Callable[[Trial], bool]] = {
    "identifier": lambda trial: any(one.role == "primary" for one in trial.identifiers),
    "registered": lambda trial: _events(trial, "registered", "first_submitted", "first_posted"),
    "secondary_identifier": lambda trial: any(one.role == "secondary" for one in trial.identifiers),
    "funder": lambda trial: bool(trial.sponsor and (trial.sponsor.funders or trial.sponsor.collaborators)),
    "sponsor": lambda trial: bool(trial.sponsor and trial.sponsor.name),
    "secondary_sponsor": lambda trial: bool(trial.sponsor and (trial.sponsor.secondary or trial.sponsor.collaborators)),
    "contact": lambda trial: bool(trial.contacts),
    "title": lambda trial: bool(trial.title),
    "scientific_title": lambda trial: bool(trial.scientific_title),
    "country": lambda trial: bool(trial.countries or any(place.country for place in trial.locations)),
    "condition": lambda trial: bool(trial.conditions),
    "intervention": lambda trial: bool(trial.interventions),
    "eligibility": lambda trial: bool(trial.eligibility.text),
    "sex": lambda trial: trial.eligibility.sex is not None,
    "age": _age,
    "study_type": lambda trial: bool(trial.design and trial.design.study_type),
    "phase": lambda trial: bool(trial.design and trial.design.phases),
    "start": lambda trial: _events(trial, "start", "recruitment_start"),
    "enrolment": _enrolment,
    "status": lambda trial: trial.status is not None,
    "primary_outcome": lambda trial: any(one.rank == "primary" for one in trial.outcomes),
    "secondary_outcome": lambda trial: any(one.rank == "secondary" for one in trial.outcomes),
    "ethics": lambda trial: bool(trial.ethics),
    "completion": lambda trial: _events(trial, "completion", "primary_completion"),
    "results": lambda trial: trial.results is not None,
    "ipd": lambda trial: trial.ipd_sharing is not None,
}


@dataclass
class Tally:
    """What was measured so far."""

    files: int = 0
    records: int = 0
    places: int = 0
    cpu: float = 0.0
    failures: Counter[str] = field(default_factory=Counter)
    diagnostics: Counter[str] = field(default_factory=Counter)
    filled: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    of: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def add(self, result: ParseResult) -> None:
        """Count one result."""
        if result.trial is None:
            self.failures.update(found.code for found in result.diagnostics)
            return
        registry = result.trial.source.registry
        self.records += 1
        self.of[registry] += 1
        self.diagnostics.update(found.code for found in result.diagnostics)
        self.filled[registry].update(name for name, fills in FIELDS.items() if fills(result.trial))

    def rates(self) -> dict[str, dict[str, float]]:
        """The share of records with each field, by registry."""
        return {
            registry: {name: round(self.filled[registry][name] / count, 3) for name in FIELDS}
            for registry, count in sorted(self.of.items())
        }


def evaluate(folder: Path) -> dict[str, Any]:
    """Read every file below a folder and return what was measured."""
    tally, expected = Tally(), expectations()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        tally.files += 1
        tally.problems += list(_of_file(path, path.relative_to(folder).as_posix(), tally, expected["errors"]))
    tally.problems += list(_below_floors(tally.rates(), expected["floors"]))
    return {
        "files": tally.files,
        "records": tally.records,
        "failures": dict(tally.failures),
        "diagnostics": dict(tally.diagnostics.most_common()),
        "places_checked": tally.places,
        "records_per_cpu_second": round(tally.records / tally.cpu, 1) if tally.cpu else None,
        "records_by_registry": dict(tally.of),
        "fill_rates": tally.rates(),
        "problems": tally.problems[:_SHOWN],
        "problems_in_all": len(tally.problems),
    }


def expectations() -> dict[str, Any]:
    """Which files are no trial and how they must fail, and the least fill rates."""
    loaded: dict[str, Any] = json.loads(EXPECTATIONS.read_text("utf-8"))
    return loaded


def _of_file(path: Path, name: str, tally: Tally, errors: dict[str, dict[str, str]]) -> Iterator[str]:
    begun = time.process_time()
    results = list(parser.parse_records(path, rules=False))
    tally.cpu += time.process_time() - begun
    for result in results:
        tally.add(result)
    failed = [found.code for result in results if result.trial is None for found in result.diagnostics]
    must_fail = errors.get(name)
    if must_fail is not None:
        if failed != [must_fail["code"]] or len(results) != 1:
            yield f"{name}: expected {must_fail['code']}; found {failed or 'a record'}"
        return
    if failed or not results:
        yield f"{name}: expected records; found {Counter(failed) or 'none'}"
    for trial, document in records_with_documents(path, results):
        tally.places += len(trial.provenance)
        yield from (f"{name}: {problem}" for problem in places.problems(trial, document))


def records_with_documents(path: Path, results: list[ParseResult]) -> Iterator[tuple[Trial, Document]]:
    """Yield each record beside the document that it was read from."""
    documents = iter_documents(path)
    for result, document in zip(results, documents, strict=True):
        if result.trial is not None and isinstance(document, Document):
            yield result.trial, document


def _below_floors(rates: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> Iterator[str]:
    for registry, least in floors.items():
        for name, floor in least.items():
            rate = rates.get(registry, {}).get(name, 0.0)
            if rate < floor:
                yield f"{registry}: {name} is filled in {rate:.3f} of the records, below the floor {floor}"
