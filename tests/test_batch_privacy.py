"""Records without people: nothing that leads to one stays, and places stay right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import parser
from parser.batch import without_contacts
from parser.models.trial import pointer_target

PAGE = """Gout in Adults
Launched by DR. JANE ROE · Mar 17, 2025
Trial Information
Current as of June 26, 2025
Recruiting
ClinConnect Summary
Questions are answered by Jane Roe, jane.roe@example.org.
Eligibility criteria
- Inclusion Criteria:
- • Able to write to jane.roe@example.org
- • Patients with gout, seen by Jane Roe
- Exclusion Criteria:
- • Pregnancy
Contacts
Jane Roe
Principal Investigator at Example Hospital
Locations
Chongqing, Chongqing, China
Patients applied
Timeline
"""


def test_batch_privacy_covers_names_and_addresses_wherever_they_stand() -> None:
    before = parser.parse(PAGE, rules=False)
    assert before.contacts[0].name == "Jane Roe"
    trial = without_contacts(parser.parse(PAGE, rules=False))
    assert trial.contacts[0].name is None
    assert trial.contacts[0].affiliation == before.contacts[0].affiliation
    assert trial.absent["/contacts/0/name"] == "redacted"
    assert "/contacts/0/name" not in trial.provenance
    assert "example.org" not in trial.to_json()
    assert trial.summary is not None
    assert trial.summary.brief == "Questions are answered by ████████, ████████████████████."
    # Words of criteria are not searched for names: they may be the same by chance.
    assert [one.text for one in trial.eligibility.criteria][1] == "Patients with gout, seen by Jane Roe"


def test_batch_privacy_keeps_every_place() -> None:
    before = parser.parse(PAGE, rules=False)
    trial = without_contacts(parser.parse(PAGE, rules=False))
    assert trial.text is not None
    assert before.text is not None
    assert len(trial.text) == len(before.text)
    assert set(before.provenance) - set(trial.provenance) == {"/contacts/0/name"}
    for pointer, place in trial.provenance.items():
        assert place == before.provenance[pointer]
        assert pointer_target(trial, pointer) is not None or pointer in trial.absent


def test_batch_privacy_of_real_records_leaves_nobody(shared_data: Path) -> None:
    paths = sorted((shared_data / "registries" / "ctgov_v2_json").glob("*.json"))
    paths += sorted((shared_data / "registries" / "drks_json").glob("*.json"))
    people = 0
    for path in paths:
        before = parser.parse_file(path, rules=False)
        contacts = [*before.contacts, *(place.contact for place in before.locations if place.contact)]
        trial = without_contacts(before.model_copy(deep=True))
        data = json.loads(trial.to_json())
        for part in ("eligibility", "publications", "provenance"):
            data.pop(part, None)
        said = json.dumps(data, ensure_ascii=False)
        for contact in contacts:
            for value in (contact.email, contact.name if contact.name and " " in contact.name else None):
                if value:
                    people += 1
                    assert value not in said
    assert people > 20


@pytest.mark.parametrize("name", ["Jane (Roe", "a.*b c", "Jane\nRoe Doe"])
def test_batch_privacy_takes_names_as_they_are(name: str) -> None:
    trial = parser.parse(PAGE, rules=False)
    trial.contacts[0].name = name
    trial.title = f"Gout, by {name.splitlines()[-1]}"
    found = without_contacts(trial)
    assert found.title == "Gout, by " + "█" * len(name.splitlines()[-1])
