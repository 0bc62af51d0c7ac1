"""Reading annotated and raw criteria for training, and what is kept out of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from parser.nlp.recogniser.spans import best_spans
from parser.nlp.recogniser.tags import TAGS
from parser.nlp.training.corpus import (
    AnnotatedText,
    Entity,
    Mention,
    flatten,
    is_held_out,
    lines_of,
    read_corpus,
    read_lines,
    split_held_out,
    trial_id,
    trials_in,
)
from parser.nlp.training.lessons import Reader, entities_of, gold_target, tags_of
from parser.nlp.training.raw_text import key, read_criteria, some

TEXT = "Stroke\r\n  Severe asthma \r\n\r\nAge 18-65"


def write(folder: Path, name: str, text: str, *mentions: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_bytes(text.encode())
    lines = [f"T{number}\t{mention}\tx" for number, mention in enumerate(mentions, 1)]
    (folder / f"{name}.ann").write_bytes(
        "\n".join([*lines, "R1\tHas_value Arg1:T1 Arg2:T2", "* OR T1 T2", ""]).encode()
    )


def test_nlp_training_corpus_counts_carriage_returns(tmp_path: Path) -> None:
    write(tmp_path, "NCT00000001_inc", TEXT, "Condition 0 6", "Qualifier 10 16", "Condition 17 23", "Value 32 37")
    [text] = read_corpus(tmp_path)
    assert (text.trial, text.text) == ("NCT00000001", TEXT)
    assert [text.text[slice(*mention.spans[0])] for mention in text.mentions] == ["Stroke", "Severe", "asthma", "18-65"]


def test_nlp_training_corpus_reads_lines_without_blanks_around(tmp_path: Path) -> None:
    write(tmp_path, "NCT00000001_inc", TEXT, "Condition 0 6", "Qualifier 10 16", "Condition 17 23", "Value 32 37")
    lines = read_lines(tmp_path)
    assert [line.text for line in lines] == ["Stroke", "Severe asthma", "Age 18-65"]
    assert [[line.text[entity.start : entity.end] for entity in line.entities] for line in lines] == [
        ["Stroke"],
        ["Severe", "asthma"],
        ["18-65"],
    ]


def test_nlp_training_corpus_leaves_out_labels_of_other_kinds_and_mentions_across_lines(tmp_path: Path) -> None:
    write(tmp_path, "NCT00000001_inc", TEXT, "Scope 0 6", "Condition 0 16", "Value 32 37")
    assert [line.entities for line in read_lines(tmp_path)] == [(), (), (Entity(4, 9, "Value"),)]


def test_nlp_training_corpus_says_when_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="brat"):
        read_lines(tmp_path)


@pytest.mark.parametrize(
    ("mentions", "flat"),
    [
        ([Mention("Condition", ((0, 5),)), Mention("Qualifier", ((0, 3),))], [Entity(0, 5, "Condition")]),
        ([Mention("Drug", ((0, 5),)), Mention("Condition", ((0, 5),))], [Entity(0, 5, "Condition")]),
        (
            [Mention("Condition", ((0, 4), (8, 12))), Mention("Drug", ((5, 9),))],
            [Entity(0, 4, "Condition"), Entity(5, 9, "Drug")],
        ),
        ([Mention("Value", ((0, 4),)), Mention("Value", ((4, 8),))], [Entity(0, 4, "Value"), Entity(4, 8, "Value")]),
        ([], []),
    ],
)
def test_nlp_training_corpus_flattens_longest_first_then_fragments(mentions: list[Mention], flat: list[Entity]) -> None:
    assert flatten(mentions) == flat


def test_nlp_training_corpus_holds_a_tenth_of_trials_out_whole() -> None:
    trials = [f"NCT{number:08}" for number in range(5_000)]
    share = sum(map(is_held_out, trials)) / len(trials)
    assert 0.08 < share < 0.12
    lines = [line for trial in trials[:100] for line in lines_of(AnnotatedText(trial, "one\ntwo", ()))]
    training, held_out = split_held_out(lines)
    assert {line.trial for line in training}.isdisjoint(line.trial for line in held_out)
    assert len(training) + len(held_out) == 200


@pytest.mark.parametrize(("name", "id"), [("NCT01234567_exc", "NCT01234567"), ("JPRN-UMIN1", "JPRN-UMIN1")])
def test_nlp_training_corpus_knows_a_trial_by_its_identifier(name: str, id: str) -> None:
    assert trial_id(name) == id


def rows(path: Path, *found: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")


def test_nlp_training_raw_text_leaves_out_what_is_evaluated_on(tmp_path: Path) -> None:
    held_out = next(f"NCT{number:08}" for number in range(1_000) if is_held_out(f"NCT{number:08}"))
    trained = next(f"NCT{number:08}" for number in range(1_000) if not is_held_out(f"NCT{number:08}"))
    write(tmp_path / "chia" / "train", f"{held_out}_inc", "Gout of the left foot")
    write(tmp_path / "chia" / "train", f"{trained}_inc", "Words")
    write(tmp_path / "chia" / "dev", "NCT90000001_exc", "Known rabies infection.")
    write(tmp_path / "lct" / "dev", "NCT90000002", "Words")
    rows(
        tmp_path / "eligibility_text" / "texts.jsonl",
        {"id": "NCT90000001", "text": "- Trial of the evaluation\n"},
        {"id": "NCT90000002", "text": "- Trial of the other evaluation\n"},
        {"id": held_out, "text": "- Trial that is held out\n"},
        {"id": trained, "text": "- Trial to train on\n- known RABIES infection\n- Gout of the left foot;\n"},
        {"id": "NCT90000003", "text": "- Extension of NCT90000001 in adults\n"},
        {"id": "NCT90000004", "text": "- Trial to train on\n- 年龄在十八岁以上的患者都可以\n"},
    )
    rows(
        tmp_path / "registries" / "ictrp_export" / "one.jsonl",
        {"TrialID": "X1", "other records": "", "Inclusion Criteria": "Adults with scurvy<br>Adults with beriberi"},
        {"TrialID": "X2", "other records": "NCT90000001", "Exclusion Criteria": "The same trial in another register"},
    )
    assert read_criteria(tmp_path) == ["Trial to train on", "Adults with scurvy", "Adults with beriberi"]


def test_nlp_training_raw_text_compares_letters_and_digits() -> None:
    assert key("Age ≥ 18 years.") == key("age 18 YEARS") != key("age 19 years")


def test_nlp_training_raw_text_some_is_a_fixed_choice_in_order() -> None:
    criteria = [f"criterion {number}" for number in range(100)]
    chosen = some(criteria, 10)
    assert len(chosen) == 10
    assert chosen == sorted(chosen, key=criteria.index)
    assert set(chosen) <= set(some(list(reversed(criteria)), 20))


def test_nlp_training_corpus_trials_of_a_missing_folder_are_none(tmp_path: Path) -> None:
    assert trials_in(tmp_path / "nothing") == set()


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Severe  asthma", [Entity(0, 6, "Qualifier"), Entity(8, 14, "Condition")]),
        ("HbA1c≥9%", [Entity(0, 5, "Measurement"), Entity(5, 8, "Value")]),
        ("", []),
    ],
)
def test_nlp_training_lessons_tags_lead_back_to_the_entities(text: str, entities: list[Entity]) -> None:
    [reading] = Reader()([text])
    [stretches] = best_spans([np.log(np.eye(len(TAGS), dtype=np.float32)[tags_of(reading, entities)] + 1e-6)])
    assert entities_of(reading, stretches) == entities


def test_nlp_training_lessons_targets_are_distributions() -> None:
    [line] = lines_of(AnnotatedText("t", "Severe asthma", (Mention("Condition", ((7, 13),)),)))
    [reading] = Reader()([line.text])
    target = gold_target(reading, line, 0.1).astype(float)
    assert target.sum(axis=1) == pytest.approx([1, 1], abs=0.01)
    [stretches] = best_spans([np.log(target).astype(np.float32)])
    assert entities_of(reading, stretches) == [Entity(7, 13, "Condition")]
