"""Vectors of letters: floret (https://github.com/explosion/floret, MIT), trained on the raw criteria."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def train(sentences: Iterable[list[str]], text: Path, *, rows: int, width: int, epochs: int, seed: int) -> None:
    """Train vectors on sentences of words and write floret's table beside `text`, with the ending `.floret`.

    Args:
        sentences: Words, in lower case.
        text: File to write the words to, which floret reads.
        rows: Of the table.
        width: Of a vector.
        epochs: How often the text is read.
        seed: Kept for the name of the product; floret itself draws from a fixed seed with one thread.
    """
    import floret

    text.write_text("\n".join(" ".join(words) for words in sentences) + "\n", encoding="utf-8")
    model = floret.train_unsupervised(
        str(text),
        model="skipgram",
        mode="floret",
        hashCount=2,
        bucket=rows,
        dim=width,
        minn=3,
        maxn=5,
        minCount=3,
        epoch=epochs,
        thread=1,
        verbose=0,
    )
    model.save_floret_vectors(str(text.with_suffix(".floret")))


def read(path: Path) -> tuple[NDArray[np.float32], dict[str, Any]]:
    """Return floret's table and the settings by which words find their rows in it."""
    with path.open(encoding="utf-8") as file:
        rows, width, minn, maxn, hash_count, hash_seed, begin, end = file.readline().split()
        table = np.zeros((int(rows), int(width)), dtype=np.float32)
        for line in file:
            row, *numbers = line.split()
            table[int(row)] = [float(number) for number in numbers]
    if (hash_seed, begin, end) != ("2166136261", "<", ">"):
        raise ValueError(f"Expected floret's usual seed and word ends in {path}; found {hash_seed} {begin} {end}.")
    return table, {"minn": int(minn), "maxn": int(maxn), "hash_count": int(hash_count)}
