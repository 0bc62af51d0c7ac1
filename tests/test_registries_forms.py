"""Labels and values in lists and tables: where a value ends."""

from __future__ import annotations

import pytest

import parser

_PAGE = """<html><body><h1>Warm baths for stiff hands in scleroderma</h1>
<table>
<tr><th>Sponsor</th><td>Hospital of the Hill</td></tr>
{between}
<tr><th>Gender</th><td>All</td></tr>
</table>
<h2>Eligibility criteria</h2><h3>Inclusion criteria</h3><ul><li>Patients with scleroderma</li></ul>
</body></html>"""


@pytest.mark.parametrize(
    "between",
    [
        "<tr><th>Mascot</th><td>a heron</td></tr>",
        "</table><p>Printed on recycled paper</p><table>",
        "<tr><td>Ward</td><td>Beds</td><td>Nurses</td></tr>",
        "</table><h2>Visitors</h2><p>Come by bus</p><table>",
    ],
    ids=["unknown label", "paragraph", "row", "heading"],
)
def test_sections_value_ends_where_its_cell_ends(between: str) -> None:
    trial = parser.parse(_PAGE.format(between=between), rules=False)
    assert trial.sponsor is not None
    assert trial.sponsor.name == "Hospital of the Hill"
    kept = trial.model_dump(include={"sponsor", "contacts", "locations", "status"})
    for words in ("heron", "recycled", "Nurses", "bus"):
        assert words not in str(kept)


def test_sections_unlabelled_lines_stay_out_of_a_list_of_outcomes() -> None:
    page = """<html><body><h1>Warm baths for stiff hands in scleroderma</h1><dl>
    <dt>Primary outcome</dt><dd>Grip strength</dd></dl><p>Share this page with a friend of yours</p>
    <h2>Eligibility criteria</h2><p>Patients with scleroderma</p></body></html>"""
    trial = parser.parse(page, rules=False)
    assert [outcome.measure for outcome in trial.outcomes] == ["Grip strength"]


def test_sections_list_items_in_a_cell_belong_to_its_value() -> None:
    page = """<html><body><h1>Warm baths for stiff hands in scleroderma</h1><dl>
    <dt>Inclusion criteria</dt><dd><p>All of these:</p><ul><li>Scleroderma</li><li>Stiff hands</li></ul></dd>
    <dt>Exclusion criteria</dt><dd>Patients with open wounds</dd></dl></body></html>"""
    trial = parser.parse(page, rules=False)
    assert trial.eligibility.text is not None
    for words in ("All of these:", "Scleroderma", "Stiff hands", "open wounds"):
        assert words in trial.eligibility.text
