"""Processes that work at tasks side by side: few tasks wait, and outcomes come in the order of the tasks."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import connection
from typing import TypeVar

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")

#: Tasks that wait for each process, so that it is never idle.
_AHEAD = 2
#: What keeps the numeric libraries of each process to one thread, as the processes share the cores.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class WorkerDiedError(Exception):
    """A process ended in the middle of a task: it crashed, or was killed for its memory."""


def in_order(
    call: Callable[[Task], Outcome],
    tasks: Iterable[Task],
    jobs: int,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Task, Outcome | WorkerDiedError]]:
    """Yield what `call` makes of each task, in their order, from so many processes.

    A task whose process dies is tried once more alone, since another task may have been to blame; the second time it
    comes with `WorkerDiedError`.

    Args:
        call: A function of a module, which other processes can import.
        tasks: Taken as they are needed, few in advance.
        jobs: Processes; with 1, everything is done in this one.
        stopped: When it says so, what no process has begun with is left undone.
    """
    if jobs == 1:
        for task in tasks:
            yield task, call(task)
        return
    pool = _pool(jobs)
    waiting: deque[tuple[Task, Future[Outcome]]] = deque()
    tasks = iter(tasks)
    try:
        while True:
            waiting.extend((new, _submit(pool, call, new)) for new in islice(tasks, jobs * _AHEAD - len(waiting)))
            if not waiting:
                return
            task, future = waiting.popleft()
            if stopped() and future.cancel():
                continue
            try:
                yield task, future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                yield task, alone(call, task)
                # What else was under way begins anew.
                pool = _pool(jobs)
                again = [other for other, _ in waiting]
                waiting.clear()
                waiting.extend((other, _submit(pool, call, other)) for other in again)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, call: Callable[[Task], Outcome], task: Task) -> Future[Outcome]:
    try:
        return pool.submit(call, task)
    except BrokenProcessPool as error:
        failed: Future[Outcome] = Future()
        failed.set_exception(error)
        return failed


def alone(call: Callable[[Task], Outcome], task: Task) -> Outcome | WorkerDiedError:
    """Return what `call` makes of a task in a process of its own; the error where that process dies."""
    pool = _pool(1)
    try:
        return pool.submit(call, task).result()
    except BrokenProcessPool:
        return WorkerDiedError("Expected a process to finish its task; found that it died.")
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Spawned, not forked: threads of numeric libraries do not survive a fork.
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Leave the keyboard's interrupt to the main process, and end when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
