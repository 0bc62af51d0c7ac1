"""`python -m tests.evaluation NAME PATH` prints what the evaluation `NAME` measures on `PATH`, as one JSON line.

An evaluation's own options follow the path as pairs: `--model FOLDER`.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent


def names() -> list[str]:
    """The evaluations: the modules beside this one that have a function `evaluate`."""
    return sorted(path.stem for path in HERE.glob("*.py") if "\ndef evaluate(" in path.read_text("utf-8"))


def main(arguments: list[str]) -> int:
    """Run the evaluation that the arguments name."""
    name, path, *pairs = [*arguments, "", ""][: max(2, len(arguments))]
    options = dict(zip(pairs[::2], pairs[1::2], strict=False))
    if name not in names() or not path or len(pairs) % 2 or not all(option.startswith("--") for option in options):
        print(f"usage: python -m tests.evaluation {{{','.join(names())}}} PATH [--OPTION VALUE]", file=sys.stderr)
        return 2
    keywords = {option.lstrip("-").replace("-", "_"): value for option, value in options.items()}
    measured = import_module(f"{__package__}.{name}").evaluate(Path(path), **keywords)
    print(json.dumps(measured, ensure_ascii=False))
    return 0 if not measured.get("problems") else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
