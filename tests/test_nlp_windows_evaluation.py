"""The evaluations of times and denials: what they count, and the floors that may only rise."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.evaluation import attachment, negation, windows

TEXT = "Stroke within 6 months, no asthma\nAge 18\nDiabetes for at least 2 years\n"


def annotated(folder: Path) -> Path:
    """Write a text with two gold times and a denial."""

    def place(words: str) -> str:
        start = TEXT.index(words)
        return f"{start} {start + len(words)}\t{words}"

    lines = [
        f"T1\tCondition {place('Stroke')}",
        f"T2\tTemporal {place('within 6 months')}",
        f"T3\tNegation {place('no')}",
        f"T4\tCondition {place('asthma')}",
        f"T5\tCondition {place('Diabetes')}",
        f"T6\tTemporal {place('for at least 2 years')}",
        "R1\tHas_temporal Arg1:T1 Arg2:T2",
        "R2\tHas_negation Arg1:T4 Arg2:T3",
        "R3\tHas_temporal Arg1:T5 Arg2:T6",
    ]
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    (folder / "one.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_evaluation_windows_counts_lengths_and_pairs(tmp_path: Path) -> None:
    measured = windows.evaluate(annotated(tmp_path))
    assert (measured["gold_lengths"], measured["found"], measured["right"]) == (2, 1.0, 1.0)
    assert measured["right_by_label"] == {"window": 1, "duration": 1, "washout": 0}
    assert measured["attached"]["gold_pairs"] == 2
    assert measured["attached"]["f1"] == 1.0


def test_evaluation_negation_counts_cues_and_flags(tmp_path: Path) -> None:
    measured = negation.evaluate(annotated(tmp_path))
    assert (measured["cues_found"], measured["cues_on_gold"]) == (1.0, 1.0)
    assert measured["flag_gold_cues"]["f1"] == measured["flag_own_cues"]["f1"] == 1.0
    assert measured["attached"]["gold_pairs"] == 1


@pytest.mark.parametrize(
    ("words", "lengths"),
    [
        ("within 6 months", ["6M"]),
        ("one year (12 months)", ["1Y"]),
        ("2-4 weeks", ["2W", "4W"]),
        ("28 days or 5 half-lives", ["28D", "5half-lives"]),
        ("history of", []),
    ],
)
def test_evaluation_windows_reads_lengths_of_its_own(words: str, lengths: list[str]) -> None:
    assert windows.lengths_in(words) == Counter(lengths)


@pytest.fixture(scope="module")
def floors() -> dict[str, Any]:
    text = (Path(__file__).parent / "evaluation" / "floors.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def test_evaluation_attachment_stays_above_its_floors(shared_data: Path, floors: dict[str, Any]) -> None:
    corpus = shared_data / floors["attachment"]["corpus"]
    if not corpus.is_dir():
        pytest.skip(f"no corpus {corpus.name}")
    measured = attachment.evaluate(corpus)
    for kind in ("time", "negation", "value"):
        assert measured[kind]["f1"] >= floors["attachment"][kind], kind
        assert measured[kind]["f1"] > measured[kind]["nearest_f1"], kind


def test_evaluation_negation_stays_above_its_floor(shared_data: Path, floors: dict[str, Any]) -> None:
    corpus = shared_data / floors["negation"]["corpus"]
    if not corpus.is_dir():
        pytest.skip(f"no corpus {corpus.name}")
    assert negation.evaluate(corpus)["flag_gold_cues"]["f1"] >= floors["negation"]["flag_gold_cues"]


def test_evaluation_windows_stay_above_their_floors(shared_data: Path, floors: dict[str, Any]) -> None:
    corpus = shared_data / floors["windows"]["corpus"]
    if not corpus.is_dir():
        pytest.skip(f"no corpus {corpus.name}")
    measured = windows.evaluate(corpus)
    for name in ("found", "right"):
        assert measured[name] >= floors["windows"][name], name
