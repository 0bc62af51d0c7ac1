"""Measure the CPU time of importing, and of parsing the example page and real records, and print one JSON line each.

Run from the project's root: `python -m tests.benchmarks [FOLDER ...]`, where a folder holds real records
(`ictrp_export/*.jsonl` and `ctgov_v2_json/*.json`) or eligibility texts (`*.jsonl`, a `text` each line). CPU time, not
wall-clock time, and the best of several rounds, so that other work on the machine matters little.
"""

from __future__ import annotations

import html
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import parser
from tests.benchmarks.exports import of_exports
from tests.benchmarks.rules import of_texts

EXAMPLE = Path(__file__).parents[2] / "fixtures" / "clinconnect" / "sources" / "clinconnect_sepsis.txt"
ROUNDS = 40
#: CPU seconds that a round takes at least: shorter ones would measure the clock.
ROUND_SECONDS = 0.05


def as_html(page: str) -> str:
    """The example's lines as a page of markup: a title, list items, paragraphs."""
    title, *lines = page.splitlines()
    body = "".join(_element(line) for line in lines)
    name = html.escape(title)
    return f"<!doctype html><html><head><title>{name}</title></head><body><h1>{name}</h1>{body}</body></html>"


def _element(line: str) -> str:
    if line.startswith("- "):
        return f"<ul><li>{html.escape(line[2:])}</li></ul>"
    return f"<p>{html.escape(line)}</p>"


def seconds_each(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the CPU seconds of one call, the best of so many rounds."""
    call()
    return min(_round(call) for _ in range(rounds))


def _round(call: Callable[[], object]) -> float:
    calls, began = 0, time.process_time()
    while (spent := time.process_time() - began) < ROUND_SECONDS:
        call()
        calls += 1
    return spent / calls


def import_seconds() -> float:
    """Return the CPU seconds that `import parser` takes in a fresh interpreter."""
    code = "import time; began = time.process_time(); import parser; print(time.process_time() - began)"
    command = [sys.executable, "-c", code]
    return min(float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(5))


def of_records(folder: Path) -> Iterator[dict[str, object]]:
    """Yield the speed on real records: rows of the WHO portal in one stream, API v2 studies under 60 KB."""
    exports = sorted((folder / "ictrp_export").glob("*.jsonl"))
    rows = sum(len(path.read_bytes().splitlines()) for path in exports)
    cost = seconds_each(lambda: [sum(1 for _ in parser.parse_records(path, rules=False)) for path in exports])
    yield {"benchmark": "ictrp_rows_without_rules", "records_per_cpu_second": round(rows / cost)}
    paths = sorted((folder / "ctgov_v2_json").glob("*.json"))
    studies = [path.read_bytes() for path in paths if path.stat().st_size < 60_000]
    cost = seconds_each(lambda: [parser.parse(study, rules=False) for study in studies])
    yield {"benchmark": "ctgov_v2_json_without_rules", "records_per_cpu_second": round(len(studies) / cost)}


def measurements(folders: list[Path]) -> Iterator[dict[str, object]]:
    """Yield one result a benchmark; those without rules first, in a process that has not loaded spaCy."""
    text = EXAMPLE.read_bytes()
    markup = as_html(text.decode()).encode()
    yield {"benchmark": "import", "cpu_ms": round(import_seconds() * 1000, 1)}
    for name, data in (("text", text), ("html", markup)):
        cost = seconds_each(lambda data=data: parser.parse(data, rules=False))
        yield {"benchmark": f"parse_{name}_without_rules", "pages_per_cpu_second": round(1 / cost)}
    for folder in folders:
        if (folder / "ictrp_export").is_dir():
            yield from of_records(folder)
            yield from of_exports(folder, seconds_each, rules=False)
    began = time.process_time()
    nlp = parser.load_nlp()
    yield {"benchmark": "load_nlp", "cpu_ms": round((time.process_time() - began) * 1000)}
    cost = seconds_each(lambda: parser.parse(text, nlp=nlp))
    yield {"benchmark": "parse_text_with_rules", "pages_per_cpu_second": round(1 / cost, 1)}
    criteria = [criterion.text for criterion in parser.parse(text, rules=False).eligibility.walk()]
    with nlp.select_pipes(enable=["trial_recogniser"]):
        cost = seconds_each(lambda: list(nlp.pipe(criteria)))
    yield {"benchmark": "recogniser", "criteria_per_cpu_second": round(len(criteria) / cost)}
    for folder in folders:
        if (folder / "ictrp_export").is_dir():
            yield from of_exports(folder, seconds_each, rules=True)
        if any(folder.glob("*.jsonl")):
            yield from of_texts(folder, seconds_each)


if __name__ == "__main__":
    for measurement in measurements([Path(argument) for argument in sys.argv[1:]]):
        print(json.dumps(measurement), flush=True)
