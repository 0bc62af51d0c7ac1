"""The network that learns and the one that runs do the same sums; without the extra, a hint what to install."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from parser.nlp.recogniser.network import Network, Words
from parser.nlp.recogniser.spans import best_spans
from parser.nlp.training.__main__ import main
from parser.nlp.training.corpus import AnnotatedText, Entity, Mention, lines_of
from parser.nlp.training.lessons import Reader, entities_of, gold_target

META = {"minn": 3, "maxn": 5, "hash_count": 2}
SETTINGS = {
    "word_width": 8,
    "affix_width": 4,
    "shape_width": 4,
    "hidden_width": 16,
    "dropout": 0.1,
    "word_dropout": 0.1,
    "batch": 4,
    "rate": 0.01,
    "weight_decay": 0.0,
    "average": 0.9,
    "epochs": 150,
    "checks": 2,
}
#: Made up for the test: each word means one thing.
TEXTS = {
    "severe asthma": (Mention("Qualifier", ((0, 6),)), Mention("Condition", ((7, 13),))),
    "treatment with metformin": (Mention("Drug", ((15, 24),)),),
    "no stroke": (Mention("Negation", ((0, 2),)), Mention("Condition", ((3, 9),))),
    "asthma or stroke": (Mention("Condition", ((0, 6),)), Mention("Condition", ((10, 16),))),
}


def test_nlp_training_student_learns_and_runs_the_same_in_numpy() -> None:
    pytest.importorskip("torch")
    from parser.nlp.training import student

    lines = [line for text, mentions in TEXTS.items() for line in lines_of(AnnotatedText("t", text, mentions))]
    readings = list(Reader()(line.text for line in lines))
    lessons = [student.Lesson(r.text, gold_target(r, line, 0.0)) for r, line in zip(readings, lines, strict=True)]
    table = np.random.default_rng(0).normal(scale=0.3, size=(200, 8)).astype(np.float32)
    lexicon = student.Lexicon([reading.text for reading in readings], table, META)
    said: list[str] = []
    model = student.train(
        student.Student(table.copy(), SETTINGS, 1),
        lessons,
        SETTINGS,
        seed=1,
        check=lambda _: len(said),
        lexicon=lexicon,
        report=said.append,
    )
    scores = student.predict(model, [reading.text for reading in readings], lexicon)
    found = [entities_of(reading, row) for reading, row in zip(readings, best_spans(scores), strict=True)]
    assert found == [list(line.entities) for line in lines]
    assert found[0] == [Entity(0, 6, "Qualifier"), Entity(7, 13, "Condition")]

    scores = Network(model.weights(), META).scores([reading.text for reading in readings])
    batch = student.make_batch([reading.text for reading in readings], lexicon)
    expected = model(batch).log_softmax(-1).detach().numpy()
    for at, row in enumerate(scores):
        # the weights that are kept have 11 bits
        np.testing.assert_allclose(row, expected[: len(row), at], atol=0.05)


def test_nlp_training_student_is_the_same_from_the_same_seed_and_from_its_weights() -> None:
    pytest.importorskip("torch")
    from parser.nlp.training.student import Student

    table = np.zeros((20, 8), dtype=np.float32)
    first, same, other = (Student(table.copy(), SETTINGS, seed) for seed in (3, 3, 4))
    for name, weight in first.weights().items():
        np.testing.assert_array_equal(same.weights()[name], weight)
    assert any((other.weights()[name] != weight).any() for name, weight in first.weights().items())
    other.set_weights(first.weights())
    for name, weight in first.weights().items():
        np.testing.assert_array_equal(other.weights()[name], weight)


def test_nlp_training_student_average_is_the_mean_of_the_last_steps() -> None:
    pytest.importorskip("torch")
    from parser.nlp.training.student import Average, Student

    model = Student(np.zeros((20, 8), dtype=np.float32), SETTINGS, 0)
    bias = model.out.bias.detach()
    bias.fill_(1.0)
    average = Average(model, 0.5)
    expected = 1.0
    # what was there before counts 1/10, then 2/11, 3/12, so that the beginning is soon forgotten
    for number, share in ((8.0, 1 / 10), (4.0, 2 / 11), (2.0, 3 / 12)):
        bias.fill_(number)
        average.take(model)
        expected = share * expected + (1 - share) * number
    assert average.model.out.bias.tolist() == pytest.approx([expected] * len(bias))
    # and never more than the decay
    for _ in range(20):
        average.take(model)
    bias.fill_(1.0)
    average.take(model)
    assert average.model.out.bias.tolist() == pytest.approx([0.5 * 2.0 + 0.5 * 1.0] * len(bias), abs=1e-3)


def test_nlp_training_command_without_the_extra_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    assert main([str(tmp_path), "-o", str(tmp_path / "model"), "--work", str(tmp_path / "work")]) == 2
    assert "trial-parser[train]" in capsys.readouterr().err
    assert not (tmp_path / "work").exists()


def test_nlp_training_recipe_says_every_setting() -> None:
    from spacy.util import load_config

    recipe = load_config(Path(sys.modules["parser.nlp.training"].__file__ or "").with_name("recipe.cfg"))
    assert set(recipe) == {"vectors", "masked", "teachers", "silver", "student"} | {
        "student_of_gold",
        "student_going_on",
    }
    assert set(SETTINGS) <= set(recipe["student"])
    turns = recipe["silver"]["turns"]
    assert len(turns) == len(recipe["silver"]["limits"]) == len(recipe["student"]["epochs"]) - 1
    assert set(recipe["student"]["going_on"]) <= set(range(1, len(turns) + 1))


def test_nlp_training_words_of_nothing_are_none() -> None:
    assert [reading.text for reading in Reader()([""])] == [Words([], [])]
