"""Make documents in processes of their own, so that the event loop stays free."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait


def document_processes(count: int) -> ProcessPoolExecutor:
    """Give a pool of processes that end when this one dies, however it dies."""
    return ProcessPoolExecutor(
        max_workers=count,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_end_with_parent,
    )


def warm_up() -> None:
    """Load what makes documents, before the first customer waits for it."""


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
