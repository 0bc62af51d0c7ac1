"""The stages of training, each with its product in the work folder; a product that is there is not made again."""

from __future__ import annotations

import hashlib
import json
import pickle
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parser.nlp.recogniser.network import Network, Words
from parser.nlp.recogniser.spans import best_spans
from parser.nlp.training import corpus, raw_text, vectors
from parser.nlp.training.corpus import Line
from parser.nlp.training.lessons import Reader, Reading, entities_of, gold_target
from parser.nlp.training.scores import Counts


@dataclass
class Training:
    """One run of the whole chain.

    Args:
        data: The corpora: `chia/train` (brat), and for the raw criteria what `raw_text.read_criteria` reads.
        work: Folder of the stages' products.
        recipe: Settings by stage, as in `recipe.cfg`.
        network: Folder of the pretrained network that the teachers begin from.
        report: Called with lines of progress.
    """

    data: Path
    work: Path
    recipe: Mapping[str, Mapping[str, Any]]
    network: Path
    report: Callable[[str], None]
    read: Reader = field(default_factory=Reader)

    @cached_property
    def lines(self) -> tuple[list[Line], list[Line]]:
        """The annotated criteria: to train on, held out."""
        return corpus.split_held_out(corpus.read_lines(self.data / "chia" / "train"))

    @cached_property
    def held_out(self) -> list[Reading]:
        """The words of the held-out criteria."""
        return list(self.read(line.text for line in self.lines[1]))

    @cached_property
    def raw(self) -> list[str]:
        """The raw criteria."""
        path = self.work / "raw.txt"
        if not path.exists():
            path.write_text("\n".join(raw_text.read_criteria(self.data)) + "\n", encoding="utf-8")
        return path.read_text(encoding="utf-8").splitlines()

    @cached_property
    def silver(self) -> list[str]:
        """The raw criteria that the teachers label: in the turn with most, the first ones by a hash of their text."""
        return raw_text.some(self.raw, max(self.recipe["silver"]["limits"]))

    @cached_property
    def letters(self) -> tuple[NDArray[np.float32], dict[str, Any]]:
        """The vectors of letters."""
        text = self.work / "criteria.txt"
        if not text.with_suffix(".floret").exists():
            texts = [*self.raw, *(line.text for line in self.lines[0])]
            sentences = ([word.lower() for word in reading.text.words] for reading in self.read(texts))
            vectors.train(sentences, text, **self.recipe["vectors"])
        return vectors.read(text.with_suffix(".floret"))

    def masked(self) -> Path:
        """Return the folder of the network that has read the raw criteria."""
        from parser.nlp.training.masked import pretrain

        target = self.work / "network"
        if not self.recipe["masked"]["epochs"]:
            return self.network
        if not (target / "config.json").exists():
            pretrain(self.network, target, self.raw, **self.recipe["masked"], report=self.report)
        return target

    def likely(self, turn: int) -> dict[str, list[NDArray[np.float32]]]:
        """Return what the teachers of a turn together think of the words of the silver and of the held-out criteria.

        The student of the turn before has a say, too: it errs otherwise than they do.
        """
        texts = {"silver": self.silver, "held_out": [line.text for line in self.lines[1]]}
        every = [self._of_teacher(seed, texts) for seed in self.recipe["silver"]["turns"][turn - 1]]
        share = self.recipe["silver"]["student_share"]
        weights = [*[(1 - share) / len(every)] * len(every), share]
        every.append({name: self._of_student(turn - 1, found) for name, found in texts.items()})
        return {
            name: [_mixed(found, weights) for found in zip(*(one[name] for one in every), strict=True)]
            for name in texts
        }

    def _of_student(self, turn: int, texts: Sequence[str]) -> list[NDArray[np.float16]]:
        network = Network.read(self.student(turn, self._seeds(turn)[0]))
        scores = network.scores([reading.text for reading in self.read(texts)])
        return [np.exp(found).astype(np.float16) for found in scores]

    def _of_teacher(self, seed: int, texts: Mapping[str, Sequence[str]]) -> dict[str, list[NDArray[np.float16]]]:
        path = self.work / f"teacher_{seed}.pickle"  # our own file, in our own folder
        if not path.exists():
            path.write_bytes(pickle.dumps(self._teach(seed, texts)))
        found: dict[str, list[NDArray[np.float16]]] = pickle.loads(path.read_bytes())
        return found

    def _teach(self, seed: int, texts: Mapping[str, Sequence[str]]) -> dict[str, list[NDArray[np.float16]]]:
        from parser.nlp.training import teachers
        from parser.nlp.training.pieces import encode

        source = self.masked()
        settings = {**self.recipe["teachers"], "epochs": self.recipe["teachers"]["epochs"][seed]}
        teacher = teachers.fine_tune(source, self.lines[0], settings, seed=seed, report=self.report)
        found = {}
        for name in sorted(texts):  # the held-out ones first
            pieces = encode(source, texts[name])
            likely = teachers.read(teacher, pieces, self.report)
            readings = self.read(texts[name])
            found[name] = [
                teachers.of_words(coded, tags, reading.places).astype(np.float16)
                for coded, tags, reading in zip(pieces, likely, readings, strict=True)
            ]
            if name == "held_out":
                self.report(f"teacher {seed}, held out: {self.score(found[name])}")
        return found

    def score(self, likely: Sequence[NDArray[Any]]) -> dict[str, float]:
        """Return the scores of probabilities on the held-out criteria."""
        return self.score_logs([np.log(found.astype(np.float32) + 1e-6) for found in likely])

    def score_logs(self, scores: Sequence[NDArray[np.float32]]) -> dict[str, float]:
        """Return the scores of log probabilities on the held-out criteria."""
        counts = Counts()
        for line, reading, found in zip(self.lines[1], self.held_out, best_spans(scores), strict=True):
            counts.add(line.entities, entities_of(reading, found))
        return counts.scores()

    def student(self, turn: int, seed: int) -> Path:
        """Return the folder of a trained network: of turn 0 it learned from annotated criteria alone."""
        target = self.work / f"student_{turn}_{seed}"
        if not (target / "weights.npz").exists():
            network, scores = self._study(turn, seed)
            network.write(target)
            (target / "scores.json").write_text(json.dumps(scores) + "\n", encoding="utf-8")
        return target

    def finalists(self, turn: int) -> dict[str, Path]:
        """Return the folders of a turn's students by their seed, and of the mean of their weights where it is one.

        Students that went on from the same weights are near enough to each other for the mean of their weights to be
        as good as the mean of what they say (Wortsman et al. 2022, https://arxiv.org/abs/2203.05482).
        """
        seeds = self._seeds(turn)
        folders = {str(seed): self.student(turn, seed) for seed in seeds}
        if turn not in self.recipe["student"]["going_on"] or len(seeds) == 1:
            return folders
        networks = [Network.read(folder) for folder in folders.values()]
        weights = {
            name: np.mean([network.weights[name].astype(np.float32) for network in networks], axis=0).astype(np.float16)
            for name in networks[0].weights
        }
        mean, target = Network(weights, networks[0].meta), self.work / f"student_{turn}_mean"
        mean.write(target)
        scores = self.score_logs(mean.scores([reading.text for reading in self.held_out]))
        (target / "scores.json").write_text(json.dumps(scores) + "\n", encoding="utf-8")
        return {**folders, "mean": target}

    def provenance(self) -> dict[str, Any]:
        """Return what the students learned from, with digests by which it can be told again, and with what."""
        return {
            "annotated_criteria": len(self.lines[0]),
            "annotated_sha256": _digest(line.text for line in self.lines[0]),
            "held_out_criteria": len(self.lines[1]),
            "raw_criteria": len(self.raw),
            "raw_sha256": _digest(self.raw),
            "recipe_sha256": _digest([json.dumps(self.recipe, sort_keys=True)]),
            "versions": {name: version(name) for name in ("floret", "numpy", "spacy", "torch", "transformers")},
        }

    def _seeds(self, turn: int) -> list[int]:
        """Return the seeds of a turn's students: several in the last turn alone."""
        seeds: list[int] = self.recipe["student"]["seeds"]
        return seeds if turn == len(self.recipe["silver"]["turns"]) else seeds[:1]

    def _study(self, turn: int, seed: int) -> tuple[Network, dict[str, float]]:
        from parser.nlp.training import student

        settings = self._settings(turn)
        lessons = self._lessons(turn, settings)
        held_out: list[Words] = [reading.text for reading in self.held_out]
        table, meta = self.letters
        lexicon = student.Lexicon([*(lesson.text for lesson in lessons), *held_out], table, meta)
        model = student.Student(table.copy(), settings, seed)
        if turn in self.recipe["student"]["going_on"]:
            model.set_weights(Network.read(self.student(turn - 1, self._seeds(turn - 1)[0])).weights)
        model = student.train(
            model,
            lessons,
            settings,
            seed=seed,
            lexicon=lexicon,
            report=self.report,
            check=lambda model: self.score_logs(student.predict(model, held_out, lexicon))["strict_f1"],
        )
        scores = self.score_logs(student.predict(model, held_out, lexicon))
        self.report(f"student {seed} of turn {turn}, held out: {scores}")
        return Network(model.weights(), meta), scores

    def _settings(self, turn: int) -> dict[str, Any]:
        """Return the settings of a turn's students."""
        other = "student_of_gold" if turn == 0 else "student_going_on"
        differs = turn == 0 or turn in self.recipe["student"]["going_on"]
        settings = {**self.recipe["student"], **(self.recipe[other] if differs else {})}
        return {**settings, "epochs": self.recipe["student"]["epochs"][turn]}

    def _lessons(self, turn: int, settings: Mapping[str, Any]) -> list[Any]:
        from parser.nlp.training.student import Lesson

        training = self.lines[0]
        lessons = [
            Lesson(reading.text, gold_target(reading, line, settings["smoothing"]))
            for line, reading in zip(training, self.read(line.text for line in training), strict=True)
        ] * settings["gold_copies"]
        if turn:
            chosen = set(raw_text.some(self.silver, self.recipe["silver"]["limits"][turn - 1]))
            lessons += [
                Lesson(reading.text, found.astype(np.float16))
                for text, found, reading in zip(
                    self.silver, self.likely(turn)["silver"], self.read(self.silver), strict=True
                )
                if text in chosen
            ]
        return [lesson for lesson in lessons if lesson.text.words]


def _mixed(found: Sequence[NDArray[np.float16]], weights: Sequence[float]) -> NDArray[np.float32]:
    """Return the weighted mean of what several think of one text."""
    return np.average(np.stack(found).astype(np.float32), axis=0, weights=weights).astype(np.float32)


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def timed(report: Callable[[str], None]) -> Callable[[str], None]:
    """Return a reporter that says how many seconds have passed."""
    begun = time.monotonic()
    return lambda line: report(f"[{time.monotonic() - begun:6.0f} s] {line}")
