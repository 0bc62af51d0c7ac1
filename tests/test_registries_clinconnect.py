"""ClinConnect pages: the variants that its pages come in, each written here by hand."""

from __future__ import annotations

from typing import Any

import pytest

from parser.models import Trial
from parser.models.trial import pointer_target
from parser.reading import read
from parser.registries import read_trial

HEADER = """\
Ketogenic Diet for Refractory Epilepsy in Children
Launched by ORLA CHILDREN'S HOSPITAL · Feb 3, 2024
Trial Information
Current as of March 9, 2025
Recruiting
Keywords
"""
SUMMARY = """\
ClinConnect Summary
A diet rich in fat is compared with the usual diet.
"""
ELIGIBILITY = """\
Gender
ALL
Eligibility criteria
- Inclusion Criteria:
- • Seizures despite two drugs
- Exclusion Criteria:
- • Diabetes \\<1 year
"""
ABOUT = """\
About Orla Children's Hospital
Orla Children's Hospital treats children from the whole island.
"""
CONTACTS = """\
Contacts
Maeve Tully
Neurology at Orla Children's Hospital
"""
LOCATIONS = """\
Locations
Galway, Connacht, Ireland
"""
TAIL = """\
Patients applied
Timeline
First submit
Trial launched
Trial updated
Estimated completion
Not reported
"""
PARTS = (HEADER, SUMMARY, ELIGIBILITY, ABOUT, CONTACTS, LOCATIONS, TAIL)


def _read(text: str, **options: Any) -> Trial:
    return read_trial(read(text), registry="clinconnect", **options)


def _page(**changed: str) -> str:
    parts = {"header": HEADER, "summary": SUMMARY, "eligibility": ELIGIBILITY, "about": ABOUT, "contacts": CONTACTS}
    parts |= {"locations": LOCATIONS, "tail": TAIL} | changed
    return "".join(parts.values())


def _same_but_for_places(trial: Trial) -> dict[str, Any]:
    """Return a record without spans, page text and hash, and its sections sorted."""
    record = trial.model_dump(exclude={"text", "source", "provenance", "sections", "diagnostics"})
    record["eligibility"].pop("map")
    record["codes"] = sorted(finding.code for finding in trial.diagnostics)
    record["kinds"] = sorted(section.kind for section in trial.sections)
    return record


def test_registries_clinconnect_reads_a_whole_page() -> None:
    trial = _read(_page())
    assert trial.title == "Ketogenic Diet for Refractory Epilepsy in Children"
    assert trial.sponsor is not None
    assert (trial.sponsor.name, trial.sponsor.raw) == ("Orla Children's Hospital", "ORLA CHILDREN'S HOSPITAL")
    assert trial.eligibility.text == (
        "Inclusion Criteria:\n• Seizures despite two drugs\nExclusion Criteria:\n• Diabetes <1 year"
    )
    # The contact's affiliation is the sponsor, so nothing is suspected of it.
    codes = [finding.code for finding in trial.diagnostics]
    assert codes == ["launched_meaning_unclear", "identifier_missing", "value_owner_unclear"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_page().replace("\n", "\r\n"), id="CRLF"),
        pytest.param(_page().replace("\n", "\u00a0\n"), id="NBSP at the ends of lines"),
        pytest.param("\ufeff" + _page().rstrip("\n"), id="mark at the start, no final line break"),
        pytest.param(_page().replace("\n", "\n\n"), id="blank lines"),
        pytest.param(_page().replace("\n", "\n   "), id="indented"),
        pytest.param("".join(reversed(PARTS)), id="sections reversed"),
        pytest.param("".join((TAIL, LOCATIONS, HEADER, ELIGIBILITY, CONTACTS, SUMMARY, ABOUT)), id="sections shuffled"),
        pytest.param("".join((ELIGIBILITY, ABOUT, HEADER, TAIL, SUMMARY, LOCATIONS, CONTACTS)), id="shuffled again"),
    ],
)
def test_registries_clinconnect_reads_the_same_however_the_page_is_laid_out(text: str) -> None:
    assert _same_but_for_places(_read(text)) == _same_but_for_places(_read(_page()))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Not yet recruiting", "not_yet_recruiting"),
        ("Active, not recruiting", "active_not_recruiting"),
        ("Enrolling by invitation", "enrolling_by_invitation"),
        ("Suspended", "suspended"),
        ("Terminated", "terminated"),
        ("Withdrawn", "withdrawn"),
        ("Unknown status", "unknown"),
        ("Completed", "completed"),
        ("Trial completed", "completed"),
    ],
)
@pytest.mark.parametrize("above", ["Trial Information\n", "Current as of March 9, 2025\n", "Keywords\n"])
def test_registries_clinconnect_finds_the_status_anywhere_in_the_header(line: str, value: str, above: str) -> None:
    header = HEADER.replace("Recruiting\n", "").replace(above, f"{above}{line}\n")
    status = _read(_page(header=header)).status
    assert status is not None
    assert (status.value, status.raw) == (value, line)


def test_registries_clinconnect_has_no_status_where_the_page_has_none() -> None:
    trial = _read(_page(header=HEADER.replace("Recruiting\n", "")))
    assert trial.status is None
    assert trial.absent["/status"] == "not_on_page"


@pytest.mark.parametrize("words", ["epilepsy\nketogenic diet", "epilepsy, ketogenic diet", "Epilepsy · x"])
def test_registries_clinconnect_reads_keywords_in_lines_or_between_commas(words: str) -> None:
    trial = _read(_page(header=f"{HEADER}{words}\n"))
    expected = ["Epilepsy · x"] if "·" in words else ["epilepsy", "ketogenic diet"]
    assert trial.keywords == expected
    assert "/keywords" not in trial.absent


@pytest.mark.parametrize(
    ("line", "low", "high"),
    [("18 - 65 years", 18, 65), ("18+", 18, None), ("Over 18", 18, None), ("Up to 17 Years", None, 17)],
)
def test_registries_clinconnect_reads_ages_near_the_gender(line: str, low: int | None, high: int | None) -> None:
    trial = _read(_page(eligibility=ELIGIBILITY.replace("ALL\n", f"FEMALE\n{line}\n")))
    assert trial.eligibility.sex == "female"
    age = trial.eligibility.age
    assert age is not None
    assert (age.low, age.high, age.ucum) == (low, high, "a")
    assert age.low_inclusive is (None if low is None else line != "Over 18")
    assert "/eligibility/age" not in trial.absent
    assert trial.eligibility.text == _read(_page()).eligibility.text


def test_registries_clinconnect_keeps_ages_among_the_criteria_there() -> None:
    eligibility = ELIGIBILITY.replace("- • Seizures", "- • Age: 2-12 years old\n- Gender: any\n- • Seizures")
    trial = _read(_page(eligibility=eligibility))
    assert trial.eligibility.age is None
    assert trial.eligibility.sex == "all"
    assert "Age: 2-12 years old" in (trial.eligibility.text or "")
    assert "Gender: any" in (trial.eligibility.text or "")


def test_registries_clinconnect_reads_locations_with_and_without_facility() -> None:
    lines = """\
Locations
Orla Children's Hospital, Galway, Connacht, Ireland
Rochester, Minnesota, United States
Mayo Clinic, Rochester, Minnesota, 55905, United States
Boston Children's Hospital
Boston, Massachusetts, United States
Seoul, , Korea, Republic of
Singapore, Singapore
Lyon, France (Recruiting)
Berlin, Germany · 0 participants
Atlantis
"""
    trial = _read(_page(locations=lines))
    found = [(place.facility, place.city, place.region, place.country_code) for place in trial.locations]
    assert found == [
        ("Orla Children's Hospital", "Galway", "Connacht", "IE"),
        (None, "Rochester", "Minnesota", "US"),
        ("Mayo Clinic", "Rochester", "Minnesota", "US"),
        ("Boston Children's Hospital", "Boston", "Massachusetts", "US"),
        (None, "Seoul", None, "KR"),
        (None, "Singapore", None, "SG"),
        (None, "Lyon", None, "FR"),
        (None, "Berlin", None, "DE"),
        (None, None, None, None),
    ]
    status = trial.locations[6].status
    assert status is not None
    assert (status.value, status.raw) == ("recruiting", "Recruiting")
    assert trial.locations[7].raw == "Berlin, Germany · 0 participants"
    unknown = [finding for finding in trial.diagnostics if finding.code == "unknown_value"]
    assert [finding.pointer for finding in unknown] == ["/locations/8"]


def test_registries_clinconnect_reads_hundreds_of_locations() -> None:
    lines = "Locations\n" + "".join(f"Town {number}, Texas, United States\n" for number in range(400))
    trial = _read(_page(locations=lines))
    assert len(trial.locations) == 400
    assert {place.region for place in trial.locations} == {"Texas"}


def test_registries_clinconnect_reads_several_contacts() -> None:
    lines = """\
Contacts
Maeve Tully
Neurology at Orla Children's Hospital
Ivo Brandl
Dietitian
Nora Lund, Director at Skerry Institute
+353 91 555 0199
nora@skerry.example
"""
    contacts = _read(_page(contacts=lines)).contacts
    assert [(one.name, one.affiliation, one.phone, one.email) for one in contacts] == [
        ("Maeve Tully", "Neurology at Orla Children's Hospital", None, None),
        ("Ivo Brandl", "Dietitian", None, None),
        ("Nora Lund", "Director at Skerry Institute", "+353 91 555 0199", "nora@skerry.example"),
    ]


def test_registries_clinconnect_suspects_only_contacts_that_name_neither_sponsor_nor_site() -> None:
    lines = "Contacts\nMaeve Tully\nNeurology at Orla Children's Hospital\nJo Pine\nVirology at Saltmarsh Institute\n"
    findings = _read(_page(contacts=lines)).diagnostics
    suspects = [finding.pointer for finding in findings if finding.code == "contact_boilerplate_suspect"]
    assert suspects == ["/contacts/1"]


def test_registries_clinconnect_reads_the_number_of_patients_who_applied() -> None:
    trial = _read(_page(tail=TAIL.replace("Patients applied\n", "Patients applied\n12\n")))
    assert [(extra.label, extra.value) for extra in trial.extra] == [("Patients applied", "12")]
    assert "/extra/0/value" not in trial.absent


def test_registries_clinconnect_reads_a_timeline_with_a_date_on_every_line() -> None:
    tail = """\
Patients applied
Timeline
First submit
Jan 5, 2024
Trial launched
February 3, 2024
Trial updated
Not reported
Estimated completion
Mar 2027
"""
    trial = _read(_page(tail=tail))
    steps = [(step.event, step.date.value if step.date else None) for step in trial.timeline]
    assert steps == [
        ("launched", "2024-02-03"),
        ("as_of", "2025-03-09"),
        ("first_submitted", "2024-01-05"),
        ("launched", "2024-02-03"),
        ("updated", None),
        ("completion", "2027-03"),
    ]
    assert trial.absent["/timeline/4/date"] == "explicit_not_reported"
    assert "value_owner_unclear" not in [finding.code for finding in trial.diagnostics]


def test_registries_clinconnect_notes_a_missing_eligibility_block() -> None:
    trial = _read(_page(eligibility=""))
    assert trial.eligibility.text is None
    assert trial.absent["/eligibility/text"] == "not_on_page"
    findings = [finding for finding in trial.diagnostics if finding.code == "section_missing"]
    assert [finding.pointer for finding in findings] == ["/eligibility/text"]


def test_registries_clinconnect_reads_pages_without_about_section() -> None:
    trial = _read(_page(about=""))
    assert trial.sponsor is not None
    assert (trial.sponsor.name, trial.sponsor.about) == ("Orla Children's Hospital", None)
    assert "sponsor" not in {section.kind for section in trial.sections}


def test_registries_clinconnect_ends_the_criteria_at_the_sponsors_name_only() -> None:
    eligibility = ELIGIBILITY + "About one in ten is seen twice\n- • Hearing loss\n"
    trial = _read(_page(eligibility=eligibility))
    assert (trial.eligibility.text or "").endswith("About one in ten is seen twice\n• Hearing loss")


def test_registries_clinconnect_splits_sponsor_and_date_at_the_last_separator() -> None:
    header = HEADER.replace("ORLA CHILDREN'S HOSPITAL", "ORLA · CHILDREN - UNIT")
    trial = _read(_page(header=header, about=""))
    assert trial.sponsor is not None
    assert trial.sponsor.raw == "ORLA · CHILDREN - UNIT"
    assert trial.timeline[0].date is not None


def test_registries_clinconnect_reads_labelled_and_unlabelled_design() -> None:
    header = (
        HEADER + "Conditions\nEpilepsy, Drug-resistant epilepsy\nInterventions\nOther: Ketogenic diet\nPhase\nPhase 2\n"
    )
    trial = _read(_page(header=header.replace("Recruiting\n", "Recruiting\nInterventional\n")))
    assert [one.text for one in trial.conditions] == ["Epilepsy", "Drug-resistant epilepsy"]
    assert [(one.type, one.name) for one in trial.interventions] == [("other", "Ketogenic diet")]
    assert trial.design is not None
    assert (trial.design.phases, trial.design.study_type) == (["2"], "interventional")
    assert trial.sections[0].kind == "header"
    assert trial.sections[1].kind == "summary"


def test_registries_clinconnect_takes_the_identifier_from_the_address() -> None:
    url = "https://clinconnect.example/trial/NCT05930217"
    trial = _read(_page(), url=url)
    assert [(one.scheme, one.value, one.role) for one in trial.identifiers] == [("nct", "NCT05930217", "primary")]
    assert trial.provenance["/identifiers/0/value"].path == "/source/url"
    assert "identifier_missing" not in [finding.code for finding in trial.diagnostics]


def test_registries_clinconnect_takes_no_identifier_from_the_criteria() -> None:
    eligibility = ELIGIBILITY + "- • Participation in NCT05930217\n"
    trial = _read(_page(eligibility=eligibility))
    assert trial.identifiers == []
    assert trial.absent["/identifiers"] == "not_on_page"


def test_registries_clinconnect_leaves_the_websites_own_lines_out_of_the_fields() -> None:
    above = "We use cookies.\nHome\nLocations\nContacts\nLog in\n"
    below = "Related trials\nAnother Trial of Diets\nPrivacy policy\n© 2025 ClinConnect\n"
    trial = _read(above + _page() + below)
    assert _same_but_for_places(trial) | {"kinds": []} == _same_but_for_places(_read(_page())) | {"kinds": []}
    assert trial.sections[0].text.startswith("We use cookies.")
    assert trial.sections[-1].text.startswith("Related trials")


def test_registries_clinconnect_sections_tile_the_page_and_values_point_into_it() -> None:
    text = _page()
    trial = _read(text)
    assert trial.text == text
    assert "\n".join(section.text for section in trial.sections) == text.rstrip("\n")
    assert all(text[slice(*section.span)] == section.text for section in trial.sections)
    for pointer in ("/title", "/contacts/0/name", "/locations/0/city", "/timeline/0/date", "/eligibility/sex"):
        value, span = pointer_target(trial, pointer), trial.provenance[pointer].span
        assert span is not None
        words = getattr(value, "raw", value)
        assert text[slice(*span)].casefold() == words.casefold()
