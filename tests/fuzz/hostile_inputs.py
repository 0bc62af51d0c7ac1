"""Hypothesis strategies for input that no one meant to be read: broken, hostile, spliced together from real layouts."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

from parser.errors import InputError
from parser.models import Limits
from parser.reading import read

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


def effort(examples: int) -> settings:
    """Return settings for so many examples a run, and as many times more as the profile asks for more than 100."""
    return settings(max_examples=max(1, examples * settings.default.max_examples // 100), deadline=None)


#: What patterns trip over: brackets that never close, runs, marks that show nothing, halves of escapes and tags.
TRAPS = (
    "( ) ((( ))) [ ] { } < > << ≥ ≤ = ± ~ ^ | \\ \\\\ \\< * ** _ # & && &amp; &lt; &#60; &#x &#xD; &nbsp; <br> <br/ "
    "</p> <p <!-- --> <![CDATA[ ]]> : :: ; ;; , ,, . .. ... … ? ! / // - -- – — • ·  ' \" “ ” ‘ ’ % %% ° × ÷ µ ½ ² "
    "₂ 10^ 10^9 10*9/L 1,000 1,000,000 1.5.2 .5 5. 0 00 -1 1e9 1e999 99999999999999999999 1/2 1/0 1-2-3 18-65 65-18 "
    "1:2 ¼ ① Ⅳ ٣ १ IV iv i. I. a) (a) 1) 1. 1.1. 1.1.1 0-0 II-I â‰¥ Ã© â€¢ ï»¿ _x000D_ \ufffd \ufeff \u200b \u200d "
    "\u202e \u2066 \xad \x00 \x07 \x1b \x7f \x85 \u2028 \u2029 \u00a0 \u3000 İ ß ﬁ ŉ ǰ 中 。 ； （ ） 岁 𝟙 👩‍👩‍👧 "
    "e\u0301\u0301 ULN LLN ULN/LLN mg mg/ /mg mg/dL/dL kg/m2 P1Y NaN inf null None true"
).split(" ")
RUNS = st.builds(
    lambda unit, times: unit * times,
    st.sampled_from(["(", ")", " ", "\t", "\n", "9", "9.", "1-", "- ", "• ", "a", "a ", "A.", ", ", "≥", "\\", "no "]),
    st.integers(2, 300),
)
#: Words that the grammar of criteria turns on.
CUES = (
    "not no without never unless except other than excluding if then only when either or and nor and/or both "
    "neither all any each at least one of the following two or more none history of known suspected confirmed "
    "documented active current prior previous past planned ongoing stable severe acute chronic within before after "
    "prior to during for since until from to between less than greater than more than up to over under below above "
    "at screening randomization enrollment first dose baseline diagnosis days weeks months years hours half-lives "
    "5 half-lives whichever is longer ULN normal x times upper limit grade stage class score ECOG NYHA AST ALT "
    "bilirubin creatinine clearance hemoglobin platelets HbA1c BMI QTc EGFR HER2 PD-L1 positive negative mutation "
    "wild type age aged years old 18 65 male female women men pregnant breastfeeding childbearing potential "
    "contraception patients subjects participants who have had with cancer asthma sepsis diabetes chemotherapy "
    "surgery metformin aspirin allergy hypersensitivity intolerance to willing able to informed consent e.g. i.e. "
    "such as including defined as due to secondary to according to based on by must should may is allowed are "
    "excluded mother father child infant donor partner smoking alcohol hospitalized"
).split(" ")
_letters = st.text(st.characters(), max_size=6)
words = st.one_of(st.sampled_from(CUES), st.sampled_from(CUES), st.sampled_from(TRAPS), RUNS, _letters)


@cache
def pages() -> tuple[bytes, ...]:
    """Every document among the fixtures, in their order."""
    return tuple(path.read_bytes() for path in sorted(FIXTURES.glob("*/sources/*")))


@cache
def lines() -> tuple[str, ...]:
    """The lines of those that are pages."""
    found: dict[str, None] = {}
    for data in pages():
        try:
            page = read(data, limits=Limits()).page
        except InputError:
            continue
        found.update(dict.fromkeys(page.text.split("\n") if page else ()))
    return tuple(found)


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """Some words in a row out of a page's line."""
    parts = re.split(r"(?<=\s)", draw(st.sampled_from(lines())))
    begin = draw(st.integers(0, len(parts) - 1))
    return "".join(parts[begin : begin + draw(st.integers(1, 12))])


phrases = st.lists(st.one_of(pieces(), words, words), min_size=1, max_size=8).map(" ".join)

MARKERS = ["", "- ", "* ", "• ", "-", "1. ", "2) ", "(a) ", "b. ", "iii. ", "1.1 ", "1.2.3 ", "   - ", "\t* ", "      "]
HEADINGS = [
    "Inclusion Criteria:",
    "Exclusion Criteria:",
    "INCLUSION CRITERIA",
    "Key exclusion criteria",
    "- Inclusion Criteria:",
    "Cohort A:",
    "Part 2 only",
    "DISEASE CHARACTERISTICS:",
    "For patients with diabetes:",
    "Any of the following:",
    "At least two of the following criteria:",
    "No evidence of the following:",
    "Inclusion criteria: age over 18 Exclusion criteria: none",
]
_line = st.one_of(
    st.builds("{}{}".format, st.sampled_from(MARKERS), phrases),
    st.builds("{}{}:".format, st.sampled_from(MARKERS), phrases),
    st.sampled_from(lines()),
    st.sampled_from(HEADINGS),
)
_breaks = st.sampled_from(["\n", "\n", "\n", "\n\n", "\r\n", "\r", " ", "\u2028", "\x0b", "\n  "])
#: Texts of criteria: headings, lists at any depth, runs of words that are no sentence.
criteria = st.lists(st.tuples(_line, _breaks), min_size=1, max_size=14).map(
    lambda rows: "".join(line + end for line, end in rows)
)

_TAGS = (
    "p b i ul ol li table tr td th dl dt dd div span br h1 h2 pre script style svg title body html head frameset "
    "noscript template select option a sup form input textarea"
).split()
_tag = st.one_of(
    st.sampled_from(_TAGS).map("<{}>".format),
    st.sampled_from(_TAGS).map("</{}>".format),
    st.builds('<{} style="display:none" hidden {}>'.format, st.sampled_from(_TAGS), phrases),
)
markup = st.lists(st.one_of(_tag, _tag, phrases, st.sampled_from(lines())), max_size=40).map("".join)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A document of the fixtures with stretches cut out, doubled, moved, or overwritten."""
    data = draw(st.sampled_from(pages()))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 400)))
        new = draw(
            st.one_of(
                st.binary(max_size=8),
                st.sampled_from(TRAPS).map(lambda trap: trap.encode()),
                RUNS.map(lambda run: run.encode()),
                phrases.map(lambda phrase: phrase.encode("utf-8", "surrogatepass")),
                st.just(data[at:end] * 2),
                st.just(data[end : end + end - at] + data[at:end]),
            )
        )
        data = data[:at] + new + data[end:]
    return data


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252", "cp1251", "cp932", "euc-jp", "gb18030"]
_recoded = st.builds(lambda text, name: text.encode(name, "ignore"), criteria, st.sampled_from(ENCODINGS))
#: Bytes of any kind of document, and of none.
documents = st.one_of(
    damaged(),
    damaged(),
    _recoded,
    st.binary(max_size=200),
    markup.map(lambda text: text.encode("utf-8", "surrogatepass")),
)
