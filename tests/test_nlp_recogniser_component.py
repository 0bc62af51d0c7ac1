"""The component in a pipeline: ours, and one of a user's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import parser
from parser.nlp.recogniser.component import packaged
from parser.nlp.recogniser.tags import LABELS
from parser.nlp.training.corpus import Entity
from parser.nlp.training.scores import Counts
from tests.evaluation.entities import entities, evaluate
from tests.one_line_entities import read_marked

FLOORS = json.loads((Path(__file__).parent / "evaluation" / "floors.json").read_text(encoding="utf-8"))["entities"]
MODEL = Path(parser.__file__).parent / "nlp" / "model"
CRITERION = "Severe  renal impairment (eGFR<30 mL/min) within 3 months"


@pytest.fixture(scope="module")
def own() -> Language:
    """A pipeline that a user makes of registered names."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "trial_tokenizer.v1"}}})
    nlp.add_pipe("trial_recogniser")
    return nlp


def found(nlp: Language, text: str) -> list[tuple[str, str]]:
    return [(entity.text, entity.label_) for entity in nlp(text).ents]


def test_nlp_recogniser_component_serves_a_pipeline_of_a_user_s_own(own: Language) -> None:
    assert found(own, "Allergy to metformin")[-1] == ("metformin", "Drug")


def test_nlp_recogniser_component_is_in_ours_and_can_be_left_out() -> None:
    assert "trial_recogniser" in parser.load_nlp().pipe_names
    assert "trial_recogniser" not in parser.load_nlp(model=None).pipe_names


def test_nlp_recogniser_component_gives_many_texts_what_it_gives_each(own: Language) -> None:
    texts = [CRITERION, "", "   ", "Pregnant women", "\n", "Stroke"] * 20
    many = [[(entity.text, entity.label_) for entity in doc.ents] for doc in own.pipe(texts)]
    assert many == [found(own, text) for text in texts]
    assert [doc.text for doc in own.pipe(texts)] == texts


def test_nlp_recogniser_component_is_the_same_from_disk_and_bytes(own: Language, tmp_path: Path) -> None:
    own.to_disk(tmp_path / "pipeline")
    from_disk = spacy.load(tmp_path / "pipeline")
    from_bytes = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "trial_tokenizer.v1"}}})
    from_bytes.add_pipe("trial_recogniser", config={"model": None})
    from_bytes.from_bytes(own.to_bytes())
    assert found(from_disk, CRITERION) == found(from_bytes, CRITERION) == found(own, CRITERION)


def test_nlp_recogniser_component_takes_a_model_from_a_folder(tmp_path: Path) -> None:
    packaged().write(tmp_path / "model")
    other = parser.load_nlp(model=tmp_path / "model")
    assert found(other, CRITERION) == found(parser.load_nlp(), CRITERION)
    with pytest.raises(FileNotFoundError):
        parser.load_nlp(model=tmp_path / "nothing")


def test_nlp_recogniser_component_without_a_model_says_so() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("trial_recogniser", config={"model": None})
    with pytest.raises(ValueError, match="Expected a model"):
        nlp("Stroke")


def test_nlp_recogniser_component_is_light() -> None:
    assert sum(path.stat().st_size for path in MODEL.iterdir() if path.is_file()) <= FLOORS["megabytes"] * 1_000_000


def test_nlp_recogniser_component_finds_what_our_own_criteria_name(own: Language, fixtures: Path) -> None:
    counts = Counts()
    for text, gold in read_marked(fixtures / "entities" / "criteria.txt"):
        doc = own(text)
        counts.add(gold, [Entity(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents])
    assert counts.gold.total() > 60
    assert set(counts.gold) == set(LABELS)
    assert counts.scores()["strict_f1"] >= FLOORS["own_criteria_strict_f1"]


def test_nlp_recogniser_component_stays_above_its_floors(shared_data: Path) -> None:
    corpus = shared_data / FLOORS["corpus"]
    if not corpus.is_dir():
        pytest.skip(f"no corpus {FLOORS['corpus']}")
    measured = evaluate(corpus)
    for name in ("strict_f1", "overlap_f1"):
        assert measured[name] >= FLOORS[name], name


def test_nlp_recogniser_component_places_lead_back_to_the_text() -> None:
    text = "Inclusion:\r\n  Stroke\r\nMetformin use\n"
    for entity in entities(text, parser.load_nlp(), ["trial_recogniser"]):
        assert text[entity.start : entity.end] in {"Stroke", "Metformin", "Metformin use"}
