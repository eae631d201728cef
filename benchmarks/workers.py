"""Run the product's own job process (`guichet serve --only jobs`), to be measured or killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
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
        self._said = threading.Event()
        self._line = b""
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def is_ready(self) -> bool:
        """Tell whether the process has said that it does jobs."""
        return b"Doing jobs" in self._line

    def wait_until_ready(self) -> None:
        """Wait until the process says that it does jobs."""
        if not self._said.wait(READY_SECONDS) or not self.is_ready:
            raise RuntimeError(f"a worker did not become ready: {self._line!r}")

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as output:
            self._line = output.readline()
        self._said.set()

    def kill(self) -> None:
        """End the process at this instant, as a power cut would."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._said.wait(READY_SECONDS)

    def end(self) -> bool:
        """Ask the process to end, as a new release does, and tell whether it did in time."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(POLITE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        return True

    def processor_seconds(self) -> float:
        """Give the processor time that the process itself has taken so far (Linux)."""
        fields = (
            Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        )
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
