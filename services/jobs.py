"""Defer work within the transaction that calls for it, and do it in whichever process is alive (Procrastinate)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import procrastinate
from procrastinate.exceptions import ConnectorException
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

log = logging.getLogger(__name__)

# A dead process is noticed after this time without a sign of life, and its work taken over.
HEARTBEAT_SECONDS = 1.0
STALLED_SECONDS = 5.0
# A lock that is released between two polls waits for the next one.
POLL_SECONDS = 0.1
STUCK_SECONDS = 900
RESTART_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 300


class Later(Exception):
    """What a job waits for asks it to come back after some seconds: no fault, and no attempt lost."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class Patience(procrastinate.BaseRetryStrategy):
    """Try again when asked to, else after pauses that double up to five minutes, a number of times."""

    def __init__(self, attempts: int) -> None:
        self._attempts = attempts

    def get_retry_decision(
        self, *, exception: BaseException, job: procrastinate.jobs.Job
    ) -> procrastinate.RetryDecision | None:
        """Say when a job that failed is tried again; None where it is given up."""
        if isinstance(exception, Later):
            return procrastinate.RetryDecision(
                retry_at=datetime.now(UTC) + timedelta(seconds=exception.seconds)
            )
        if job.attempts >= self._attempts:
            return None
        pause = min(2.0 ** min(job.attempts, 9), LONGEST_PAUSE_SECONDS)
        return procrastinate.RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=pause))


class Jobs:
    """The job engine on the records' own database."""

    def __init__(self, address: str, *, concurrency: int = 10) -> None:
        connector = procrastinate.PsycopgConnector(conninfo=address, min_size=1, max_size=6)
        self.app = procrastinate.App(connector=connector)
        self._concurrency = concurrency

    def register(
        self, name: str, run: Callable[..., Awaitable[None]], *, attempts: int = 12, wait: int = 1
    ) -> None:
        """Make a function the doer of the jobs of a name; it is tried again with growing pauses."""
        retry = procrastinate.RetryStrategy(max_attempts=attempts, exponential_wait=0, linear_wait=wait)
        self.app.task(name=name, retry=retry, queue="guichet")(run)

    def register_patient(self, name: str, run: Callable[..., Awaitable[None]], *, attempts: int) -> None:
        """Make a function the doer of jobs that wait for somebody else's service, who may say when (`Later`)."""
        self.app.task(name=name, retry=Patience(attempts), queue="guichet")(run)

    def repeat(self, name: str, run: Callable[..., Awaitable[None]], cron: str) -> None:
        """Do something at regular times, once over all processes; the times are UTC."""
        task = self.app.task(name=name, queue="guichet", queueing_lock=name, pass_context=False)(run)
        self.app.periodic(cron=cron, periodic_id=name)(task)

    async def defer(
        self,
        session: AsyncSession,
        name: str,
        *,
        lock: str | None = None,
        delay: timedelta | None = None,
        **arguments: int | str,
    ) -> None:
        """Defer a job on the session's own connection: it exists if and only if the transaction commits."""
        connection = await (await session.connection()).get_raw_connection()
        deferrer = self.app.configure_task(
            name,
            lock=lock,
            queue="guichet",
            schedule_at=datetime.now(UTC) + delay if delay else None,
            connection=connection.driver_connection,
        )
        await deferrer.defer_async(**arguments)

    async def open(self) -> None:
        """Open the engine's connections."""
        await self.app.open_async()

    async def close(self) -> None:
        """Close the engine's connections."""
        await self.app.close_async()

    async def work(self) -> None:
        """Do jobs until cancelled; a worker that a lost database ends is begun anew."""
        mending = asyncio.create_task(self._mend_forever(), name="take over stalled jobs")
        try:
            while True:
                try:
                    await self._work_once()
                except (ConnectorException, DBAPIError, OSError) as error:
                    log.warning("worker_lost", extra={"error": type(error).__name__})
                    _give_way()
                await asyncio.sleep(RESTART_SECONDS)
        finally:
            mending.cancel()

    async def _work_once(self) -> None:
        await self.app.run_worker_async(
            concurrency=self._concurrency,
            fetch_job_polling_interval=POLL_SECONDS,
            shutdown_graceful_timeout=5.0,
            delete_jobs="successful",
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
        )

    async def _mend_forever(self) -> None:
        while True:
            try:
                await self.take_over()
            except (ConnectorException, OSError) as error:
                log.warning("mending_failed", extra={"error": type(error).__name__})
            await asyncio.sleep(HEARTBEAT_SECONDS)

    async def take_over(self) -> int:
        """Give the jobs of dead processes back to the queue and say how many they were."""
        manager = self.app.job_manager
        stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS))
        for job in stalled:
            try:
                await manager.retry_job(job, retry_at=datetime.now(UTC))
            except ConnectorException:  # another process was faster
                log.info("stalled_job_gone", extra={"job": job.id})
        return len(stalled)


def _give_way() -> None:
    """End the task where it was told to: an error of the engine's own farewell has hidden that."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def is_passing(error: BaseException) -> bool:
    """Tell whether an error comes from the database being away, not from what was asked."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or type(error.orig).__name__ in {
            "OperationalError",
            "AdminShutdown",
            "CannotConnectNow",
            "DeadlockDetected",
            "SerializationFailure",
            "PoolTimeout",
            "QueryCanceled",
        }
    return isinstance(error, ConnectorException | OSError)
