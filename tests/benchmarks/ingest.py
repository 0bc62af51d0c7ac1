"""What a run over many records costs: `python -m tests.benchmarks.ingest DIR`, one JSON line a measurement.

`DIR` holds `registries/` (real records of any registry) and `eligibility_text/*.jsonl` (criteria with a number, one a
line). CPU time where nothing else is said, of the run's processes together; memory is the greatest of a single process.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from parser import load_nlp, parse_eligibility
from parser.pipeline import parse_batch
from parser.reading.records import RawRecord
from parser.rules import Memory

#: One record in so many, where rules are made.
EVERY = 20
#: Texts in a row whose repeated criteria are counted: a shard.
SHARD = 500
#: Records that go through the pipeline together, as in a run.
BATCH = 32
#: Lengths of a text in KB, over which the cost is fitted.
LENGTHS = (1, 4, 16, 64, 256, 1024)
#: Numbers of records, over which the cost is fitted.
COUNTS = (125, 250, 500, 1000)
_ROUNDS = 2


def command(inputs: Sequence[Path], *options: str) -> dict[str, Any]:
    """Run the command over some inputs, and return its numbers, its time and its greatest memory."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        words = [sys.executable, "-m", "parser", "ingest", *map(str, inputs), "--out", str(out), "-q", *options]
        begun = time.monotonic()
        process = subprocess.Popen(words, env={**os.environ, "OMP_NUM_THREADS": "1"})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begun
        assert os.waitstatus_to_exitcode(status) in (0, 1), words
        summary = json.loads((out / "summary.json").read_bytes())
    cpu = usage.ru_utime + usage.ru_stime
    return {
        "records": summary["records"],
        "failed": summary["failed"],
        "megabytes": round(summary["bytes"] / 1e6, 1),
        "cpu_seconds": round(cpu, 1),
        "wall_seconds": round(seconds, 1),
        "records_per_cpu_second": round(summary["records"] / summary["cpu_seconds"], 1),
        "peak_megabytes": round(usage.ru_maxrss / 1024),
        **({"repeated": round(summary["repeated"] / summary["asked"], 4)} if summary["asked"] else {}),
    }


def sampled(folder: Path, every: int, target: Path) -> Path:
    """Write every so many of the texts in a folder into one file."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_bytes().splitlines(keepends=True)]
    target.write_bytes(b"".join(lines[::every]))
    return target


def records_of(folder: Path) -> list[RawRecord]:
    """Return the texts of a folder as records, unread."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [RawRecord(number, line, format="json") for number, line in enumerate(lines, start=1)]


def parse_all(records: Sequence[RawRecord], **options: Any) -> None:
    for start in range(0, len(records), BATCH):
        parse_batch(records[start : start + BATCH], **options)


def seconds_of(call: Callable[[], object]) -> float:
    """Return the CPU seconds of a call, the best of some rounds."""
    found = []
    for _ in range(_ROUNDS):
        begun = time.process_time()
        call()
        found.append(time.process_time() - begun)
    return min(found)


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Return the exponent of the power law through the points, by least squares over the logarithms."""
    logs = [(math.log(size), math.log(cost)) for size, cost in points]
    middle_x, middle_y = (sum(values) / len(logs) for values in zip(*logs, strict=True))
    over = sum((x - middle_x) * (y - middle_y) for x, y in logs)
    return over / sum((x - middle_x) ** 2 for x, _ in logs)


def exponents(records: Sequence[RawRecord], nlp: Any) -> Iterator[dict[str, Any]]:
    """Yield the exponents of the cost over the number of records and over the length of a text."""
    points = [(count, seconds_of(partial(parse_all, records[:count], rules=False))) for count in COUNTS]
    yield {"benchmark": "exponent_of_records_without_rules", "value": round(exponent(points), 3)}
    text = "\n\n".join(json.loads(str(record.data))["text"] for record in records)
    for name, options in (("without_rules", {"rules": False}), ("with_rules", {"nlp": nlp})):
        points = [(size, seconds_of(partial(parse_eligibility, text[: size * 1024], **options))) for size in LENGTHS]
        yield {
            "benchmark": f"exponent_of_length_{name}",
            "value": round(exponent(points), 3),
            "seconds": {f"{size} KB": round(cost, 4) for size, cost in points},
        }


def memory_gain(records: Sequence[RawRecord], nlp: Any) -> dict[str, Any]:
    """Return what remembering criteria saves in a shard."""
    some = records[:SHARD]
    memory = Memory()
    begun = time.process_time()
    parse_all(some, nlp=nlp, memory=memory)
    remembering = time.process_time() - begun
    begun = time.process_time()
    parse_all(some, nlp=nlp)
    return {
        "benchmark": "repeated_criteria",
        "repeated": round(memory.hits / memory.asked, 4),
        "saved": round(1 - remembering / (time.process_time() - begun), 3),
    }


def measurements(folder: Path) -> Iterator[dict[str, Any]]:
    texts = folder / "eligibility_text"
    everything = [folder / "registries", texts]
    yield {"benchmark": "all_without_rules", **command(everything, "--no-rules")}
    yield {"benchmark": "all_without_rules_sqlite", **command(everything, "--no-rules", "--format", "sqlite")}
    yield {"benchmark": "all_without_rules_two_jobs", **command(everything, "--no-rules", "--jobs", "2")}
    with tempfile.TemporaryDirectory() as scratch:
        some = sampled(texts, EVERY, Path(scratch) / "some.jsonl")
        yield {"benchmark": f"every_{EVERY}th_text_with_rules", **command([some])}
        yield {
            "benchmark": f"every_{EVERY}th_text_with_rules_two_jobs",
            **command([some], "--jobs", "2", "--shard-records", "66"),
        }
    records = records_of(texts)
    nlp = load_nlp()
    yield memory_gain(records, nlp)
    yield from exponents(records, nlp)


if __name__ == "__main__":
    for measurement in measurements(Path(sys.argv[1])):
        print(json.dumps(measurement), flush=True)
