"""Scopes, roles, flags, markers, spans, segments and diagnostics of outlines, and the example page in its forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from parser.models import Criterion, Part
from parser.outline import Outline, outline

EXAMPLE = Path(__file__).parent.parent / "fixtures" / "clinconnect" / "sources" / "clinconnect_sepsis.txt"

EXAMPLE_INCLUSION = [
    "Age: 0-65 years old, diagnosed with sepsis",
    "Clinical diagnosis of sepsis (based on Sepsis 3.0 International Guidelines)",
    "Confirmed or suspected infection",
]
EXAMPLE_EXCLUSION = [
    "Violation of medical ethics",
    "Significant confounding factors likely to bias study outcomes",
    "Poor adherence to the study protocol",
    "Concurrent participation in other clinical trials",
]
EXAMPLE_CONDITIONS = [
    "History of chronic enteritis, neuropsychiatric disorders, or transplantation (bone marrow, lung, liver, pancreas, "
    "or small intestine)",
    "Severe primary diseases affecting survival (e.g., life-limiting hepatic, renal, or endocrine disorders) or "
    "psychiatric disorders",
    "History of hypersensitivity or severe adverse reactions to biological products",
    "Imminent terminal status (e.g., septic shock, life expectancy <7 days)",
    "Foreseeable risk of medical errors or disputes during hospitalization",
    "Active drug-resistant infections",
    "History of malignancy at screening",
    "Pregnancy, lactation, or plans for pregnancy within the next year",
]


def example_text() -> str:
    """The eligibility lines of the example page: 13 to 30, the page's own `- ` and the backslash taken off."""
    lines = EXAMPLE.read_text(encoding="utf-8").split("\n")[12:30]
    return "\n".join(line.removeprefix("- ") for line in lines).replace("\\<", "<")


def written(bullet: str, head: str, child: str, indent: str = "") -> str:
    """The example's content in another layout."""
    numbered = (child.format(number) + words for number, words in enumerate(EXAMPLE_CONDITIONS, start=1))
    lines = ["Inclusion Criteria:", *(indent + bullet + words for words in EXAMPLE_INCLUSION)]
    lines += ["Exclusion Criteria:", *(indent + bullet + words for words in EXAMPLE_EXCLUSION)]
    lines += [indent + head + "Specific medical conditions:", *(2 * indent + words for words in numbered)]
    return "\n".join(lines)


def shape(criteria: list[Criterion]) -> list[tuple[str, str, str, str]]:
    return [(one.id, one.kind, one.role, one.text) for top in criteria for one in top.walk()]


def expected_shape() -> list[tuple[str, str, str, str]]:
    rows = [(f"inclusion.{n}", "inclusion", text) for n, text in enumerate(EXAMPLE_INCLUSION, start=1)]
    rows += [(f"exclusion.{n}", "exclusion", text) for n, text in enumerate(EXAMPLE_EXCLUSION, start=1)]
    rows.append(("exclusion.5", "exclusion", "Specific medical conditions:"))
    rows += [(f"exclusion.5.{n}", "exclusion", text) for n, text in enumerate(EXAMPLE_CONDITIONS, start=1)]
    return [(path, kind, "rule", text) for path, kind, text in rows]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(example_text(), id="as on the page"),
        pytest.param(written("", "", "", indent="  "), id="nested HTML"),
        pytest.param(written("* ", "* ", "* ", indent="  "), id="nested Markdown"),
        pytest.param(written("- ", "- ", "- {}. "), id="dashes"),
        pytest.param(written("", "", "{}. "), id="no bullets"),
        pytest.param(written("", "", ""), id="no bullets and no numbers"),
        pytest.param(written("• ", "* ", "• "), id="no numbers"),
    ],
)
def test_outline_example_has_one_tree_in_every_layout(text: str) -> None:
    assert shape(outline(text).criteria) == expected_shape()


def test_outline_example_keeps_markers_as_written() -> None:
    found = outline(example_text())
    head = found.criteria[-1]
    assert [one.marker for one in found.criteria] == ["•"] * 7 + ["*"]
    assert [child.marker for child in head.criteria] == [f"• {number}." for number in range(1, 9)]
    assert found.diagnostics == []


def test_outline_spans_are_words_without_marker_and_children() -> None:
    text = "Inclusion Criteria:\n  1.  Head:\n     - A  b\n"
    head = outline(text).criteria[0]
    assert text[slice(*head.span)] == "Head:"
    assert text[slice(*head.criteria[0].span)] == "A  b"
    assert head.criteria[0].text == "A b"


def test_outline_bullet_after_numbered_children_closes_the_group() -> None:
    text = "Exclusion Criteria:\n• A\n* Conditions:\n• 1. B\n• 2. C\n• D\n"
    assert [one[0] for one in shape(outline(text).criteria)] == [
        "exclusion.1",
        "exclusion.2",
        "exclusion.2.1",
        "exclusion.2.2",
        "exclusion.3",
    ]


def test_outline_unnumbered_items_under_a_head_are_ambiguous() -> None:
    text = "Inclusion Criteria:\n* A\n* At least 1 of the following criteria:\n* B\n* C"
    found = outline(text)
    head = found.criteria[1]
    assert head.flags == ["nesting_ambiguous"]
    assert [child.text for child in head.criteria] == ["B", "C"]
    assert [(one.code, one.pointer, one.span) for one in found.diagnostics] == [
        ("nesting_ambiguous", "/eligibility/criteria/1", head.span)
    ]


def test_outline_diagnostics_point_into_nested_criteria() -> None:
    text = "Inclusion Criteria:\n1. A\n2. B:\n   * C\n   * One of the following:\n   * D\n"
    assert [one.pointer for one in outline(text).diagnostics] == ["/eligibility/criteria/1/criteria/1"]


def test_outline_deeper_items_are_not_ambiguous() -> None:
    text = "Inclusion Criteria:\n* One of the following:\n  * B\n  * C\n* D"
    found = outline(text)
    assert found.diagnostics == []
    assert [len(one.criteria) for one in found.criteria] == [2, 0]


@pytest.mark.parametrize(
    ("line", "scope"),
    [
        ("Part A, B and C:", ("part", "Part A, B and C", ["A", "B", "C"])),
        ("Part B:", ("part", "Part B", ["B"])),
        ("Cohort 2 (TNBC):", ("cohort", "Cohort 2 (TNBC)", ["2"])),
        ("For women:", ("group", "For women", [])),
        ("Donors:", ("group", "Donors", [])),
        ("Healthy volunteers:", ("group", "Healthy volunteers", [])),
        ("Pre-operative:", ("period", "Pre-operative", [])),
        ("Arm 1:", ("arm", "Arm 1", ["1"])),
        ("Phase 2:", ("phase", "Phase 2", ["2"])),
        ("**Group A**:", ("group", "Group A", ["A"])),
    ],
)
def test_outline_scope_heading_limits_what_follows(line: str, scope: tuple[str, str, list[str]]) -> None:
    found = outline(f"Inclusion Criteria:\n{line}\n* A\n  * B\nExclusion Criteria:\n* C")
    inclusion, exclusion = found.criteria
    assert inclusion.scope is not None
    assert (inclusion.scope.type, inclusion.scope.text, inclusion.scope.ids) == scope
    assert inclusion.criteria[0].scope == inclusion.scope
    assert exclusion.scope is None


@pytest.mark.parametrize(
    ("heading", "kind", "scope"),
    [
        ("Donor Inclusion Criteria:", "inclusion", ("group", "Donor", [])),
        ("Recipient Exclusion Criteria:", "exclusion", ("group", "Recipient", [])),
        ("Exclusion criteria for controls", "exclusion", ("group", "controls", [])),
        ("Inclusion Criteria (Part A):", "inclusion", ("part", "Part A", ["A"])),
        (
            "Inclusion criteria at Screening Visit (Visit 1):",
            "inclusion",
            ("period", "Screening Visit (Visit 1)", ["1"]),
        ),
        ("Inclusion Criteria for the Main Study:", "inclusion", ("part", "Main Study", [])),
        ("Exclusion criteria for all patients:", "exclusion", None),
        ("Inclusion criteria for this study:", "inclusion", None),
    ],
)
def test_outline_heading_may_carry_a_scope(heading: str, kind: str, scope: tuple[str, str, list[str]] | None) -> None:
    (criterion,) = outline(f"{heading}\n* A").criteria
    assert criterion.kind == kind
    found = criterion.scope and (criterion.scope.type, criterion.scope.text, criterion.scope.ids)
    assert found == scope


def test_outline_heading_for_all_parts_ends_a_scope() -> None:
    found = outline("Inclusion Criteria:\nPart A:\n* A\nAll 3 parts of Study:\n* B")
    assert [one.scope and one.scope.text for one in found.criteria] == ["Part A", None]


@pytest.mark.parametrize(
    ("title", "scope"), [("Sepsis cohort:", "Sepsis cohort"), ("[Caregiver]", "Caregiver"), ("TREATMENT", "TREATMENT")]
)
def test_outline_title_above_headings_holds_for_both(title: str, scope: str) -> None:
    text = f"{title}\nInclusion Criteria:\n* Adults\nExclusion Criteria:\n* COPD\n"
    assert [one.scope and one.scope.text for one in outline(text).criteria] == [scope, scope]


def test_outline_abbreviation_above_a_heading_is_a_criterion() -> None:
    found = outline("Exclusion Criteria:\nStroke\nCOPD\nInclusion Criteria:\nAdults")
    assert [one.text for one in found.criteria] == ["Stroke", "COPD", "Adults"]


def test_outline_topic_in_a_heading_is_no_scope() -> None:
    (criterion,) = outline("Indication-specific inclusion criteria:\n* A").criteria
    assert (criterion.kind, criterion.scope) == ("inclusion", None)


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Other protocol-defined inclusion/exclusion criteria may apply", "boilerplate"),
        ("Other protocol defined Inclusion/Exclusion criteria may apply.", "boilerplate"),
        ("Further exclusion criteria apply.", "boilerplate"),
        ("N/A", "boilerplate"),
        ("None", "boilerplate"),
        ("See protocol", "boilerplate"),
        ("F.1.2 Adults (18-64 years) yes", "boilerplate"),
        ("Are the trial subjects under 18? no", "boilerplate"),
        ("Healthy volunteers allowed", "permission"),
        ("Accepts healthy volunteers", "permission"),
        ("Note: chemotherapy is given before", "note"),
        ("Other malignancy", "rule"),
        ("None of the above drugs within 4 weeks", "rule"),
        ("Healthy volunteers aged 18 or older", "rule"),
        ("Prior radiotherapy is allowed", "rule"),
    ],
)
def test_outline_roles(line: str, role: str) -> None:
    found = outline(f"Inclusion Criteria:\n* Adults\n* {line}")
    assert found.criteria[1].role == role
    kinds = {segment.kind for segment in found.segments if segment.span == found.criteria[1].span}
    assert kinds == {"boilerplate" if role == "boilerplate" else "unstructured"}


def test_outline_boilerplate_at_the_end_of_a_criterion_is_cut_off() -> None:
    text = "Exclusion Criteria:\n* Blood transfusion Other protocol-defined inclusion/exclusion criteria may apply"
    found = outline(text)
    assert [(one.text, one.role) for one in found.criteria] == [
        ("Blood transfusion", "rule"),
        ("Other protocol-defined inclusion/exclusion criteria may apply", "boilerplate"),
    ]


def test_outline_pdq_sections_are_inclusion_inferred() -> None:
    text = (
        "\n        DISEASE CHARACTERISTICS:\n\n          -  Stage IV disease\n\n        PATIENT CHARACTERISTICS:\n\n"
        "        Age\n\n          -  18 and over\n\n        Performance status\n\n          -  ECOG 0-1\n\n"
        "          -  Not pregnant\n"
    )
    found = outline(text)
    assert [one[:2] + one[3:] for one in shape(found.criteria)] == [
        ("inclusion.1", "inclusion", "Stage IV disease"),
        ("inclusion.2", "inclusion", "Age"),
        ("inclusion.2.1", "inclusion", "18 and over"),
        ("inclusion.3", "inclusion", "Performance status"),
        ("inclusion.3.1", "inclusion", "ECOG 0-1"),
        ("inclusion.3.2", "inclusion", "Not pregnant"),
    ]
    assert all(one.flags == ["kind_inferred"] for top in found.criteria for one in top.walk())
    assert [(one.code, one.pointer) for one in found.diagnostics] == [
        ("kind_inferred", "/eligibility/criteria/0"),
        ("kind_inferred", "/eligibility/criteria/1"),
    ]


def test_outline_paragraph_is_no_head_of_the_list_after_it() -> None:
    text = "\n        Inclusion Criteria:\n\n        Provision of consent\n\n          -  A\n\n          -  B\n"
    assert [one[0] for one in shape(outline(text).criteria)] == ["inclusion.1", "inclusion.2", "inclusion.3"]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Inclusion Criteria:\n* Adults\n* Fever of more than 38 degrees and", [[], ["truncated"]]),
        ("Inclusion Criteria:\n* Adults\n* Fever that has lasted for ...\n", [[], ["truncated"]]),
        ("Inclusion Criteria:\n* Adults\n* Hepatitis A", [[], []]),
        ("Inclusion Criteria:\n* Adults and\n* Fever", [[], []]),
    ],
)
def test_outline_text_that_breaks_off_is_flagged(text: str, flags: list[list[str]]) -> None:
    assert [one.flags for one in outline(text).criteria] == flags


def test_outline_given_kind_holds_until_a_heading() -> None:
    found = outline("A\nInclusion criteria:\nB", kind="exclusion")
    assert [one.id for one in found.criteria] == ["exclusion.1", "inclusion.1"]


def test_outline_parts_have_their_own_kind() -> None:
    text = "Inclusion criteria: Adults\n\nPregnancy\nStroke"
    start = text.index("Pregnancy")
    parts = [
        Part(kind="inclusion", span=(0, start - 2), path="/a"),
        Part(kind="exclusion", span=(start, len(text)), path="/b"),
    ]
    found = outline(text, parts=parts)
    assert [(one.id, one.text) for one in found.criteria] == [
        ("inclusion.1", "Adults"),
        ("exclusion.1", "Pregnancy"),
        ("exclusion.2", "Stroke"),
    ]


def test_outline_nothing_is_joined_across_parts() -> None:
    text = "Adults with\nsepsis"
    parts = [Part(kind="inclusion", span=(0, 11), path="/a"), Part(kind="exclusion", span=(12, 18), path="/b")]
    assert [one.text for one in outline(text, parts=parts).criteria] == ["Adults with", "sepsis"]


def test_outline_segments_name_headings_markers_and_words() -> None:
    text = "- Inclusion Criteria:\n- • A\n-----\n"
    found: Outline = outline(text)
    assert [(one.kind, text[slice(*one.span)]) for one in found.segments] == [
        ("marker", "-"),
        ("heading", "Inclusion Criteria:"),
        ("marker", "- •"),
        ("unstructured", "A"),
        ("marker", "-----"),
    ]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\r\n"])
def test_outline_of_blank_text_is_empty(text: str) -> None:
    assert outline(text) == Outline([], [], [])
