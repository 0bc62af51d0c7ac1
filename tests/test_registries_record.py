"""Building a record: values with their places, and what is missing."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from parser.models.trial import AbsentReason
from parser.reading import read
from parser.registries.record import Origin, RecordBuilder


@pytest.fixture
def record() -> RecordBuilder:
    return RecordBuilder(read("Asthma in nurses"), Origin("generic", "https://trials.example/7"))


def test_registries_record_knows_its_source(record: RecordBuilder) -> None:
    source = record.build().source
    assert (source.registry, source.format, source.url) == ("generic", "text", "https://trials.example/7")
    assert (source.bytes, source.encoding, source.encoding_from) == (16, None, "str")
    # sha256 of the sixteen ASCII characters, by coreutils' sha256sum.
    assert source.sha256 == "f88037c0e190d2f581fe83a82495e5d0fa1143651fd3c4a25d2a7981c7e1e81c"


def test_registries_record_sets_values_and_places_in_one_step(record: RecordBuilder) -> None:
    record.set("/title", "Asthma in nurses", span=(0, 16))
    record.set("/status/value", "recruiting", path="/a/b")
    record.set("/status/raw", "Recruiting")
    for city in ("Galway", "Cork"):
        pointer = record.next("/locations")
        record.set(f"{pointer}/raw", city, span=(0, 6))
        record.set(f"{pointer}/city", city)
    trial = record.build()
    assert trial.title == "Asthma in nurses"
    assert trial.provenance["/title"].span == (0, 16)
    assert trial.provenance["/status/value"].path == "/a/b"
    assert "/status/raw" not in trial.provenance
    assert [place.city for place in trial.locations] == ["Galway", "Cork"]
    assert record.span_under("/locations/0") == (0, 6)
    assert record.span_under("/contacts/0") is None


def test_registries_record_says_why_values_are_absent(record: RecordBuilder) -> None:
    record.set("/title", "Asthma")
    record.miss("/keywords", "label_only")
    record.miss("/status", "redacted", span=(3, 5))
    record.expect("/title", "/keywords", "/status", "/sponsor", "/locations")
    trial = record.build()
    assert trial.absent == {
        "/keywords": "label_only",
        "/status": "redacted",
        "/sponsor": "not_on_page",
        "/locations": "not_on_page",
    }
    assert trial.provenance["/status"].span == (3, 5)


@pytest.mark.parametrize(
    ("missed", "absent"),
    [
        # Nothing of the sponsor is there: the sponsor is absent, for the reason that the page gives.
        ({"/sponsor/name": "redacted"}, {"/sponsor": "redacted"}),
        ({"/sponsor/secondary": "not_on_page", "/sponsor/name": "redacted"}, {"/sponsor": "redacted"}),
        ({"/sponsor/name": "redacted", "/sponsor/secondary": "not_on_page"}, {"/sponsor": "redacted"}),
        ({"/design/enrolment/target": "unparseable"}, {"/design": "unparseable"}),
        # A part of what is there is absent by itself, and a record always has an eligibility.
        ({"/status/why_stopped": "label_only"}, {"/status/why_stopped": "label_only"}),
        ({"/timeline/0/date": "label_only"}, {"/timeline/0/date": "label_only"}),
        ({"/eligibility/age": "no_limit"}, {"/eligibility/age": "no_limit"}),
        ({"/eligibility/age/high": "no_limit"}, {"/eligibility/age": "no_limit"}),
    ],
)
def test_registries_record_names_the_outermost_field_that_is_absent(
    record: RecordBuilder, missed: dict[str, AbsentReason], absent: dict[str, str]
) -> None:
    record.set("/status/value", "recruiting")
    record.set("/status/raw", "Recruiting")
    record.append("/timeline", {"event": "start", "label": "Start"})
    for pointer, reason in missed.items():
        record.miss(pointer, reason, span=(0, 6) if reason != "not_on_page" else None)
    trial = record.build()
    assert trial.absent == absent
    assert {pointer: place.span for pointer, place in trial.provenance.items()} == dict.fromkeys(absent, (0, 6))


def test_registries_record_a_part_with_a_value_leaves_the_others_absent(record: RecordBuilder) -> None:
    record.miss("/sponsor/name", "redacted")
    record.set("/sponsor/responsible_party", "Maeve Tully")
    assert record.build().absent == {"/sponsor/name": "redacted"}


def test_registries_record_values_under_a_replaced_one_are_gone(record: RecordBuilder) -> None:
    record.set("/design/enrolment/target", 40)
    record.set("/design", {"allocation": "Randomized"})
    record.set("/design/enrolment/actual", 38)
    for name in ("asthma", "nurses"):
        assert record.append("/keywords", name) == f"/keywords/{len(record.get('/keywords')) - 1}"
    record.set("/keywords", ["tea"])
    assert record.append("/keywords", "coffee") == "/keywords/1"
    trial = record.build()
    assert trial.design is not None
    assert trial.design.enrolment is not None
    assert (trial.design.enrolment.target, trial.design.enrolment.actual) == (None, 38)
    assert trial.design.allocation == "Randomized"
    assert trial.keywords == ["tea", "coffee"]


def test_registries_record_is_validated_as_a_whole(record: RecordBuilder) -> None:
    record.set("/status/value", "in full swing")
    with pytest.raises(ValidationError, match="status"):
        record.build()


def test_registries_record_notes_diagnostics(record: RecordBuilder) -> None:
    record.note("identifier_missing", pointer="/identifiers")
    record.note("unknown_value", pointer="/status", span=(1, 2), field="status", found="x")
    assert [finding.code for finding in record.build().diagnostics] == ["identifier_missing", "unknown_value"]
