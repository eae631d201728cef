"""Count and time what happens, for `/metrics`."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Histogram(
            "guichet_turn_seconds", "Time of a turn.", registry=self.registry, buckets=SECONDS
        )
        self.documents = Histogram(
            "guichet_document_seconds",
            "Time to make a promised document.",
            registry=self.registry,
            buckets=SECONDS,
        )
        self.messages = Counter(
            "guichet_messages_total", "Messages taken in.", ["channel"], registry=self.registry
        )
        self.failures = Counter(
            "guichet_failures_total", "Turns that ended in an apology.", registry=self.registry
        )

    def page(self) -> bytes:
        """Give the page that Prometheus reads."""
        return generate_latest(self.registry)
