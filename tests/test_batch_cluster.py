"""A run on a cluster: the same output, and a worker that is lost in the middle loses nothing and does nothing twice."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from parser.batch import Job, ingest
from parser.errors import UnreadableInputError

distributed = pytest.importorskip("distributed", reason="needs the extra `dask`")
# Its event loop and its sockets are closed by other threads, after a test has ended.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


def slowly(number: int) -> int:
    """A task that takes its time."""
    time.sleep(0.05)
    return 2 * number


def die_once(folder: str) -> str:
    """A task that kills its worker the first time."""
    mark = Path(folder) / "died"
    if not mark.exists():
        mark.write_bytes(b"")
        os._exit(1)
    return "done"


def test_batch_cluster_makes_the_same_output_though_a_worker_is_killed(tmp_path: Path) -> None:
    from parser.batch import cluster

    source = tmp_path / "records.jsonl"
    rows = [{"id": f"NCT{number + 1000000:08}", "criteria": f"Gout for {number} years"} for number in range(200)]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    ingest([source], tmp_path / "here", job=Job(rules=False), shard_records=10)
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local,
        distributed.Client(local) as client,
    ):
        done = 0

        def progress(_: object) -> None:
            nonlocal done
            done += 1
            if done == 3:
                # As the machine's kill for want of memory would end it.
                next(iter(local.workers.values())).process.process._process.kill()

        ended = ingest(
            [source],
            tmp_path / "there",
            job=Job(rules=False),
            shard_records=10,
            dask=local.scheduler_address,
            progress=progress,
        )
        outcomes = dict(cluster.done_by(client, slowly, range(8)))
        assert outcomes == {number: 2 * number for number in range(8)}
        assert dict(cluster.done_by(client, die_once, [str(tmp_path)])) == {str(tmp_path): "done"}
    assert (ended.finished, ended.shards, ended.summary.parsed) == (True, 20, 200)
    here = {path.name: path.read_bytes() for path in (tmp_path / "here" / "shards").iterdir()}
    there = {path.name: path.read_bytes() for path in (tmp_path / "there" / "shards").iterdir()}
    assert there == here


def test_batch_cluster_says_when_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from parser.batch import cluster

    monkeypatch.setattr(cluster, "_SECONDS_TO_CONNECT", 0.2)
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(UnreadableInputError, match="scheduler"):
        ingest([tmp_path / "a.txt"], tmp_path / "out", dask="tcp://127.0.0.1:1")
