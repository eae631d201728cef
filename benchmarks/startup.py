"""Measure how soon the product answers: `guichet --help`, and the demo's page where environment and data exist."""

from __future__ import annotations

import http.client
import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.records import bench_folder
from benchmarks.workers import KEY, ROOT
from bot.settings import Settings

RUNS = 5
GOAL_HELP_SECONDS, GOAL_PAGE_SECONDS = 0.5, 5.0
PATIENCE_SECONDS = 600
PAGES = ("/healthz", "/")
GUICHET = (sys.executable, "-m", "bot.main")


def processor_seconds(*command: str) -> float:
    """Run a command to its end and give the processor time it took."""
    before = _children()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return _children() - before


def measure_help() -> None:
    """Print the processor time of `guichet --help` beside that of a Python that does nothing."""
    ways = {"guichet --help": (*GUICHET, "--help"), "python -c pass": (sys.executable, "-c", "pass")}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(RUNS):
        for name, command in ways.items():
            taken[name].append(processor_seconds(*command))
    for name, seconds in taken.items():
        print(f"  {name:<28}{statistics.median(seconds):>8.2f} s of processor time")
    print(f"  goal: --help under {GOAL_HELP_SECONDS} s")


def measure_page() -> None:
    """Print how long `guichet demo` needs to an answering page, from a data folder that exists."""
    folder = _data_folder()
    # The first start makes what is missing: the data and, after a change of the catalogue, the model.
    _time_to_pages(folder)
    runs = [_time_to_pages(folder) for _ in range(RUNS)]
    for name, values in zip(("/healthz", "/", "processor time"), zip(*runs, strict=True), strict=True):
        print(
            f"  guichet demo to {name:<16}{statistics.median(values):>6.2f} s   slowest {max(values):.2f} s"
        )
    print(f"  goal: a page within {GOAL_PAGE_SECONDS:g} s; the database is started anew each time")


def _time_to_pages(folder: Path) -> tuple[float, float, float]:
    """Start the demo, give the seconds to each page and the processor time of the process, and end it."""
    port = _free_port()
    started = time.perf_counter()
    process = subprocess.Popen(
        [*GUICHET, "demo", "--no-browser", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "GUICHET_DATA_FOLDER": str(folder), "GUICHET_SECRET_KEY": KEY},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        health, page = (_until_answering(process, port, path) - started for path in PAGES)
        return health, page, _processor_seconds_of(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)


def _until_answering(process: subprocess.Popen[bytes], port: int, path: str) -> float:
    """Ask for a page until it comes and give that moment."""
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while time.perf_counter() < deadline and process.poll() is None:
        if _status(port, path) == http.HTTPStatus.OK:
            return time.perf_counter()
        time.sleep(0.02)
    raise RuntimeError(f"{path} did not answer (exit code {process.poll()})")


def _status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def _data_folder() -> Path:
    """Give a data folder of the measurement's own, with the model that is prepared already."""
    folder = bench_folder() / "startup"
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / "model"
    if not model.is_symlink():
        model.symlink_to((Settings().data_folder / "model").absolute())
    return folder


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _processor_seconds_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure both."""
    measure_help()
    measure_page()


if __name__ == "__main__":
    main()
