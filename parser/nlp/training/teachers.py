"""Teachers: pretrained networks fine-tuned to tag the word pieces of annotated criteria.

Several, which differ by their seed; together they are better than each (their probabilities are averaged).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from parser.nlp.recogniser.tags import OUTSIDE, TAGS
from parser.nlp.training.corpus import Line
from parser.nlp.training.pieces import Pieces, batches, device, encode, padded, tags_of

#: Texts a batch when only probabilities are wanted.
_READ = 64
_NO_TAG = -100


class Teacher(nn.Module):
    """A pretrained network with a linear layer of tags."""

    def __init__(self, source: Path, dropout: float) -> None:
        super().__init__()
        from transformers import AutoModel

        self.body = AutoModel.from_pretrained(
            str(source),
            add_pooling_layer=False,
            attn_implementation="eager",
            hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=dropout,
        )
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(self.body.config.hidden_size, len(TAGS))

    def forward(self, ids: torch.Tensor, attention: torch.Tensor) -> torch.Tensor:
        """Return the tags' scores, texts × pieces × tags."""
        hidden = self.body(input_ids=ids, attention_mask=attention).last_hidden_state
        scores: torch.Tensor = self.out(self.dropout(hidden))
        return scores


def fine_tune(
    source: Path, lines: Sequence[Line], settings: Mapping[str, Any], *, seed: int, report: Callable[[str], None]
) -> Teacher:
    """Fine-tune a pretrained network on annotated criteria.

    Args:
        source: Folder of the network.
        lines: The criteria.
        settings: `epochs`, `batch`, `rate`, `head_rate`, `warm_up` steps, `dropout`.
        seed: Of the head, the order and the dropout.
        report: Called with a line of progress now and then.
    """
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model = Teacher(source, settings["dropout"]).to(device()).train()
    pieces = encode(source, [line.text for line in lines])
    tags = [tags_of(found, line.entities) for found, line in zip(pieces, lines, strict=True)]
    steps = int(settings["epochs"] * len(lines) / settings["batch"])
    optimizer = torch.optim.AdamW(
        [
            {"params": model.body.parameters(), "lr": settings["rate"]},
            {"params": model.out.parameters(), "lr": settings["head_rate"]},
        ],
        weight_decay=0.01,
    )
    warm_up = settings["warm_up"]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm_up, max(0.0, (steps - step) / max(1, steps - warm_up)))
    )
    begun, losses, step = time.monotonic(), 0.0, 0
    while step < steps:
        for chosen in batches([len(found.ids) for found in pieces], settings["batch"], chance):
            if step == steps:
                break
            loss = _loss(model, [pieces[at].ids for at in chosen], [tags[at] for at in chosen])
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            losses, step = losses + loss.item(), step + 1
            if step % 100 == 0:
                spent = time.monotonic() - begun
                report(f"teacher {seed}: step {step} of {steps}, loss {losses / 100:.3f}, {spent:.0f} s")
                losses = 0.0
    return model.eval()


def _loss(model: Teacher, rows: Sequence[Sequence[int]], tags: Sequence[Sequence[int]]) -> torch.Tensor:
    ids = padded(rows).to(device())
    wanted = padded(tags, _NO_TAG).to(device())
    with torch.autocast(ids.device.type, dtype=torch.bfloat16):
        scores = model(ids, _attention(ids, rows))
    return nn.functional.cross_entropy(scores.float().flatten(0, 1), wanted.flatten(), ignore_index=_NO_TAG)


def _attention(ids: torch.Tensor, rows: Sequence[Sequence[int]]) -> torch.Tensor:
    lengths = torch.tensor([[len(row)] for row in rows], device=ids.device)
    return (torch.arange(ids.shape[1], device=ids.device) < lengths).long()


@torch.no_grad()
def read(
    model: Teacher, pieces: Sequence[Pieces], report: Callable[[str], None] = lambda _: None
) -> list[NDArray[np.float32]]:
    """Return the probabilities of the tags of each text's pieces, the special ones left out."""
    found: list[NDArray[np.float32]] = [np.empty((0, len(TAGS)), dtype=np.float32)] * len(pieces)
    order = sorted(range(len(pieces)), key=lambda at: len(pieces[at].ids))
    for begin in range(0, len(order), _READ):
        chosen = order[begin : begin + _READ]
        rows = [pieces[at].ids for at in chosen]
        ids = padded(rows).to(device())
        with torch.autocast(ids.device.type, dtype=torch.bfloat16):
            scores = model(ids, _attention(ids, rows))
        likely = torch.softmax(scores.float(), dim=-1).cpu().numpy()
        for place, at in enumerate(chosen):
            found[at] = likely[place, 1 : len(rows[place]) - 1]
        if begin // _READ % 100 == 99:
            report(f"read {begin + _READ} of {len(order)} texts")
    return found


def of_words(pieces: Pieces, likely: NDArray[np.float32], places: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """Return the probabilities of words from those of pieces: of the piece that a word begins in.

    Where a word begins inside a piece, what began with the piece goes on in the word. Words behind the last piece
    that was read are outside.
    """
    found = np.zeros((len(places), len(TAGS)), dtype=np.float32)
    found[:, OUTSIDE] = 1.0
    at = 0
    for word, (start, _) in enumerate(places):
        while at < len(pieces.places) and pieces.places[at][1] <= start:
            at += 1
        if at == len(pieces.places):
            break
        found[word] = likely[at]
        if pieces.places[at][0] < start:
            found[word, 2::2] += found[word, 1::2]
            found[word, 1::2] = 0.0
    return found
