"""Text damage: each repair undoes what it must, leaves genuine text alone, and keeps the way back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.text import TracedText, mended, mended_words, repairs_of


def _mended(source: str) -> str:
    return mended(TracedText.of(source)).text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        # References, once and twice escaped; what is none stays.
        ("life &lt;7 days", "life <7 days"),
        ("&amp;lt;= 2", "<= 2"),
        ("the patient&apos;s &#8805; 6 &#x2265;", "the patient's ≥ 6 ≥"),
        ("5&nbsp;mg", "5\u00a0mg"),
        ("R&D and AT&T; &nosuch; &#0; &#xD800;", "R&D and AT&T; &nosuch; &#0; &#xD800;"),
        ("one&#xD;&#xA;two", "one\ntwo"),
        # Office's escapes of characters that XML cannot hold.
        ("one;_x000D_\ntwo_x000D_three", "one;\ntwo\nthree"),
        ("one;_x000D_<br>two", "one;\ntwo"),
        ("tab_x0009_stop_x0002_", "tab\tstop"),
        # Genuine comparators are no tags.
        ("life expectancy <7 days", "life expectancy <7 days"),
        ("x < 5 and y > 6", "x < 5 and y > 6"),
        ("score <the guide value> of 3", "score <the guide value> of 3"),
        ("if p <b and c> d", "if p <b and c> d"),
        # Tags.
        ("one<br>two<br/>three<BR />four", "one\ntwo\nthree\nfour"),
        ("one <br/ ><br>two", "one\ntwo"),
        ("one<br><br>two", "one\n\ntwo"),
        ("one\n<br>\ntwo", "one\ntwo"),
        ("<p>One.</p><p class='x'>Two.</p>", "One.\n\nTwo."),
        ("Any of:<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>then", "Any of:\none\ntwo\n  deep\nthen"),
        ("<b>Age</b> of <i>E. coli</i>", "Age of E. coli"),
        # A power must not run into its base.
        ("10<sup>9</sup>/L and kg/m<sup>2</sup>", "10^9/L and kg/m2"),
        # Mojibake of Windows-1252, Latin-1 and Mac Roman, also twice.
        ("â‰¥6 and 37Â°C", "≥6 and 37°C"),
        ("Ã¢â‚¬â„¢s", "’s"),
        ("caf\u00c3\u00a9 \u00e2\u0080\u0093", "café –"),
        ("H√¥pital M√©diterran√©e ‚Ä¢ 200√ó10 ¬±5", "Hôpital Méditerranée • 200×10 ±5"),
        ("√Ç¬±1 hour", "±1 hour"),
        ("TGF-Î² and 5 Î¼g", "TGF-β and 5 μg"),
        # A byte was lost; its place tells.
        ("aged √¢?¬• 18 and √¢?¬§ 65", "aged ≥ 18 and ≤ 65"),
        ("Inclusion: √¢?¬¢Adults", "Inclusion: •Adults"),
        ("Alzheimer?s", "Alzheimer?s"),
        # Symbol fonts.
        ("\uf0b7 Time\n\uf0a7 Age", "• Time\n• Age"),
        ("volume of \uf0b35.0 and \uf03e20, \uf0a3 7", "volume of ≥5.0 and >20, ≤ 7"),
        ("\uf0fc ticked", "• ticked"),
        # What shows nothing.
        ("allo¬graft in¬ves¬ti-ga¬tor ther\u00adapy zero\u200bwidth", "allograft investi-gator therapy zerowidth"),
        ("¬ not and 5 ¬ 6", "¬ not and 5 ¬ 6"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        # Markdown.
        (r"\<7 days, m\^2, 5 \* 3", "<7 days, m^2, 5 * 3"),
        (r"\<br\>", "<br>"),
        (
            "nothing to mend: ≥ 18, 3–4, naïve, “quoted”, Ærø, 50 %",
            "nothing to mend: ≥ 18, 3–4, naïve, “quoted”, Ærø, 50 %",
        ),
    ],
)
def test_text_repair_undoes_damage(source: str, text: str) -> None:
    assert _mended(source) == text
    assert mended_words(source) == text


@pytest.mark.parametrize(
    "genuine",
    [
        "die FPÖ“ und der Fuß“",
        "LE CAFÉ»",
        "Maßnahme, große Übergröße",
        "AUC(0–∞), √2, ¬A",
        "d’évaluer l’efficacité",
        "Âge, Île, Ïle, âge",
        "σ², µ, α-β",
        "œuvre, Œdème",
    ],
)
def test_text_repair_leaves_genuine_text_alone(genuine: str) -> None:
    assert _mended(genuine) == genuine
    assert repairs_of(TracedText.of(genuine)) == ()


def test_text_repair_keeps_a_soft_hyphen_before_a_letter_apart_from_mojibake() -> None:
    assert _mended("Ma¬ßnahme") == "Maßnahme"


def test_text_repair_reports_mojibake() -> None:
    (repair,) = repairs_of(TracedText.of("â‰¥6, â‰¥7 and Â±1"))
    assert (repair.kind, repair.found) == ("mojibake", ("â‰¥", "Â±"))


def test_text_repair_leads_back_to_the_damaged_words() -> None:
    source = "Age&nbsp;â‰¥ 18<br>SpO2 &lt; 93%"
    traced = mended(TracedText.of(source))
    assert traced.text == "Age\u00a0≥ 18\nSpO2 < 93%"
    for word, damaged in (("≥", "â‰¥"), ("\n", "<br>"), ("<", "&lt;"), ("SpO2 < 93", "SpO2 &lt; 93")):
        at = traced.text.index(word)
        span = traced.source_span(at, at + len(word))
        assert span is not None
        assert source[slice(*span)] == damaged


# What people write: letters of several scripts, digits, comparators; none of the signs that mojibake is made of.
_GENUINE = st.text(st.sampled_from("abcXYZ äöüßéèñçøæåÅÆ αβγµ Ωж入选 0123456789 .,;:()-–—’“”%°±≥≤<=\n"), max_size=80)


@given(_GENUINE)
def test_text_repair_undoes_any_utf_8_read_as_another_encoding(text: str) -> None:
    """A repaired text never holds less than was written: either the damage is undone, or it stays as it is."""
    damaged = text.encode().decode("latin-1")
    repaired = _mended(damaged)
    for character in "äöüßéè≥≤–—°±µ":
        if character in text:
            assert character in repaired


@given(_GENUINE)
def test_text_repair_is_the_identity_on_genuine_text(text: str) -> None:
    assert _mended(text) == text


@given(st.text(max_size=200))
def test_text_repair_takes_any_text_and_leads_back(text: str) -> None:
    traced = mended(TracedText.of(text))
    covered = 0
    for run in traced.runs:
        assert covered <= run.start < run.start + run.length <= len(traced.text)
        assert 0 <= run.source <= run.source + run.source_length <= len(text)
        covered = run.start + run.length


_PIECES = [
    "<br>",
    "&lt;",
    "&amp;",
    "lt;",
    "_x000D_",
    "\r",
    "\n",
    " ",
    "√©",
    "â‰¥",
    "¬",
    "a",
    "7",
    "<",
    ">",
    "<p>",
    "<li>",
    "</ul>",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map("".join))
def test_text_repair_loses_no_word(source: str) -> None:
    kept = _mended(source)
    assert kept.count("7") == source.count("7")
    assert kept.count("é") == source.count("√©")


@pytest.mark.parametrize(
    "unit",
    [" ", "\r", "<br>", " <br> ", "&amp;", "<p ", "<a b=", "&", "√", "â‰", "_x000D_", "\\", "<ul><li>", "¬a", "&lt;"],
)
def test_text_repair_takes_linear_time(unit: str) -> None:
    # Eight times the text; quadratic time would be sixty-four times as long.
    assert _seconds(unit, 80_000) < 24 * _seconds(unit, 10_000) + 0.2


def _seconds(unit: str, length: int) -> float:
    """CPU seconds of mending a text that is full of one unit; the best of three, for other work disturbs."""
    source = unit * (length // len(unit)) + "<&"
    rounds: list[float] = []
    for _ in range(3):
        began = time.process_time()
        _mended(source)
        rounds.append(time.process_time() - began)
    return min(rounds)
