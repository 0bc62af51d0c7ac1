"""A run over many records: what it writes, and that it can be stopped at any moment and gone on with."""

from __future__ import annotations

import gzip
import io
import json
import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import parser
from parser import cli
from parser.batch import Ingested, Job, ingest, outputs
from parser.batch import run as running
from parser.cli.ingesting import Format
from parser.errors import UsageError
from parser.models import Trial

ROOT = Path(__file__).parent.parent
RECORDS = 90
SHARD = 10
TEXTS = Job(rules=False)


def line(number: int) -> bytes:
    text = f"Inclusion Criteria:\n\n* Gout for {number % 7 + 1} years\n\nExclusion Criteria:\n\n* Pregnancy"
    return json.dumps({"id": f"NCT{number + 1000000:08}", "text": text}).encode() + b"\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file of records, one of which is none."""
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"".join(line(number) if number != 33 else b'{"a": "no trial"}\n' for number in range(RECORDS)))
    return path


def run(source: Path, out: Path, **options: Any) -> Ingested:
    return ingest([source], out, **{"job": TEXTS, "shard_records": SHARD, **options})


def content(out: Path) -> dict[str, Any]:
    """What a folder holds that must be the same however it came about: all but the time that was spent."""
    found: dict[str, Any] = {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.name == "manifest.jsonl":
            rows = [json.loads(row) for row in path.read_bytes().splitlines()]
            for row in rows[1:]:
                row["summary"].pop("cpu_seconds")
            found[name] = rows
        elif path.name == "summary.json":
            found[name] = {key: value for key, value in json.loads(path.read_bytes()).items() if key != "cpu_seconds"}
        elif path.name.startswith("trials.sqlite"):
            found["trials.sqlite"] = dump(out / "trials.sqlite")
        elif path.is_file() and path.name != ".lock":
            found[name] = path.read_bytes()
    return found


def dump(path: Path) -> list[Any]:
    """The rows of a store, without the times of its versions."""
    database = sqlite3.connect(path)
    try:
        queries = [f"SELECT * FROM {table} ORDER BY 1, 2, 3, 5" for table in ("trials", "criteria", "atoms")]
        queries.append("SELECT trial_id, content_sha256, valid_to IS NULL FROM versions ORDER BY 1")
        return [database.execute(query).fetchall() for query in queries]
    finally:
        database.close()


def test_batch_run_writes_records_in_order(source: Path, tmp_path: Path) -> None:
    done = run(source, tmp_path / "out")
    assert (done.sources, done.shards, done.resumed, done.finished) == (1, 9, 0, True)
    assert (done.summary.records, done.summary.parsed, done.summary.failed) == (90, 89, 1)
    assert done.summary.diagnostics["not_a_trial"] == 1
    shards = sorted((tmp_path / "out" / "shards").iterdir())
    assert [path.name for path in shards] == [f"trials-{number:05}.jsonl" for number in range(1, 10)]
    lines = [row for path in shards for row in path.read_text("utf-8").splitlines()]
    numbers = [Trial.from_json(row).identifiers[0].value for row in lines]
    assert numbers == [f"NCT{number + 1000000:08}" for number in range(RECORDS) if number != 33]


def test_batch_run_notes_failures(source: Path, tmp_path: Path) -> None:
    run(source, tmp_path / "out")
    (failure,) = [json.loads(row) for row in (tmp_path / "out" / "failures.jsonl").read_text("utf-8").splitlines()]
    assert failure["code"] == "not_a_trial"
    assert failure["message"].startswith("Expected")
    assert failure["source"] == f"{source.as_posix()}#34"
    assert failure["excerpt"].strip() == '{"a": "no trial"}'


def test_batch_run_gzip_holds_the_same(source: Path, tmp_path: Path) -> None:
    run(source, tmp_path / "plain")
    run(source, tmp_path / "packed", format="jsonl.gz")
    plain = [path.read_bytes() for path in sorted((tmp_path / "plain" / "shards").iterdir())]
    packed = [gzip.decompress(path.read_bytes()) for path in sorted((tmp_path / "packed" / "shards").iterdir())]
    assert packed == plain


@pytest.mark.parametrize("format", ["jsonl", "jsonl.gz", "sqlite", "parquet"])
def test_batch_run_is_the_same_every_time_and_in_processes(source: Path, tmp_path: Path, format: str) -> None:
    run(source, tmp_path / "one", format=format)
    run(source, tmp_path / "two", format=format, jobs=2 if format == "sqlite" else 1)
    assert content(tmp_path / "two") == content(tmp_path / "one")


def test_batch_run_limits_records(source: Path, tmp_path: Path) -> None:
    assert run(source, tmp_path / "out", limit=15).summary.records == 15


def test_batch_run_reads_standard_input(tmp_path: Path) -> None:
    done = ingest(["-"], tmp_path / "out", job=TEXTS, stdin=io.BytesIO(line(1) + line(2)))
    assert done.summary.parsed == 2


def test_batch_run_does_not_read_its_own_output(source: Path, tmp_path: Path) -> None:
    first = ingest([source.parent], source.parent / "out", job=TEXTS)
    again = ingest([source.parent], source.parent / "out", job=TEXTS, resume=True)
    assert (first.sources, again.sources, again.resumed) == (1, 1, 1)


def test_batch_run_tells_how_far_it_is(source: Path, tmp_path: Path) -> None:
    told: list[running.Progress] = []
    run(source, tmp_path / "out", progress=told.append)
    assert [progress.records for progress in told] == list(range(10, 100, 10))
    assert told[-1].total_bytes == source.stat().st_size
    assert told[-1].bytes == source.stat().st_size


@pytest.mark.parametrize("format", ["jsonl", "sqlite"])
def test_batch_run_goes_on_after_a_record_that_cannot_be_written(
    source: Path, tmp_path: Path, format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = outputs.OUTPUTS[format]

    def render(trial: Trial, origin: str | None) -> Any:
        if trial.identifiers[0].value == "NCT01000005":
            raise RecursionError
        return usual.render(trial, origin)

    monkeypatch.setitem(outputs.OUTPUTS, format, replace(usual, render=render))
    done = run(source, tmp_path / "out", format=format)
    assert (done.summary.parsed, done.summary.failed) == (88, 2)
    assert done.summary.diagnostics["internal_error"] == 1


# --- going on --------------------------------------------------------------------------------------------------------


def test_batch_run_resumed_does_nothing_twice(source: Path, tmp_path: Path) -> None:
    run(source, tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out" / "shards").iterdir()}
    done = run(source, tmp_path / "out", resume=True)
    assert (done.resumed, done.summary.records, done.summary.failed) == (9, 90, 1)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_batch_run_resumed_redoes_what_changed(source: Path, tmp_path: Path) -> None:
    run(source, tmp_path / "out")
    source.write_bytes(source.read_bytes().replace(b"no trial", b"no-trial").replace(b"NCT01000071", b"NCT09000071"))
    done = run(source, tmp_path / "out", resume=True)
    # The records 33 and 71 stand in the fourth and in the eighth shard.
    assert done.resumed == 7
    run(source, tmp_path / "fresh")
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_batch_run_resumed_redoes_rows_whose_columns_have_other_names(tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    rows = "ACTRN12621000999901,Peanut study,Peanut allergy\n" * 3
    for title in ("Public_title", "Scientific_title"):
        table.write_text(f"TrialID,{title},Condition\n{rows}")
        done = ingest([table], tmp_path / "out", job=TEXTS, resume=True)
        assert (done.resumed, done.records_now) == (0, 3)


@pytest.mark.parametrize("change", ["a file is gone", "a file is cut", "options", "rules", "version"])
def test_batch_run_resumed_redoes_what_is_not_as_it_would_be(
    source: Path, tmp_path: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(source, tmp_path / "out")
    shard = tmp_path / "out" / "shards" / "trials-00002.jsonl"
    options: dict[str, Any] = {"resume": True}
    if change == "a file is gone":
        shard.unlink()
    elif change == "a file is cut":
        shard.write_bytes(shard.read_bytes()[:-5])
    elif change == "options":
        options["job"] = Job(rules=False, contacts=False)
    elif change == "rules":
        monkeypatch.setattr(running, "rules_sha256", lambda rules: "other")
    else:
        manifest = tmp_path / "out" / "manifest.jsonl"
        manifest.write_text(manifest.read_text().replace(f'"{parser.__version__}"', '"0.0.0"'))
    done = run(source, tmp_path / "out", **options)
    assert done.resumed == (8 if change.startswith("a file") else 0)
    monkeypatch.undo()
    run(source, tmp_path / "out", **{**options, "resume": True})
    run(source, tmp_path / "fresh", job=options.get("job", TEXTS))
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_batch_run_resumed_forgets_shards_beyond_the_last(source: Path, tmp_path: Path) -> None:
    run(source, tmp_path / "out")
    source.write_bytes(b"".join(source.read_bytes().splitlines(keepends=True)[:25]))
    run(source, tmp_path / "out", resume=True)
    run(source, tmp_path / "fresh")
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_batch_run_survives_a_manifest_that_was_cut_off(source: Path, tmp_path: Path) -> None:
    run(source, tmp_path / "out")
    manifest = tmp_path / "out" / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-40])
    assert run(source, tmp_path / "out", resume=True).resumed == 8
    run(source, tmp_path / "fresh")
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_batch_run_refuses_a_folder_with_another_run(source: Path, tmp_path: Path) -> None:
    run(source, tmp_path / "out")
    with pytest.raises(UsageError, match="--resume"):
        run(source, tmp_path / "out")
    with pytest.raises(UsageError, match="format"):
        run(source, tmp_path / "out", resume=True, format="sqlite")
    with (
        running._locked(tmp_path / "out"),
        pytest.raises(UsageError, match="no other run"),
    ):
        run(source, tmp_path / "out", resume=True)


@pytest.mark.parametrize("options", [{"format": "xlsx"}, {"jobs": 0}, {"limit": 0}, {"shard_records": 0}])
def test_batch_run_refuses_wrong_options(source: Path, tmp_path: Path, options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        run(source, tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_batch_run_refuses_inputs_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing at"):
        ingest([tmp_path / "*.xml"], tmp_path / "out")


@pytest.mark.parametrize("jobs", [1, 2])
def test_batch_run_stopped_finishes_the_shards_under_way(source: Path, tmp_path: Path, jobs: int) -> None:
    told: list[int] = []
    done = run(
        source,
        tmp_path / "out",
        jobs=jobs,
        progress=lambda progress: told.append(progress.records),
        stopped=lambda: len(told) >= 2,
    )
    assert not done.finished
    assert 20 <= done.summary.records < RECORDS
    assert json.loads((tmp_path / "out" / "summary.json").read_bytes())["finished"] is False
    assert run(source, tmp_path / "out", resume=True).resumed * SHARD >= done.summary.records
    run(source, tmp_path / "fresh")
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


# --- killed ----------------------------------------------------------------------------------------------------------


def _in_child(source: Path, out: Path, format: str) -> None:
    run(source, out, format=format, resume=True)


def killed_at_random(start: Callable[[], Any], seconds: float, times: int) -> Iterator[None]:
    """Start processes and kill each after a random time of at most so many seconds; yield after each."""
    chance = random.Random(20250317)
    for _ in range(times):
        process = start()
        process.join(chance.uniform(0, seconds))
        process.kill()
        process.join()
        yield


@pytest.mark.parametrize("format", ["jsonl", "sqlite"])
def test_batch_run_killed_at_any_moment_loses_and_corrupts_nothing(source: Path, tmp_path: Path, format: str) -> None:
    begun = time.monotonic()
    run(source, tmp_path / "whole", format=format)
    seconds = time.monotonic() - begun
    whole = content(tmp_path / "whole")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["parser.batch.run", "parser.registries.criteria_only", "parser.pipeline"])
    out = tmp_path / "out"
    # A first one that may take its time, so that those after it start at once.
    warm = context.Process(target=_in_child, args=(source, tmp_path / "warm", format))
    warm.start()
    warm.join()

    def start() -> Any:
        process = context.Process(target=_in_child, args=(source, out, format))
        process.start()
        return process

    for _ in killed_at_random(start, seconds, 10):
        for path in out.glob("shards/*.jsonl*"):
            if not path.name.endswith(".unfinished"):
                assert path.read_bytes() == whole[path.relative_to(out).as_posix()]
    run(source, out, format=format, resume=True)
    assert content(out) == whole


# --- the command -----------------------------------------------------------------------------------------------------


def command(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    words = [
        sys.executable,
        "-m",
        "parser",
        "ingest",
        "--no-rules",
        "--shard-records",
        str(SHARD),
        *map(str, arguments),
    ]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, **options)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Any]:
    """Run the command in this process: its exit status, and what it says."""

    def run_command(*arguments: str | Path, stdin: bytes = b"") -> tuple[int, bytes, list[str]]:
        words = ["trial-parser", "ingest", "--no-rules", "--shard-records", str(SHARD), *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", words)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfdbinary.readouterr()
        return int(ended.value.code or 0), out, err.decode().splitlines()

    return run_command


def test_batch_run_command_says_what_it_did(source: Path, tmp_path: Path, typed: Callable[..., Any]) -> None:
    status, out, said = typed(source, "--out", tmp_path / "out")
    # Some records failed.
    assert (status, out) == (1, b"")
    assert "records      90: 89 parsed, 1 failed, 0 skipped" in said
    assert "diagnostics  1 not_a_trial" in said
    assert typed(source, "--out", tmp_path / "out", "--resume", "-q") == (1, b"", [])


@pytest.mark.parametrize(
    ("data", "status"), [(line(1), 0), (line(1) + b'{"a": 1}\n', 1), (b"no trial at all\n", 3)], ids=["0", "1", "3"]
)
def test_batch_run_command_status_says_how_it_went(
    tmp_path: Path, data: bytes, status: int, typed: Callable[..., Any]
) -> None:
    assert typed("-", "--out", tmp_path / "out", "-q", stdin=data) == (status, b"", [])


def test_batch_run_command_wrong_usage_is_status_two(tmp_path: Path, typed: Callable[..., Any]) -> None:
    status, _, said = typed(tmp_path / "missing", "--out", tmp_path / "out")
    assert status == 2
    assert said[0].startswith("trial-parser: error [usage]: ")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_batch_run_command_ends_in_order_when_asked_to(source: Path, tmp_path: Path, number: int) -> None:
    out = tmp_path / "out"
    big = tmp_path / "big.jsonl"
    big.write_bytes(b"".join(line(number) for number in range(20_000)))
    process = command(big, "--out", out)
    wait_for(lambda: len(list(out.glob("shards/*.jsonl"))) >= 2)
    process.send_signal(number)
    _, err = process.communicate()
    assert process.returncode == 128 + number
    assert b"stopped      go on with --resume" in err
    state = json.loads((out / "summary.json").read_bytes())
    assert state["finished"] is False
    assert list(out.rglob("*.unfinished")) == []
    rows = sum(len(path.read_bytes().splitlines()) for path in out.glob("shards/*.jsonl"))
    assert rows == state["parsed"] == state["shards"] * SHARD


@pytest.mark.skipif(sys.platform == "win32", reason="processes are found by POSIX's means")
def test_batch_run_command_killed_takes_its_processes_with_it(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = command(source, "--out", out, "--jobs", "2")
    wait_for(lambda: len(list(out.glob("shards/*.jsonl"))) >= 1)
    children = [int(pid) for pid in _children(process.pid)]
    process.kill()
    process.communicate()
    wait_for(lambda: not any(_runs(pid) for pid in children))
    run(source, out, resume=True)
    run(source, tmp_path / "fresh")
    assert content(out) == content(tmp_path / "fresh")


def wait_for(happens: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.01)


def _children(pid: int) -> list[str]:
    listing = Path(f"/proc/{pid}/task/{pid}/children")
    return listing.read_text().split() if listing.exists() else []


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    # One that has ended and that nobody has asked about does not run.
    return not (status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z")


@pytest.mark.parametrize(("options", "extra"), [({"format": "parquet"}, "parquet"), ({"dask": "local"}, "dask")])
def test_batch_run_says_which_extra_is_missing(
    source: Path, tmp_path: Path, options: dict[str, Any], extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("pyarrow", "distributed"):
        monkeypatch.setitem(sys.modules, module, None)
    for module in ("arrow", "cluster"):
        monkeypatch.delitem(sys.modules, f"parser.batch.{module}", raising=False)
    with pytest.raises(UsageError, match=rf"pip install 'trial-parser\[{extra}\]'"):
        run(source, tmp_path / "out", **options)


def test_batch_run_command_offers_every_output() -> None:
    assert [each.value for each in Format] == list(outputs.OUTPUTS)
