"""The network that ships, in the form that learns: torch here, the same sums in numpy at run time.

It learns from the annotated criteria and from what the teachers think of the raw ones: of these each word's whole
distribution over tags is the target (distillation, Hinton et al. 2015).
"""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from parser.nlp.recogniser.features import AFFIX_ROWS, SHAPE_ROWS, WORD_ROWS, affix_rows, shape_row, word_rows
from parser.nlp.recogniser.network import Words, letters
from parser.nlp.recogniser.tags import TAGS
from parser.nlp.training.pieces import batches, device


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text with what is to be learned of it: a distribution over tags for each word."""

    text: Words
    target: NDArray[np.float16]


class Lexicon:
    """The words of all texts, numbered, with the rows that each has in the tables."""

    def __init__(self, texts: Iterable[Words], table: NDArray[np.float32], meta: Mapping[str, Any]) -> None:
        self.numbers: dict[str, int] = {}
        for text in texts:
            for word in text.words:
                self.numbers.setdefault(word, len(self.numbers))
        vectors = letters(table[:, :1], meta)
        grams = [
            [code % len(table) for gram in vectors._get_ngrams(word) for code in vectors._get_ngram_hashes(gram)]
            for word in self.numbers
        ]
        self.starts = np.cumsum([0, *map(len, grams)])
        self.grams = np.array([row for rows in grams for row in rows], dtype=np.int64)
        spellings = [(*word_rows(word), *affix_rows(word), shape_row(word)) for word in self.numbers]
        self.spellings = torch.tensor(spellings, dtype=torch.long)

    def rows(self, words: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the letters' rows of words, one after the other, and where each word's begin."""
        runs = [self.grams[self.starts[word] : self.starts[word + 1]] for word in words]
        offsets = np.cumsum([0, *map(len, runs[:-1])])
        return torch.from_numpy(np.concatenate(runs)), torch.from_numpy(offsets)


class Student(nn.Module):
    """Tables, two layers that read in both directions, tags.

    Args:
        table: The letters' vectors to begin with.
        settings: Widths and dropout.
        seed: Of the other weights.
    """

    def __init__(self, table: NDArray[np.float32], settings: Mapping[str, Any], seed: int) -> None:
        super().__init__()
        torch.manual_seed(seed)
        self.settings = dict(settings)
        self.letters = nn.EmbeddingBag.from_pretrained(torch.from_numpy(table), freeze=False, mode="mean")
        self.words = nn.Embedding(WORD_ROWS, settings["word_width"])
        self.affixes = nn.Embedding(AFFIX_ROWS, settings["affix_width"])
        self.shapes = nn.Embedding(SHAPE_ROWS, settings["shape_width"])
        for part in (self.words, self.affixes, self.shapes):
            nn.init.normal_(part.weight, std=0.1)
        width = table.shape[1] + settings["word_width"] + 2 * settings["affix_width"] + settings["shape_width"]
        hidden = settings["hidden_width"]
        self.layers = nn.ModuleList(nn.LSTM(size, hidden, bidirectional=True) for size in (width + 1, 2 * hidden))
        self.out = nn.Linear(2 * hidden, len(TAGS))
        self.dropout = nn.Dropout(settings["dropout"])

    def forward(self, batch: Batch) -> torch.Tensor:
        """Return the tags' scores, time × texts × tags."""
        spellings = batch.spellings
        words = self.words(spellings[:, 0]) + self.words(spellings[:, 1])
        if self.training:  # some words are known by their letters alone, as unknown ones will be
            words = words * (torch.rand(len(words), 1, device=words.device) > self.settings["word_dropout"])
        parts = (
            self.letters(batch.grams, batch.starts),
            words,
            self.affixes(spellings[:, 2]),
            self.affixes(spellings[:, 3]),
            self.shapes(spellings[:, 4]),
        )
        hidden = self.dropout(torch.cat(parts, dim=1)[batch.words])
        hidden = torch.cat((hidden, batch.joined[:, :, None]), dim=2)
        for layer in self.layers:
            packed = nn.utils.rnn.pack_padded_sequence(hidden, batch.lengths, enforce_sorted=False)
            hidden, _ = nn.utils.rnn.pad_packed_sequence(layer(packed)[0])
            hidden = self.dropout(hidden)
        scores: torch.Tensor = self.out(hidden)
        return scores

    def weights(self) -> dict[str, NDArray[np.float16]]:
        """Return the weights as the run-time network wants them."""
        found = {
            "letters": self.letters.weight,
            "words": self.words.weight,
            "affixes": self.affixes.weight,
            "shapes": self.shapes.weight,
            "out.weight": self.out.weight.T,
            "out.bias": self.out.bias,
        }
        for at, layer in enumerate(self.layers):
            sides = ("", "_reverse")
            kernels = [_gates(getattr(layer, f"weight_ih_l0{side}")) for side in sides]
            biases = [
                _gates(getattr(layer, f"bias_ih_l0{side}") + getattr(layer, f"bias_hh_l0{side}")) for side in sides
            ]
            found[f"lstm.{at}.input"] = torch.cat(kernels).T
            found[f"lstm.{at}.bias"] = torch.cat(biases)
            found[f"lstm.{at}.recurrent"] = torch.stack(
                [_gates(getattr(layer, f"weight_hh_l0{side}")).T for side in sides]
            )
        return {name: weight.detach().cpu().numpy().astype(np.float16) for name, weight in found.items()}

    def set_weights(self, weights: Mapping[str, NDArray[Any]]) -> None:
        """Go on from a run-time network's weights."""
        given = {name: torch.from_numpy(array.astype(np.float32)) for name, array in weights.items()}
        state = {f"{name}.weight": given[name] for name in ("letters", "words", "affixes", "shapes")}
        state |= {"out.weight": given["out.weight"].T, "out.bias": given["out.bias"]}
        for at in range(len(self.layers)):
            kernels = given[f"lstm.{at}.input"].T.chunk(2)
            biases = given[f"lstm.{at}.bias"].chunk(2)
            for way, side in enumerate(("", "_reverse")):
                bias = _from_gates(biases[way])
                state |= {
                    f"layers.{at}.weight_ih_l0{side}": _from_gates(kernels[way]),
                    f"layers.{at}.weight_hh_l0{side}": _from_gates(given[f"lstm.{at}.recurrent"][way].T),
                    f"layers.{at}.bias_ih_l0{side}": bias,
                    f"layers.{at}.bias_hh_l0{side}": torch.zeros_like(bias),
                }
        self.load_state_dict(state)


def _gates(weight: torch.Tensor) -> torch.Tensor:
    """Put torch's gates (input, forget, cell, output) in the run-time order, the sigmoids' halved."""
    entry, forget, cell, output = weight.chunk(4)
    return torch.cat((entry / 2, forget / 2, output / 2, cell))


def _from_gates(weight: torch.Tensor) -> torch.Tensor:
    """Put gates in the run-time order back into torch's."""
    entry, forget, output, cell = weight.chunk(4)
    return torch.cat((entry * 2, forget * 2, cell, output * 2))


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts as tensors: their different words, and which of those stands where."""

    grams: torch.Tensor
    starts: torch.Tensor
    spellings: torch.Tensor
    words: torch.Tensor
    joined: torch.Tensor
    lengths: torch.Tensor


def make_batch(texts: Sequence[Words], lexicon: Lexicon) -> Batch:
    """Return texts as tensors, time first."""
    numbers = [[lexicon.numbers[word] for word in text.words] for text in texts]
    different = sorted({number for row in numbers for number in row})
    place = {number: at for at, number in enumerate(different)}
    lengths = torch.tensor([len(row) for row in numbers])
    words = torch.zeros(int(lengths.max()), len(texts), dtype=torch.long)
    joined = torch.zeros(words.shape)
    for at, (row, text) in enumerate(zip(numbers, texts, strict=True)):
        words[: len(row), at] = torch.tensor([place[number] for number in row])
        joined[: len(row), at] = torch.tensor(text.joined, dtype=torch.float32)
    grams, starts = lexicon.rows(different)
    where = device()
    return Batch(
        grams.to(where),
        starts.to(where),
        lexicon.spellings[different].to(where),
        words.to(where),
        joined.to(where),
        lengths,
    )


class Average(nn.Module):
    """The mean of a network's weights over its last steps, the latest ones counting most.

    It errs less than the weights of any one step, and can be checked while they are still far apart.
    """

    def __init__(self, model: Student, decay: float) -> None:
        super().__init__()
        self.model = copy.deepcopy(model).eval()
        self._decay = decay
        self._steps = 0

    @torch.no_grad()
    def take(self, model: Student) -> None:
        """Take the weights of a step in; the first ones count more, that the beginning is soon forgotten."""
        self._steps += 1
        decay = min(self._decay, self._steps / (9 + self._steps))
        for mine, its in zip(self.model.state_dict().values(), model.state_dict().values(), strict=True):
            mine.lerp_(its, 1 - decay)


def train(
    model: Student,
    lessons: Sequence[Lesson],
    settings: Mapping[str, Any],
    *,
    seed: int,
    check: Callable[[Student], float],
    lexicon: Lexicon,
    report: Callable[[str], None],
) -> Student:
    """Train a network; of the mean weights at each check, those that went best are returned.

    Args:
        model: The network to begin with.
        lessons: What to learn; one that stands there twice counts double.
        settings: `epochs`, `batch`, `rate`, `weight_decay`, `checks` in all, and the `average`'s decay a step.
        seed: Of the order and of what is dropped out.
        check: Called now and then; returns how good the network is, the more the better.
        lexicon: Of all words, those of the check too.
        report: Called with a line of progress after each check.
    """
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model = model.to(device())
    average = Average(model, settings["average"])
    lengths = [len(lesson.text.words) for lesson in lessons]
    steps = int(settings["epochs"] * len(lessons) / settings["batch"])
    optimizer, schedule = _optimizer(model, settings, steps)
    every = max(1, steps // settings["checks"])
    best, kept = -1.0, average.model.state_dict()
    begun, losses = time.monotonic(), 0.0
    for step, chosen in enumerate(_endless(lengths, settings["batch"], chance), 1):
        if step > steps:
            break
        loss = _loss(model.train(), [lessons[at] for at in chosen], lexicon)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        average.take(model)
        losses += loss.item()
        if step % every == 0 or step == steps:
            score = check(average.model)
            spent = time.monotonic() - begun
            report(f"student: step {step} of {steps}, loss {losses / every:.4f}, check {score:.4f}, {spent:.0f} s")
            losses = 0.0
            if score > best:
                best, kept = score, {name: value.clone() for name, value in average.model.state_dict().items()}
    average.model.load_state_dict(kept)
    return average.model


def _optimizer(
    model: Student, settings: Mapping[str, Any], steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """Return the optimizer, and the schedule of its rate: it rises for a tenth of the steps, then falls in a line."""
    warm_up = min(200, 1 + steps // 10)
    optimizer = torch.optim.AdamW(model.parameters(), lr=settings["rate"], weight_decay=settings["weight_decay"])
    return optimizer, torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm_up, max(0.02, (steps - step) / steps))
    )


def _endless(lengths: Sequence[int], size: int, chance: random.Random) -> Iterator[list[int]]:
    """Yield batches, one round of all texts after the other."""
    while True:
        yield from batches(lengths, size, chance)


def _loss(model: Student, lessons: Sequence[Lesson], lexicon: Lexicon) -> torch.Tensor:
    batch = make_batch([lesson.text for lesson in lessons], lexicon)
    with torch.autocast(device().type, dtype=torch.bfloat16):
        scores = model(batch).float()
    target = torch.zeros(scores.shape)
    for at, lesson in enumerate(lessons):
        target[: len(lesson.target), at] = torch.from_numpy(lesson.target.astype(np.float32))
    wanted = -(target.to(scores.device) * torch.log_softmax(scores, dim=-1)).sum()
    return wanted / batch.lengths.sum()


@torch.no_grad()
def predict(model: Student, texts: Sequence[Words], lexicon: Lexicon) -> list[NDArray[np.float32]]:
    """Return the log probabilities of the tags of texts' words, as the network at run time does."""
    model.eval()
    found: list[NDArray[np.float32]] = [np.empty((0, len(TAGS)), dtype=np.float32)] * len(texts)
    order = sorted(range(len(texts)), key=lambda at: len(texts[at].words))
    for begin in range(0, len(order), 128):
        chosen = order[begin : begin + 128]
        scores = torch.log_softmax(model(make_batch([texts[at] for at in chosen], lexicon)), dim=-1).cpu().numpy()
        for place, at in enumerate(chosen):
            found[at] = scores[: len(texts[at].words), place]
    return found
