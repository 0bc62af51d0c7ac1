"""The network: words to log probabilities of tags, with numpy alone.

A word's vector is its letters' (floret: mean over its n-grams, Bojanowski et al. 2017) beside hashed rows of its
spelling, affixes and shape. Two layers read the words in both directions (LSTM, Hochreiter and Schmidhuber 1997); a
linear layer gives tags. What a word alone decides is kept for words already seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.strings import StringStore
from spacy.vectors import Vectors  # type: ignore[import-not-found]

from parser.nlp.recogniser.cores import one_core
from parser.nlp.recogniser.features import affix_rows, shape_row, word_rows

Array = NDArray[np.float32]

#: Words whose vectors are kept; past it, they are forgotten and begun anew.
_KEPT_WORDS = 10_000
#: Texts that go through the layers at once, alike in length.
BATCH = 64
#: Words of a batch, the blanks behind its shorter texts counted: they take 6 KB each while they are read.
_BATCH_WORDS = 16_384


@dataclass(frozen=True, slots=True)
class Words:
    """A text as the network reads it.

    Attributes:
        words: Its words.
        joined: Whether each stands right behind the one before, without a blank.
    """

    words: Sequence[str]
    joined: Sequence[bool]


class Network:
    """Weights, and the way through them.

    Args:
        weights: Arrays by name, as `parser.nlp.training` writes them.
        meta: The settings of the letters' vectors: `minn`, `maxn`, `hash_count`.
    """

    def __init__(self, weights: Mapping[str, NDArray[Any]], meta: Mapping[str, Any]) -> None:
        self.weights = dict(weights)
        self.meta = dict(meta)
        full = {name: np.ascontiguousarray(array, dtype=np.float32) for name, array in weights.items()}
        self._letters = letters(full["letters"], meta)
        self._full = full
        self._known: dict[str, Array] = {}

    @classmethod
    def read(cls, folder: Path) -> Network:
        """Read a network from a folder.

        Raises:
            FileNotFoundError: The folder holds no network.
        """
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as weights:
            return cls(dict(weights), meta)

    def write(self, folder: Path) -> None:
        """Write the network to a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "meta.json").write_text(json.dumps(self.meta, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        np.savez(folder / "weights.npz", **self.weights)  # type: ignore[arg-type]

    def scores(self, texts: Sequence[Words]) -> list[Array]:
        """Return the log probabilities of each text's words, words × tags; texts of no words are allowed."""
        found: list[Array] = [np.empty((0, len(self._full["out.bias"])), dtype=np.float32)] * len(texts)
        order = sorted((at for at, text in enumerate(texts) if text.words), key=lambda at: -len(texts[at].words))
        with one_core():
            for batch in _batches(order, [len(text.words) for text in texts]):
                for at, scores in zip(batch, self._batch([texts[at] for at in batch]), strict=True):
                    found[at] = scores
        return found

    def _batch(self, texts: list[Words]) -> list[Array]:
        """Return the scores of texts, of which the longest comes first."""
        full = self._full
        lengths = np.array([len(text.words) for text in texts])
        read = _read(self._gates(texts), full["lstm.0.recurrent"], lengths)
        read = _read(read @ full["lstm.1.input"] + full["lstm.1.bias"], full["lstm.1.recurrent"], lengths)
        scores: Array = read @ full["out.weight"] + full["out.bias"]
        scores -= scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return np.split(scores, np.cumsum(lengths[:-1]))

    def _gates(self, texts: list[Words]) -> Array:
        """Return what the first layer's gates get from the words of texts, before it reads them in their order."""
        known = self._known
        if len(known) > _KEPT_WORDS:
            known.clear()
        gates = np.stack([known[word] if word in known else self._learn(word) for text in texts for word in text.words])
        joined = np.array([joined for text in texts for joined in text.joined], dtype=bool)
        gates[joined] += self._full["lstm.0.input"][-1]
        return gates

    def _learn(self, word: str) -> Array:
        full = self._full
        first, second = word_rows(word)
        prefix, suffix = affix_rows(word)
        parts = (
            self._letters.get_batch([word])[0],
            full["words"][first] + full["words"][second],
            full["affixes"][prefix],
            full["affixes"][suffix],
            full["shapes"][shape_row(word)],
        )
        gates: Array = np.concatenate(parts) @ full["lstm.0.input"][:-1] + full["lstm.0.bias"]
        self._known[word] = gates
        return gates


def _batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Cut texts, the longest first, into batches of so many texts and so many words at most, or of a single text."""
    batch: list[int] = []
    for at in order:
        if batch and (len(batch) == BATCH or (len(batch) + 1) * lengths[batch[0]] > _BATCH_WORDS):
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _read(gates: Array, recurrent: Array, lengths: NDArray[np.int_]) -> Array:
    """Read texts forwards and, at once, backwards from their last words.

    The gates of a direction stand in the order input, forget, output, cell. The sigmoid of a gate is got from one
    hyperbolic tangent over all four: s(x) = (1 + tanh(x / 2)) / 2; the weights of the three gates are halved when they
    are written.

    Args:
        gates: What the gates get from the words of all texts, words × gates of both directions.
        recurrent: What they get from the state before, directions × width × gates.
        lengths: Words of each text, from the longest text to the shortest.

    Returns:
        The states of both directions, words × 2 width.
    """
    width = recurrent.shape[1]
    text = np.repeat(np.arange(len(lengths)), lengths)
    forth = np.arange(len(text)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    back = lengths[text] - 1 - forth
    ways: Array = np.empty((lengths[0], 2, len(lengths), 4 * width), dtype=np.float32)
    ways[forth, 0, text] = gates[:, : 4 * width]
    ways[back, 1, text] = gates[:, 4 * width :]
    states = _states(ways, recurrent, np.searchsorted(-lengths, -np.arange(lengths[0])).tolist())
    return np.concatenate((states[forth, 0, text], states[back, 1, text]), axis=1)


def _states(ways: Array, recurrent: Array, going: list[int]) -> Array:
    """Return the states, time × directions × texts × width.

    Args:
        ways: What the gates get from the words, time × directions × texts × gates.
        recurrent: What they get from the state before, directions × width × gates.
        going: How many texts go on at each time, which are the first ones: only those are read.
    """
    steps, _, texts, width = *ways.shape[:3], recurrent.shape[1]
    states: Array = np.empty((steps, 2, texts, width), dtype=np.float32)
    state: Array = np.zeros((2, texts, width), dtype=np.float32)
    cells: Array = np.zeros((2, texts, width), dtype=np.float32)
    for time, count in enumerate(going):
        now = state[:, :count] @ recurrent
        now += ways[time, :, :count]
        np.tanh(now, out=now)
        opened = now[..., : 3 * width]
        opened *= 0.5
        opened += 0.5
        cell = cells[:, :count]
        cell *= opened[..., width : 2 * width]
        cell += opened[..., :width] * now[..., 3 * width :]
        state = states[time, :, :count]
        np.multiply(opened[..., 2 * width :], np.tanh(cell), out=state)
    return states


def letters(table: NDArray[np.float32], meta: Mapping[str, Any]) -> Vectors:
    """Return the letters' vectors of a table."""
    return Vectors(
        strings=StringStore(),
        data=table,
        mode="floret",
        minn=meta["minn"],
        maxn=meta["maxn"],
        hash_count=meta["hash_count"],
    )
