"""The network's sums, against the same sums written out step by step; small weights drawn at random."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from parser.nlp.recogniser.features import AFFIX_ROWS, SHAPE_ROWS, WORD_ROWS, shape, word_rows
from parser.nlp.recogniser.network import Network, Words
from parser.nlp.recogniser.tags import TAGS

WIDTH = 4
META = {"minn": 3, "maxn": 5, "hash_count": 2}
TEXTS = [
    Words(["HbA1c", ">", "9", "%"], [False, False, True, True]),
    Words(["Stroke"], [False]),
    Words([], []),
    Words(["no", "history", "of", "stroke", "or", "sepsis"], [False] * 6),
]


@pytest.fixture(scope="module")
def network() -> Network:
    chance = np.random.default_rng(7)
    shapes = {
        "letters": (50, 3),
        "words": (WORD_ROWS, 2),
        "affixes": (AFFIX_ROWS, 2),
        "shapes": (SHAPE_ROWS, 2),
        "lstm.0.input": (3 + 2 + 2 + 2 + 2 + 1, 8 * WIDTH),
        "lstm.0.bias": (8 * WIDTH,),
        "lstm.0.recurrent": (2, WIDTH, 4 * WIDTH),
        "lstm.1.input": (2 * WIDTH, 8 * WIDTH),
        "lstm.1.bias": (8 * WIDTH,),
        "lstm.1.recurrent": (2, WIDTH, 4 * WIDTH),
        "out.weight": (2 * WIDTH, len(TAGS)),
        "out.bias": (len(TAGS),),
    }
    return Network({name: chance.normal(size=size).astype(np.float16) for name, size in shapes.items()}, META)


def one_direction(inputs: np.ndarray, recurrent: np.ndarray) -> np.ndarray:
    """An LSTM as the textbook has it; the gates come halved, in the order input, forget, output, cell."""
    state = cell = np.zeros(WIDTH)
    states = []
    for step in inputs:
        entry, forget, output, new = np.split(step + state @ recurrent, 4)
        entry, forget, output = (1 / (1 + np.exp(-2 * gate)) for gate in (entry, forget, output))
        cell = forget * cell + entry * np.tanh(new)
        state = output * np.tanh(cell)
        states.append(state)
    return np.array(states)


def written_out(network: Network, text: Words) -> np.ndarray:
    weights = {name: array.astype(np.float64) for name, array in network.weights.items()}
    known = Network(network.weights, META)
    hidden = known._gates([text]).astype(np.float64)
    for layer in (0, 1):
        if layer:
            hidden = hidden @ weights["lstm.1.input"] + weights["lstm.1.bias"]
        forth, back = np.split(hidden, 2, axis=1)
        recurrent = weights[f"lstm.{layer}.recurrent"]
        ways = (one_direction(forth, recurrent[0]), one_direction(back[::-1], recurrent[1])[::-1])
        hidden = np.concatenate(ways, axis=1)
    scores = hidden @ weights["out.weight"] + weights["out.bias"]
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


@pytest.mark.parametrize("text", [text for text in TEXTS if text.words], ids=lambda text: text.words[0])
def test_nlp_recogniser_network_does_the_sums_of_two_layers_both_ways(network: Network, text: Words) -> None:
    np.testing.assert_allclose(network.scores([text])[0], written_out(network, text), atol=1e-4)


def test_nlp_recogniser_network_gives_a_text_the_same_scores_alone_and_among_others(network: Network) -> None:
    together = network.scores(TEXTS * 50)
    assert [len(scores) for scores in together[:4]] == [4, 1, 0, 6]
    for at, text in enumerate(TEXTS * 50):
        np.testing.assert_allclose(together[at], network.scores([text])[0], atol=1e-5)


def test_nlp_recogniser_network_gives_probabilities(network: Network) -> None:
    for scores in network.scores(TEXTS):
        np.testing.assert_allclose(np.exp(scores).sum(axis=1), 1, atol=1e-5)


def test_nlp_recogniser_network_tells_a_joined_word_from_a_free_one(network: Network) -> None:
    free, joined = network.scores([Words(["a", "b"], [False, False]), Words(["a", "b"], [False, True])])
    assert not np.allclose(free, joined)


def test_nlp_recogniser_network_is_the_same_when_read_again(network: Network, tmp_path: Path) -> None:
    network.write(tmp_path / "model")
    again = Network.read(tmp_path / "model")
    for before, after in zip(network.scores(TEXTS), again.scores(TEXTS), strict=True):
        np.testing.assert_array_equal(before, after)


def test_nlp_recogniser_network_needs_its_files(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Network.read(tmp_path)


@pytest.mark.parametrize(
    ("word", "expected"), [("Hb", "Xx"), ("HbA1c", "XxX0x"), ("≥", "≥"), ("carcinoma", "xxxx"), ("1,500", "0,000")]
)
def test_nlp_recogniser_network_shapes(word: str, expected: str) -> None:
    assert shape(word) == expected


def test_nlp_recogniser_network_reads_numbers_of_equal_length_as_one_spelling() -> None:
    assert word_rows("12") == word_rows("90") != word_rows("100")
    assert word_rows("Stroke") == word_rows("stroke")
