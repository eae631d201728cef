"""Run the product's own job process (`guichet serve --only jobs`), to be measured or killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
READY_SECONDS = 120
POLITE_SECONDS = 15
# Signs nothing that outlives a measurement.
KEY = "a key of measurements only"


class Worker:
    """One process that does jobs; what it logs is appended to a file."""

    def __init__(self, address: str, log: Path) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as target:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot.main", "serve", "--only", "jobs"],
                cwd=ROOT,
                env=_environment(address),
                stdout=subprocess.PIPE,
                stderr=target,
            )

    @property
    def is_running(self) -> bool:
        """Tell whether the process lives."""
        return self._process.poll() is None

    def wait_until_ready(self) -> None:
        """Wait until the process says that it does jobs."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if b"Doing jobs" not in line:
            raise RuntimeError(f"a worker ended before it was ready ({self._process.wait(READY_SECONDS)})")

    def kill(self) -> None:
        """End the process at this instant, as a power cut would."""
        self._process.send_signal(signal.SIGKILL)
        self._reap()

    def end(self) -> bool:
        """Ask the process to end, as a new release does, and tell whether it did in time."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(POLITE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        self._reap()
        return True

    def processor_seconds(self) -> float:
        """Give the processor time that the process itself has taken so far (Linux)."""
        fields = (
            Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        )
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _reap(self) -> None:
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def start_workers(address: str, count: int, log: Path) -> list[Worker]:
    """Start some workers and wait until all of them do jobs."""
    workers = [Worker(address, log) for _ in range(count)]
    for worker in workers:
        worker.wait_until_ready()
    return workers


def _environment(address: str) -> dict[str, str]:
    """Give the settings of a worker: the measured database, the prepared model, nobody slowed down."""
    return {
        **os.environ,
        "GUICHET_DATABASE_URL": address,
        "GUICHET_DATA_FOLDER": str(Settings().data_folder.absolute()),
        "GUICHET_SECRET_KEY": KEY,
        "GUICHET_MESSAGES_PER_MINUTE": "1000000",
        "GUICHET_LOG_LEVEL": "WARNING",
    }
