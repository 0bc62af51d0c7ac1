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
from thinc.api import NumpyOps

from parser.nlp.recogniser.features import affix_rows, shape_row, word_rows

Array = NDArray[np.float32]

#: Words whose vectors are kept; past it, they are forgotten and begun anew.
_KEPT_WORDS = 10_000
#: Texts that go through the layers at once, alike in length.
BATCH = 64
#: Words of a batch, the blanks behind its shorter texts counted: they take 6 KB each while they are read.
_BATCH_WORDS = 16_384
#: Products of at most so many sums are numpy's own: below, its library (OpenBLAS) stays on one core.
_SMALL = 2**18
_OPS = NumpyOps()


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
        order = sorted((at for at, text in enumerate(texts) if text.words), key=lambda at: len(texts[at].words))
        for batch in _batches(order, [len(text.words) for text in texts]):
            for at, scores in zip(batch, self._batch([texts[at] for at in batch]), strict=True):
                found[at] = scores
        return found

    def _batch(self, texts: list[Words]) -> list[Array]:
        """Return the scores of texts alike in length; time is the first axis, and shorter texts end with zeros."""
        full = self._full
        lengths = np.array([len(text.words) for text in texts])
        gates: Array = np.zeros((int(lengths[-1]), len(texts), full["lstm.0.bias"].size), dtype=np.float32)
        for at, text in enumerate(texts):
            gates[: lengths[at], at] = self._gates(text)
        inside = np.arange(len(gates))[:, None] < lengths
        hidden = _read(gates, full["lstm.0.recurrent"], lengths)
        gates[inside] = _product(hidden[inside], full["lstm.1.input"]) + full["lstm.1.bias"]
        hidden = _read(gates, full["lstm.1.recurrent"], lengths)
        scores = _product(hidden, full["out.weight"]) + full["out.bias"]
        scores -= scores.max(axis=-1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=-1, keepdims=True))
        return [scores[:length, at] for at, length in enumerate(lengths)]

    def _gates(self, text: Words) -> Array:
        """Return what the first layer's gates get from a text's words, before it reads them in their order."""
        known = self._known
        if len(known) > _KEPT_WORDS:
            known.clear()
        gates = np.stack([known[word] if word in known else self._learn(word) for word in text.words])
        gates[np.array(text.joined, dtype=bool)] += self._full["lstm.0.input"][-1]
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
    """Cut texts, the shortest first, into batches of so many texts and so many words at most, or of a single text."""
    batch: list[int] = []
    for at in order:
        if batch and (len(batch) == BATCH or (len(batch) + 1) * lengths[at] > _BATCH_WORDS):
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _read(gates: Array, recurrent: Array, lengths: NDArray[np.int_]) -> Array:
    """Read texts forwards, then backwards; a direction's gates stand in the order input, forget, output, cell.

    At each time only the texts that go on there are read: as the shorter ones come first, these are the last ones.
    The way back so begins afresh at each text's last word.

    The sigmoid of a gate is got from one hyperbolic tangent over all four: s(x) = (1 + tanh(x / 2)) / 2; the weights
    of the three gates are halved when they are written.

    Args:
        gates: What the gates get from the words, time × texts × gates of both directions.
        recurrent: What they get from the state before, directions × width × gates.
        lengths: Words of each text, from the shortest text to the longest.

    Returns:
        The states of both directions, time × texts × 2 width; zeros behind a text's end.
    """
    steps, texts, width = *gates.shape[:2], recurrent.shape[1]
    ways = gates.reshape(steps, texts, 2, 4 * width)
    hidden: Array = np.zeros((steps, texts, 2, width), dtype=np.float32)
    first = np.searchsorted(lengths, np.arange(steps), side="right").tolist()
    for way, times in enumerate((range(steps), range(steps - 1, -1, -1))):
        state: Array = np.zeros((texts, width), dtype=np.float32)
        cell: Array = np.zeros((texts, width), dtype=np.float32)
        for time in times:
            here = slice(first[time], None)
            now = _product(state[here], recurrent[way])
            now += ways[time, here, way]
            np.tanh(now, out=now)
            opened = now[:, : 3 * width]
            opened *= 0.5
            opened += 0.5
            cell[here] *= opened[:, width : 2 * width]
            cell[here] += opened[:, :width] * now[:, 3 * width :]
            np.multiply(opened[:, 2 * width :], np.tanh(cell[here]), out=state[here])
            hidden[time, here, way] = state[here]
    return hidden.reshape(steps, texts, 2 * width)


def _product(left: Array, right: Array) -> Array:
    """Return a matrix product, the last axis of `left` by the first of `right`, on one core.

    numpy's own would wake other cores from a size on (`_SMALL` sums), which costs more than it brings for products
    like these where several processes share a machine.
    """
    rows: Array = left.reshape(-1, left.shape[-1])
    small = rows.size * right.shape[1] <= _SMALL
    product: Array = rows @ right if small else _OPS.gemm(np.ascontiguousarray(rows), right)
    return product.reshape(*left.shape[:-1], right.shape[1])


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
