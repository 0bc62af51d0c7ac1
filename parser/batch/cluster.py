"""Tasks done by a Dask cluster: the same function that a pool of processes is given.

When a worker is lost, Dask's scheduler gives its tasks to others. A shard that is done twice for that leaves the same
files, each put into place in one step. The folder of the output must be one that all machines share.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from parser.batch.pools import WorkerDiedError
from parser.errors import UnreadableInputError

try:
    from distributed import Client, LocalCluster, as_completed
    from distributed.scheduler import KilledWorker
except ImportError as error:
    raise ImportError("Work on a cluster needs Dask: pip install 'trial-parser[dask]'.") from error

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")

#: In place of an address: a cluster of this machine.
LOCAL = "local"
#: Tasks that wait for each thread of the cluster, so that none is idle.
_AHEAD = 2
_SECONDS_TO_CONNECT = 30

#: Does tasks and yields them with what came of it, as they are done.
OnCluster = Callable[
    [Callable[[Task], Outcome], Iterable[Task], Callable[[], bool]], Iterator[tuple[Task, Outcome | WorkerDiedError]]
]


@contextmanager
def on_cluster(address: str, jobs: int) -> Iterator[OnCluster[Any, Any]]:
    """Connect to a cluster, and yield what does tasks on it.

    Args:
        address: Of the scheduler (`tcp://host:8786`); `local` for a cluster of so many processes on this machine.
        jobs: Processes of a local cluster.

    Raises:
        UnreadableInputError: Nobody answers at the address.
    """
    if address == LOCAL:
        # One thread a process: the language pipeline keeps one busy. Workers are not given up for a task that fails.
        with (
            LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):
            yield lambda call, tasks, stopped: done_by(client, call, tasks, stopped)
        return
    try:
        client = Client(address, timeout=_SECONDS_TO_CONNECT)
    except (OSError, ValueError) as error:
        raise UnreadableInputError(f"Expected a Dask scheduler at {address}; found none ({error}).") from error
    with client:
        yield lambda call, tasks, stopped: done_by(client, call, tasks, stopped)


def done_by(
    client: Client,
    call: Callable[[Task], Outcome],
    tasks: Iterable[Task],
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Task, Outcome | WorkerDiedError]]:
    """Yield what `call` makes of each task, as they are done by a cluster; few tasks wait.

    A task on which several workers died, one after the other, comes with `WorkerDiedError`.

    Args:
        client: Of the cluster.
        call: A function of a module that the cluster's machines have installed.
        tasks: Taken as they are needed.
        stopped: When it says so, no more tasks are taken.
    """
    tasks = iter(tasks)
    under_way: dict[str, Task] = {}
    results = as_completed()

    def submit(count: int) -> None:
        for task in islice(tasks, count):
            with warnings.catch_warnings():
                # A shard is sent with its task: data that was scattered would be lost with the worker that holds it.
                warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
                # Not pure: a shard is done anew even where the same one was done before.
                future = client.submit(call, task, pure=False)
            under_way[future.key] = task
            results.add(future)

    submit(_AHEAD * max(1, sum(client.nthreads().values())))
    for future in results:
        task = under_way.pop(future.key)
        try:
            yield task, future.result()
        except KilledWorker:
            yield (
                task,
                WorkerDiedError(f"Expected a worker to finish its task; found that several died of it: {task!r:.80}"),
            )
        if not stopped():
            submit(1)
