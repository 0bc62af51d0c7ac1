"""Masked words of raw criteria, guessed: what the teachers' network learns of the field before any annotation."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from parser.nlp.training.pieces import batches, device, encode, encoder, padded

_MASKED = 0.2
_WARM_UP = 100


class MaskedWords(nn.Module):
    """The network with a head that guesses word pieces; the head shares the embeddings."""

    def __init__(self, body: Any) -> None:
        super().__init__()
        width = body.config.hidden_size
        self.body = body
        self.head = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(body.config.vocab_size))

    def forward(self, ids: torch.Tensor, attention: torch.Tensor, masked: torch.Tensor) -> torch.Tensor:
        """Return the scores of all pieces at the masked places."""
        hidden = self.body(input_ids=ids, attention_mask=attention).last_hidden_state
        scores: torch.Tensor = self.head(hidden[masked]) @ self.body.embeddings.word_embeddings.weight.T + self.bias
        return scores


def pretrain(
    source: Path,
    target: Path,
    texts: Sequence[str],
    *,
    epochs: float,
    rate: float,
    size: int,
    seed: int,
    report: Callable[[str], None],
) -> None:
    """Train a network on texts and write it to a folder, its tokenizer with it.

    Args:
        source: Folder of the pretrained network.
        target: Folder to write.
        texts: Raw criteria.
        epochs: How often each text is seen; a fraction is allowed.
        rate: Highest learning rate; it warms up, then falls to 0 in a line.
        size: Texts a batch.
        seed: Of the order, the masks and the head.
        report: Called with a line of progress now and then.
    """
    from transformers import AutoModel

    torch.manual_seed(seed)
    chance = random.Random(seed)
    pieces = [found for found in encode(source, texts) if found.places]
    # one pass over so much text cannot overfit: no dropout
    body = AutoModel.from_pretrained(
        str(source),
        add_pooling_layer=False,
        attn_implementation="eager",  # faster than the fused kernel on a CPU for texts this short
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    model = MaskedWords(body).to(device()).train()
    steps = int(epochs * len(pieces) / size)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / _WARM_UP, max(0.0, (steps - step) / max(1, steps - _WARM_UP)))
    )
    mask = encoder(source).mask_token_id
    begun, losses, step = time.monotonic(), 0.0, 0
    while step < steps:
        for batch in batches([len(found.ids) for found in pieces], size, chance):
            if step == steps:
                break
            loss = _loss(model, [pieces[at].ids for at in batch], mask)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            losses, step = losses + loss.item(), step + 1
            if step % 50 == 0:
                spent = time.monotonic() - begun
                report(f"masked words: step {step} of {steps}, loss {losses / 50:.3f}, {spent:.0f} s")
                losses = 0.0
    model.body.save_pretrained(target)
    encoder(source).save_pretrained(target)


def _loss(model: MaskedWords, rows: Sequence[Sequence[int]], mask: int) -> torch.Tensor:
    """Return the loss of one batch: of the places chosen four in five are masked, one in ten is some other piece."""
    ids = padded(rows).to(device())
    lengths = torch.tensor([[len(row)] for row in rows], device=ids.device)
    at = torch.arange(ids.shape[1], device=ids.device)
    chosen = (torch.rand(ids.shape, device=ids.device) < _MASKED) & (at > 0) & (at < lengths - 1)
    chosen[:, 1] = True  # a batch always has something to guess
    fate = torch.rand(ids.shape, device=ids.device)
    shown = torch.where(chosen & (fate < 0.8), mask, ids)
    strange = torch.randint_like(ids, 999, model.body.config.vocab_size)
    shown = torch.where(chosen & (fate > 0.9), strange, shown)
    with torch.autocast(ids.device.type, dtype=torch.bfloat16):
        scores = model(shown, (at < lengths).long(), chosen)
    return nn.functional.cross_entropy(scores.float(), ids[chosen])
