"""Keeping numpy's products on one core.

From a size on, numpy's library of products (OpenBLAS, mostly) wakes the other cores. For products as small as the
network's that is several times slower than one core alone, the more so where several processes share a machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from threadpoolctl import ThreadpoolController


class _OneCore:
    """The limit, which is the whole process's: set by the first thread that comes, lifted by the last that goes."""

    def __init__(self) -> None:
        self._controller: Any = ThreadpoolController()  # type: ignore[no-untyped-call]
        self._lock = Lock()
        self._inside = 0
        self._limit: Any = None

    def enter(self) -> None:
        with self._lock:
            self._inside += 1
            if self._inside == 1:
                self._limit = self._controller.limit(limits=1, user_api="blas")

    def leave(self) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                self._limit.restore_original_limits()


_ONE_CORE = _OneCore()


@contextmanager
def one_core() -> Iterator[None]:
    """Keep products on one core while this is open."""
    _ONE_CORE.enter()
    try:
        yield
    finally:
        _ONE_CORE.leave()
