"""Make documents in processes of their own, so that the event loop stays free."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
Result = TypeVar("Result")


class DocumentProcesses(Executor):
    """A pool of processes that outlives the death of one of them: the next document gets a new pool.

    The processes end when this one dies, however it dies.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool = _pool(count)
        self._replacing = threading.Lock()

    def submit(self, make: Callable[P, Result], /, *args: P.args, **kwargs: P.kwargs) -> Future[Result]:
        """Have a document made; where the pool has lost a process, in a new pool."""
        with self._replacing:
            try:
                return self._pool.submit(make, *args, **kwargs)
            except BrokenProcessPool:
                self._pool.shutdown(wait=False)
                self._pool = _pool(self._count)
                return self._pool.submit(make, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)


def document_processes(count: int) -> Executor:
    """Give the processes that make documents."""
    return DocumentProcesses(count)


def _pool(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        max_workers=count, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent
    )


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
