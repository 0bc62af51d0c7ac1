"""The `trial_recogniser` component."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from importlib.resources import as_file, files
from itertools import islice
from pathlib import Path

import numpy as np
from spacy.tokens import Doc, Span

from parser.nlp.annotations import words_of
from parser.nlp.recogniser.network import BATCH, Network, Words
from parser.nlp.recogniser.spans import best_spans
from parser.nlp.recogniser.tags import LABELS


class Recogniser:
    """Write to `doc.ents` what the words name, with the eleven labels of `LABELS`.

    The scores that it reaches and what it was trained on are in `parser/nlp/model/README.md`.

    Args:
        network: The network; None until one is read from disk or bytes.

    Example:
        >>> doc = load()("HbA1c above 9 % within 3 months")
        >>> [(ent.text, ent.label_) for ent in doc.ents]
        [('HbA1c', 'Measurement'), ('above 9 %', 'Value'), ('within 3 months', 'Temporal')]
    """

    labels = LABELS

    def __init__(self, network: Network | None = None) -> None:
        self.network = network

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities of one `Doc`."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 8 * BATCH) -> Iterator[Doc]:
        """Set the entities of many, which is faster: texts go through the network together."""
        if self.network is None:
            raise ValueError("Expected a model; found none. Give the factory `model`, or read one with `from_disk`.")
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            read = [network_words(doc) for doc in batch]
            found = best_spans(self.network.scores([words for words, _ in read]))
            for doc, (_, places), stretches in zip(batch, read, found, strict=True):
                doc.ents = tuple(
                    Span(doc, places[first], places[behind - 1] + 1, label=label) for first, behind, label in stretches
                )
                yield doc

    def to_disk(self, path: Path | str, **_: object) -> None:
        """Write the network to a folder."""
        if self.network is not None:
            self.network.write(Path(path))

    def from_disk(self, path: Path | str, **_: object) -> Recogniser:
        """Read the network from a folder."""
        self.network = Network.read(Path(path))
        return self

    def to_bytes(self, **_: object) -> bytes:
        """Return the network as bytes."""
        if self.network is None:
            return b""
        buffer = io.BytesIO()
        arrays = {**self.network.weights, "meta": np.array(json.dumps(self.network.meta))}
        np.savez(buffer, **arrays)  # type: ignore[arg-type]
        return buffer.getvalue()

    def from_bytes(self, data: bytes, **_: object) -> Recogniser:
        """Read the network from bytes."""
        if data:
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                weights = dict(arrays)
            self.network = Network(weights, json.loads(str(weights.pop("meta"))))
        return self


def network_words(doc: Doc) -> tuple[Words, list[int]]:
    """Return a `Doc`'s words as the network reads them, without tokens of blanks, and their places in the `Doc`."""
    words = words_of(doc)
    places = [index for index, token in enumerate(words.tokens) if not token.isspace()]
    joined = [index > 0 and words.is_glued(index - 1) and not words.tokens[index - 1].isspace() for index in places]
    return Words([words.tokens[index] for index in places], joined), places


def packaged() -> Network:
    """Return the network that ships with the package.

    Raises:
        FileNotFoundError: The package was built without it.
    """
    with as_file(files("parser.nlp") / "model") as folder:
        return Network.read(folder)
