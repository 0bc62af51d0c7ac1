"""Listing pages of unknown sites: `fixtures/generic/sources`, and what each of them states, read by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from parser.errors import MultipleRecordsError, NotATrialError
from parser.models import Trial
from parser.reading import read
from parser.registries import read_trial
from parser.registries.generic.embedded import embedded_names


def _read(fixtures: Path, name: str) -> Trial:
    return read_trial(read((fixtures / "generic" / "sources" / name).read_bytes()))


def _brief(trial: Trial) -> dict[str, Any]:
    """Return the fields that the pages below differ in, in a short form."""
    age = trial.eligibility.age
    return {
        "title": trial.title,
        "ids": [one.value for one in trial.identifiers],
        "status": trial.status.value if trial.status else None,
        "phases": list(trial.design.phases) if trial.design else [],
        "conditions": [one.text for one in trial.conditions],
        "sponsor": trial.sponsor.name if trial.sponsor else None,
        "sex": trial.eligibility.sex,
        "age": (age.low, age.high, age.ucum) if age else None,
        "places": [(one.facility, one.city, one.country_code) for one in trial.locations],
        "dates": [(one.event, one.date.value if one.date else None) for one in trial.timeline],
        "text": (trial.eligibility.text or "").splitlines(),
        "halves": [part.kind for part in trial.eligibility.parts],
    }


PAGES: dict[str, dict[str, Any]] = {
    "hospital_headings.md": {
        "title": "Walking Speed After Knee Replacement With Guided Stair Training",
        "ids": ["ISRCTN48213365"],
        "status": "recruiting",
        "phases": [],
        "conditions": [],
        "sponsor": "Larkmoor Orthopaedic Hospital",
        "sex": None,
        "age": None,
        "places": [("Larkmoor Orthopaedic Hospital", "Norwich", "GB"), ("Fenwick Clinic", "Cork", "IE")],
        "dates": [("start", "2024-03-04"), ("completion", "2026-09")],
        "text": [
            "You can take part if",
            "- You are 50 years or older",
            "- You had a knee replacement 6 to 12 weeks ago",
            "- You can walk 10 metres",
            "  with or without a stick",
            "You cannot take part if",
            "- You have had a stroke",
            "- You have an infection of the operated knee:",
            "  - of the skin",
            "  - of the joint",
        ],
        "halves": ["inclusion", "exclusion"],
    },
    "registry_definition_list.html": {
        "title": "Low-dose Colchicine in Recurrent Pericardial Effusion",
        "ids": ["NCT05930217"],
        "status": "active_not_recruiting",
        "phases": ["2", "3"],
        "conditions": ["Pericardial effusion"],
        "sponsor": "Ostrava Heart Institute",
        "sex": "all",
        "age": (18, 80, "a"),
        "places": [],
        "dates": [
            ("first_submitted", "2023-06-12"),
            ("start", "2023-09"),
            ("primary_completion", "2026-12-31"),
            ("updated", None),
        ],
        "text": [
            "Inclusion Criteria:",
            "Recurrent pericardial effusion on echocardiography",
            "Written consent",
            "Exclusion Criteria:",
            "Creatinine clearance < 30 mL/min",
            "Pregnancy",
        ],
        "halves": ["inclusion", "exclusion"],
    },
    "register_two_columns.html": {
        "title": "Vitamin K2 for Bone Loss in Spinal Cord Injury",
        "ids": ["ACTRN12623000718639"],
        "status": "not_yet_recruiting",
        "phases": [],
        "conditions": ["Osteoporosis", "spinal cord injury"],
        "sponsor": "University of Wairau",
        "sex": "all",
        "age": (18, None, "a"),
        "places": [],
        "dates": [("registered", "2023-06-29"), ("start", None)],
        "text": [
            "Key inclusion criteria",
            "Spinal cord injury above T12",
            "Injury at least 6 months ago",
            "Key exclusion criteria",
            "Treatment with warfarin",
            "Metastatic cancer",
        ],
        "halves": ["inclusion", "exclusion"],
    },
    "plain_labels.txt": {
        "title": "Home dialysis with a wearable filter: a pilot trial",
        "ids": [],
        "status": "suspended",
        "phases": ["not_applicable"],
        "conditions": ["Kidney failure", "fluid overload"],
        "sponsor": "Halden Renal GmbH",
        "sex": "male",
        "age": (21, 70, "a"),
        "places": [("Halden Renal Unit", "Freiburg", "DE"), (None, "Basel", "CH")],
        "dates": [("first_posted", "2022-11-30"), ("completion", "2024-12")],
        "text": [
            "INCLUSION CRITERIA",
            "1. Dialysis for at least 3 months through",
            "   a tunnelled catheter",
            "2. Weight > 45 kg",
            "EXCLUSION CRITERIA",
            "1. Heart failure, NYHA class IV",
            "2. Life expectancy below 1 year",
        ],
        "halves": ["inclusion", "exclusion"],
    },
    "finder_boxes.html": {
        "title": "Gene Therapy for Hereditary Deafness in Toddlers",
        "ids": [],
        "status": "enrolling_by_invitation",
        "phases": ["1"],
        "conditions": [],
        "sponsor": "Corvane Biosciences Inc.",
        "sex": "all",
        "age": (12, 36, "mo"),
        "places": [("Corvane Research Site", "Austin", "US"), (None, "Lyon", "FR")],
        "dates": [],
        "text": [
            "Inclusion criteria",
            "• Two pathogenic variants of OTOF",
            "• Age: 12 months or older at dosing",
            "Exclusion criteria",
            "• Cochlear implant in both ears",
        ],
        "halves": ["inclusion", "exclusion"],
    },
    "charity_questions.html": {
        "title": "A trial looking at shorter radiotherapy after breast surgery",
        "ids": [],
        "status": "recruiting",
        "phases": [],
        "conditions": [],
        "sponsor": "Brackwater Cancer Trials Unit",
        "sex": None,
        "age": None,
        "places": [(None, "Leeds", "GB"), (None, "Cardiff", "GB")],
        "dates": [],
        "text": [
            "You may be able to join if:",
            "You are a woman aged 40 or over",
            "You had surgery for breast cancer",
            "You cannot join if:",
            "Your cancer has spread to another part of your body",
        ],
        "halves": ["inclusion", "exclusion"],
    },
    "bold_paragraphs.html": {
        "title": "Sleep hygiene lessons for shift workers with migraine",
        "ids": [],
        "status": "completed",
        "phases": [],
        "conditions": [],
        "sponsor": "Tolvane University College",
        "sex": "female",
        "age": (18, None, "a"),
        "places": [(None, "Tampere", "FI"), (None, "Umeå", "SE")],
        "dates": [("completion", "2021-01-15")],
        "text": [
            "Inclusion Criteria",
            "- Migraine on 4 or more days a month",
            "- Night shifts",
            "Exclusion Criteria",
            "- Sleep apnoea",
        ],
        "halves": ["inclusion", "exclusion"],
    },
    "capitals.txt": {
        "title": "INHALED HEPARIN FOR SMOKE INHALATION INJURY",
        "ids": ["NCT04472859"],
        "status": None,
        "phases": [],
        "conditions": [],
        "sponsor": None,
        "sex": "all",
        "age": (18, None, "a"),
        "places": [("Burn Centre Velden", "Linz", "AT")],
        "dates": [],
        "text": [
            "Inclusion Criteria:",
            " * Smoke inhalation confirmed by bronchoscopy",
            " * Intubated within the last 24 hours",
            "Exclusion Criteria:",
            " * Allergy to heparin",
        ],
        "halves": ["inclusion", "exclusion"],
    },
    "university_questions.html": {
        "title": "SPROUT: vitamin D drops for babies with eczema",
        "ids": ["ISRCTN60218847"],
        "status": "recruiting",
        "phases": [],
        "conditions": [],
        "sponsor": "Wetherleigh University Hospitals",
        "sex": None,
        "age": None,
        "places": [("Wetherleigh Children's Hospital", "Leeds", "GB"), ("St Aelred's Clinic", "Hull", "GB")],
        "dates": [("start", "2024-02-01"), ("completion", "2026-01")],
        "text": [
            "Your baby can take part if:",
            "they are between 3 and 9 months old",
            "they have eczema that a doctor has seen",
            "Your baby cannot take part if:",
            "they were born before 34 weeks",
            "they take vitamin D already",
        ],
        "halves": ["inclusion", "exclusion"],
    },
    "network_table.md": {
        "title": "Inhaled antibiotics at home after hospital (HARBOUR)",
        "ids": ["ACTRN12622000914774"],
        "status": "active_not_recruiting",
        "phases": ["3"],
        "conditions": ["Bronchiectasis", "Pneumonia"],
        "sponsor": "Northern Lung Network",
        "sex": "all",
        "age": (40, None, "a"),
        "places": [("Karaka Hospital", "Hamilton", "NZ"), ("Port Ellis Chest Clinic", "Hobart", "AU")],
        "dates": [("start", "2022-09"), ("completion", "2025-03-31")],
        "text": [
            "Main inclusion criteria",
            "1. Bronchiectasis on CT",
            "2. Two or more courses of antibiotics in the past 12 months",
            "Main exclusion criteria",
            "1. Cystic fibrosis",
            "2. Creatinine clearance < 30 mL/min",
        ],
        "halves": ["inclusion", "exclusion"],
    },
    "centre_json_ld.html": {
        "title": "Proton Versus Photon Radiotherapy for Thymoma",
        "ids": ["NCT06120487"],
        "status": "recruiting",
        "phases": ["2"],
        "conditions": [],
        "sponsor": "Cedar Gulch Cancer Center",
        "sex": "all",
        "age": None,
        "places": [("Cedar Gulch Cancer Center", "Tucson", "US")],
        "dates": [("start", "2024-03-03")],
        "text": [
            "Inclusion Criteria:",
            "Masaoka stage II or III thymoma",
            "ECOG performance status 0-1",
            "Exclusion Criteria:",
            "Previous chest radiotherapy",
        ],
        "halves": ["inclusion", "exclusion"],
    },
    "raw_copy.txt": {
        "title": "Heart Failure and Sleep: CPAP at Home",
        "ids": ["NL-OMON55120"],
        "status": "recruiting",
        "phases": [],
        "conditions": [],
        "sponsor": "Zeehoek Medical Center",
        "sex": "all",
        "age": (50, None, "a"),
        "places": [
            ("Zeehoek Medical Center", "Rotterdam", "NL"),
            ("Kempen Heart Clinic", "Eindhoven", "NL"),
        ],
        "dates": [("updated", "2025-05-14"), ("start", "2023-09"), ("completion", "2026-12-31")],
        "text": [
            "You can participate if you:",
            "• have heart failure (NYHA class II or III)",
            "• are 50 years of age or older",
            "You cannot participate if you:",
            "• use a sleep mask now",
            "• work night shifts",
        ],
        "halves": ["inclusion", "exclusion"],
    },
    "no_criteria.html": {
        "title": "Registry of rare liver tumours in children",
        "ids": ["DRKS00031147"],
        "status": "recruiting",
        "phases": [],
        "conditions": [],
        "sponsor": None,
        "sex": None,
        "age": None,
        "places": [],
        "dates": [],
        "text": [],
        "halves": [],
    },
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_registries_generic_reads_pages_of_any_markup(fixtures: Path, name: str) -> None:
    trial = _read(fixtures, name)
    assert trial.source.registry == "generic"
    assert _brief(trial) == PAGES[name]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_registries_generic_sections_tile_the_page(fixtures: Path, name: str) -> None:
    trial = _read(fixtures, name)
    assert trial.text is not None
    at = 0
    for section in trial.sections:
        start, end = section.span
        assert not trial.text[at:start].strip()
        assert trial.text[start:end] == section.text
        at = end
    assert not trial.text[at:].strip()


def test_registries_generic_summary_is_the_text_under_its_heading(fixtures: Path) -> None:
    summary = _read(fixtures, "hospital_headings.md").summary
    assert summary is not None
    assert summary.brief == (
        "Many people walk more slowly after a knee replacement. We want to find out whether guided training on stairs "
        "helps.\n\nThe training takes twelve weeks."
    )
    assert summary.origin is None


def test_registries_generic_reads_what_a_definition_list_labels(fixtures: Path) -> None:
    trial = _read(fixtures, "registry_definition_list.html")
    assert trial.scientific_title == (
        "A Randomised Trial of Colchicine 0.5 mg for Recurrent Pericardial Effusion in Adults"
    )
    assert trial.design is not None
    assert trial.design.study_type == "interventional"
    assert trial.design.enrolment is not None
    assert trial.design.enrolment.target == 1240
    assert [(one.type, one.name) for one in trial.interventions] == [("drug", "Colchicine")]
    assert trial.eligibility.healthy_volunteers is False
    assert trial.eligibility.age_groups == ["adult", "older_adult"]
    assert [step.kind for step in trial.timeline] == [None, "actual", "anticipated", None]
    assert [(one.label, one.value) for one in trial.extra] == [("Randomisation ratio", "2:1")]
    # 03/04/2025 has two readings on a site whose convention is not known.
    assert trial.absent["/timeline/3/date"] == "unparseable"
    assert [finding.code for finding in trial.diagnostics] == ["date_ambiguous"]


def test_registries_generic_reads_contacts_and_their_roles(fixtures: Path) -> None:
    office = _read(fixtures, "hospital_headings.md").contacts
    assert [(one.name, one.phone, one.email) for one in office] == [
        ("Study office", "01632 960 451", "stairs@larkmoor.example")
    ]
    investigator = _read(fixtures, "bold_paragraphs.html").contacts
    assert [(one.name, one.role) for one in investigator] == [("Ilse Marenholt", "Principal Investigator")]


def test_registries_generic_reads_countries_of_recruitment(fixtures: Path) -> None:
    countries = _read(fixtures, "register_two_columns.html").countries
    assert [(one.raw, one.country_code) for one in countries] == [("New Zealand", "NZ"), ("Korea (Republic of)", "KR")]


def test_registries_generic_says_why_a_value_is_missing(fixtures: Path) -> None:
    trial = _read(fixtures, "no_criteria.html")
    assert trial.absent["/sponsor"] == "explicit_not_reported"
    assert trial.absent["/eligibility/text"] == "not_on_page"
    assert [finding.code for finding in trial.diagnostics] == ["section_missing"]
    assert _read(fixtures, "register_two_columns.html").absent["/timeline/1/date"] == "explicit_not_reported"


@pytest.mark.parametrize("name", ["not_a_trial_grant.txt", "not_a_trial_recipe.html"])
def test_registries_generic_leaves_other_pages_alone(fixtures: Path, name: str) -> None:
    with pytest.raises(NotATrialError, match="Expected the page of one clinical trial"):
        _read(fixtures, name)


@pytest.mark.parametrize(
    "text",
    [
        "Inclusion Criteria:\n- Asthma\nExclusion Criteria:\n- Smoking\n",
        "# Inclusion criteria\n* Asthma\n# Exclusion criteria\n* Smoking\n",
        "<h2>Inclusion Criteria</h2><ul><li>Asthma</ul><h2>Exclusion Criteria</h2><ul><li>Smoking</ul>",
    ],
)
def test_registries_generic_reads_criteria_alone(text: str) -> None:
    trial = read_trial(read(text))
    words = [line.lstrip("-* ").rstrip(":").casefold() for line in (trial.eligibility.text or "").splitlines()]
    assert words == ["inclusion criteria", "asthma", "exclusion criteria", "smoking"]
    assert trial.title is None


def test_registries_generic_keeps_items_that_look_like_headings_among_the_criteria() -> None:
    text = (
        "Asthma in nurses\nEligibility\nInclusion Criteria\n- Locations\n- Sex: Female\nExclusion Criteria\n- Contact\n"
    )
    trial = read_trial(read(text + "Patients are seen twice.\n"))
    assert (trial.eligibility.text or "").splitlines() == [
        "Inclusion Criteria",
        "- Locations",
        "- Sex: Female",
        "Exclusion Criteria",
        "- Contact",
        "Patients are seen twice.",
    ]
    assert trial.eligibility.sex is None


def test_registries_generic_goes_on_with_the_criteria_after_a_field_among_them() -> None:
    text = "Asthma in nurses\nEligibility criteria\nSex: Female\nAge: 18 - 60 years\n- Patients with asthma\n- No tea\n"
    trial = read_trial(read(text))
    assert trial.eligibility.sex == "female"
    assert trial.eligibility.age is not None
    assert (trial.eligibility.text or "").splitlines() == ["- Patients with asthma", "- No tea"]


@pytest.mark.parametrize("name", ["several_with_criteria.html", "several_in_one_text.md"])
def test_registries_generic_refuses_pages_with_the_criteria_of_several_trials(fixtures: Path, name: str) -> None:
    with pytest.raises(MultipleRecordsError, match="found 2 with criteria of their own"):
        _read(fixtures, name)


def test_registries_generic_refuses_lists_of_trials_with_their_numbers(fixtures: Path) -> None:
    with pytest.raises(MultipleRecordsError, match="found a list of 3"):
        _read(fixtures, "several_overview.html")


@pytest.mark.parametrize(("name", "count"), [("not_a_trial_search.html", 3), ("not_a_trial_search.txt", 2)])
def test_registries_generic_tells_search_results(fixtures: Path, name: str, count: int) -> None:
    with pytest.raises(NotATrialError, match=f"search results with {count} of them"):
        _read(fixtures, name)


_CRITERIA = "Inclusion criteria\n- Gout\n- Age over 18\nExclusion criteria\n- Dialysis\n- Completed {}\n"
_ICE = "A trial of ice for gout attacks\nNCT06010101\n"


@pytest.mark.parametrize(
    "page",
    [
        # The numbers of one trial in two registers, and its secondary number.
        _ICE + "ISRCTN60218847\n" + _CRITERIA.format("tests"),
        # Another trial's number is in a criterion, in prose, or below the website's own heading.
        _ICE + _CRITERIA.format("NCT06020202"),
        _ICE + "Summary\nIt goes on from NCT06020202.\n" + _CRITERIA.format("x"),
        _ICE
        + _CRITERIA.format("x")
        + "Similar trials\nWarm water for gout NCT06020202\nCherries for gout NCT06030303\n",
        # The criteria of two parts of one trial.
        "# Ice for gout attacks in two steps\nNCT06010101\n## Part A of the trial with ice\n"
        + _CRITERIA.format("x")
        + "## Part B of the trial with water\n"
        + _CRITERIA.format("y"),
    ],
)
def test_registries_generic_takes_other_numbers_for_no_other_trial(page: str) -> None:
    trial = read_trial(read(page))
    assert trial.identifiers[0].value == "NCT06010101"


def test_registries_generic_takes_the_title_that_the_embedded_data_confirms(fixtures: Path) -> None:
    trial = _read(fixtures, "centre_json_ld.html")
    assert trial.title == "Proton Versus Photon Radiotherapy for Thymoma"
    # What is only in the embedded data is not on the page, and no value of the record.
    assert "schema.org" not in trial.to_json()


@pytest.mark.parametrize(
    ("data", "names"),
    [
        ('{"@type": "MedicalTrial", "name": "Ice for gout"}', ["Ice for gout"]),
        ('{"@graph": [{"@type": ["Thing", "https://schema.org/MedicalStudy"], "headline": "Ice"}]}', ["Ice"]),
        ('{"@type": "MedicalClinic", "name": "Larkmoor"}', []),
        ('{"@type": "MedicalTrial", "name": 7}', []),
        ('{"@type": "MedicalTrial", ', []),
        ("[" * 9000 + '"Medical"', []),
    ],
)
def test_registries_embedded_names_are_those_of_trials(data: str, names: list[str]) -> None:
    document = read(f'<script type="application/ld+json">{data}</script><p>Ice for gout</p>', format="html")
    assert document.page is not None
    assert embedded_names(document.page) == names


def test_registries_generic_reads_a_table_of_markdown_as_labels_with_values() -> None:
    page = "# Ice for gout attacks\n\n| Name | Value |\n|---|---|\n| Sex | Female |\n| Sponsor | Larkmoor Sons |\n"
    page += "| Odd | 2:1 |\n\nInclusion criteria\n\n- Gout\n\nExclusion criteria\n\n- Dialysis\n"
    trial = read_trial(read(page))
    assert trial.eligibility.sex == "female"
    assert trial.sponsor is not None
    assert trial.sponsor.name == "Larkmoor Sons"
    assert [(one.label, one.value) for one in trial.extra] == [("Odd", "2:1")]
    assert "".join("".join(one.text.split()) for one in trial.sections) == "".join((trial.text or "").split())


@pytest.mark.parametrize(
    "heading",
    [
        "Who can take part in our study?",
        "WHO IS THIS TRIAL FOR?",
        "Can I join the research?",
        "Eligibility at a glance",
    ],
)
def test_registries_generic_knows_questions_in_other_words(heading: str) -> None:
    page = f"Ice for gout attacks at home\n{heading}\n- Patients with gout\nWho pays for this project?\nLarkmoor Fund\n"
    trial = read_trial(read(page))
    assert trial.eligibility.text == "- Patients with gout"
    assert trial.sponsor is not None
    assert [one.name for one in trial.sponsor.funders] == ["Larkmoor Fund"]
