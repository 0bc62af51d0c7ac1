"""`python -m tests.evaluation NAME PATH` prints what the evaluation `NAME` measures on `PATH`, as one JSON line."""

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
    if len(arguments) != 2 or arguments[0] not in names():
        print(f"usage: python -m tests.evaluation {{{','.join(names())}}} PATH", file=sys.stderr)
        return 2
    measured = import_module(f"{__package__}.{arguments[0]}").evaluate(Path(arguments[1]))
    print(json.dumps(measured, ensure_ascii=False))
    return 0 if not measured.get("problems") else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
