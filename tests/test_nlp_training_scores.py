"""Precision, recall and F1 of entities, against counts made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from parser.nlp.training.corpus import AnnotatedText, Entity, Mention
from parser.nlp.training.scores import Counts, intervals
from tests.evaluation.__main__ import main
from tests.evaluation.entities import count_mentions

STROKE, LONGER, DRUG = Entity(0, 6, "Condition"), Entity(0, 12, "Condition"), Entity(20, 27, "Drug")


def scores(gold: list[Entity], predicted: list[Entity]) -> tuple[float, float]:
    counts = Counts()
    counts.add(gold, predicted)
    found = counts.scores()
    return found["strict_f1"], found["overlap_f1"]


@pytest.mark.parametrize(
    ("gold", "predicted", "strict", "overlap"),
    [
        ([STROKE, DRUG], [STROKE, DRUG], 1.0, 1.0),
        ([STROKE], [LONGER], 0.0, 1.0),
        ([STROKE], [Entity(0, 6, "Drug")], 0.0, 0.0),
        ([STROKE, DRUG], [STROKE], 0.6667, 0.6667),
        ([LONGER], [STROKE, Entity(7, 12, "Condition")], 0.0, 0.6667),  # one gold entity is found once
        ([STROKE], [Entity(6, 12, "Condition")], 0.0, 0.0),  # they touch, and share no character
        ([STROKE], [], 0.0, 0.0),
        ([], [], 0.0, 0.0),
    ],
)
def test_nlp_training_scores(gold: list[Entity], predicted: list[Entity], strict: float, overlap: float) -> None:
    assert scores(gold, predicted) == (strict, overlap)


@pytest.mark.parametrize(
    ("gold", "predicted", "precision", "recall"),
    [
        ([STROKE, DRUG], [LONGER, DRUG], 1.0, 1.0),
        ([LONGER], [STROKE, Entity(7, 12, "Condition")], 1.0, 1.0),  # both halves are right
        ([STROKE, Entity(7, 12, "Condition"), DRUG], [LONGER, DRUG], 1.0, 1.0),
        ([STROKE], [Entity(0, 6, "Drug"), STROKE], 0.5, 1.0),
        ([STROKE, DRUG], [STROKE], 1.0, 0.5),
        ([], [STROKE], 0.0, 0.0),
    ],
)
def test_nlp_training_scores_relaxed(
    gold: list[Entity], predicted: list[Entity], precision: float, recall: float
) -> None:
    counts = Counts()
    counts.add(gold, predicted)
    found = counts.scores()
    assert (found["relaxed_precision"], found["relaxed_recall"]) == (precision, recall)


def test_nlp_training_scores_of_a_label() -> None:
    counts = Counts()
    counts.add([STROKE, DRUG], [STROKE, Entity(30, 33, "Drug")])
    assert counts.scores("Condition")["strict_f1"] == 1.0
    assert counts.scores("Drug")["strict_precision"] == counts.scores("Drug")["strict_recall"] == 0.0
    assert counts.scores()["strict_precision"] == 0.5


def test_nlp_training_scores_intervals_hold_the_score_and_are_fixed() -> None:
    parts = []
    for number in range(40):
        counts = Counts()
        counts.add([STROKE, DRUG], [STROKE] if number % 2 else [STROKE, DRUG])
        parts.append(counts)
    low, high = intervals(parts)["strict"]
    # 60 right of 80 gold and 60 predicted
    assert low < 120 / 140 < high
    assert intervals(parts) == intervals(parts)
    assert intervals(parts[1:2])["strict"] == (0.6667, 0.6667)


def test_nlp_training_scores_all_mentions_keep_gaps_and_overlaps() -> None:
    mentions = (
        Mention("Condition", ((0, 4), (8, 12))),
        Mention("Condition", ((0, 12),)),
        Mention("Drug", ((8, 12),)),
    )
    text = AnnotatedText("t", "x" * 20, mentions)
    counts = count_mentions(text, [Entity(0, 12, "Condition"), Entity(8, 12, "Drug")])
    assert (counts.gold.total(), counts.strict.total(), counts.overlap.total()) == (3, 2, 2)
    assert (counts.gold_met.total(), counts.predicted_met.total()) == (3, 2)


@pytest.mark.parametrize(
    "arguments",
    [[], ["entities"], ["nonsense", "."], ["entities", ".", "--model"], ["entities", ".", "model", "x"]],
)
def test_evaluation_wrong_arguments_are_a_usage_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "usage" in capsys.readouterr().err


def test_evaluation_entities_prints_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "NCT00000001_inc.txt").write_text("Treatment with metformin\n", encoding="utf-8")
    (tmp_path / "NCT00000001_inc.ann").write_text("T1\tDrug 15 24\tmetformin\n", encoding="utf-8")
    assert main(["entities", str(tmp_path)]) == 0
    assert '"strict_f1": 1.0' in capsys.readouterr().out
