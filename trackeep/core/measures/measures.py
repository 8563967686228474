"""The measures in Prometheus' form. Under gunicorn each process writes files of its own, and whoever is asked adds up
the files of all of them."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

from trackeep.core.measures.tally import BOUNDS, Durations, Labels, Tally

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
PREFIX = "trackeep_"
REQUESTS = "requests"


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured, and by which labels; every label has few values, all of them out of the code."""

    words: str
    labels: Sequence[str] = ()


COUNTERS = {
    REQUESTS: Measure("Requests that were answered.", ("method", "endpoint", "status")),
    "redis_errors": Measure("Round trips to Redis that failed, by kind.", ("use", "error")),
    "redis_breaker_openings": Measure("How often Redis was given up for a while.", ("use",)),
    "cache_answers": Measure("Answers that were wanted, and where they came from.", ("resource", "outcome")),
    "cache_bytes": Measure("Bytes of cached answers that were read or written.", ("resource",)),
    "cache_failures": Measure("Cached answers that could not be used or kept.", ("resource", "reason")),
    "session_lookups": Measure("Sessions and tokens that were looked up.", ("kind", "outcome")),
    "versions_read": Measure("Scope versions that were needed, and where they came from.", ("source",)),
    "limit_permits": Measure("Permits that were wanted.", ("limit", "by", "outcome")),
}
DURATIONS = {
    "request_seconds": Measure("How long requests took, by part of the application.", ("part",)),
    "redis_seconds": Measure("How long round trips to Redis took.", ("use",)),
    "cache_compute_seconds": Measure("How long it took to compute what was not cached.", ("resource",)),
}
# How the values of several processes become one.
SUM, HIGHEST, NEWEST = "livesum", "livemax", "livemostrecent"
GAUGES = {
    "redis_breaker_open": (Measure("1 while a process does without Redis.", ("use",)), HIGHEST),
    "redis_connections": (Measure("Connections to Redis: open, in use and at most.", ("server", "state")), SUM),
    "redis_pool_exhausted": (Measure("How often all connections to Redis were in use.", ("server",)), SUM),
    "database_connections": (Measure("Connections to the database: in use and at most.", ("state",)), SUM),
    "processes": (Measure("Processes that answer."), SUM),
    "memory_bytes": (Measure("Resident memory of the processes that answer."), SUM),
    "jobs": (Measure("Background jobs by state.", ("state",)), NEWEST),
    "jobs_oldest_due_seconds": (Measure("For how long the job waits that should have run first."), NEWEST),
}


class _Histogram(Histogram):
    """A histogram that takes many durations at once."""

    def take(self, durations: Durations) -> None:
        self._sum.inc(durations.seconds)
        for bucket, count in zip(self._buckets, durations.counts, strict=True):
            if count:
                bucket.inc(count)


class Measures:
    """The measures of this process: a tally for what happens, gauges for what is."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.registry = CollectorRegistry()
        self._counters = {
            name: Counter(PREFIX + name, measure.words, measure.labels, registry=self.registry)
            for name, measure in COUNTERS.items()
        }
        self._histograms = {
            name: _Histogram(PREFIX + name, measure.words, measure.labels, buckets=BOUNDS, registry=self.registry)
            for name, measure in DURATIONS.items()
        }
        self._gauges = {
            name: Gauge(PREFIX + name, measure.words, measure.labels, multiprocess_mode=mode, registry=self.registry)  # type: ignore[arg-type]  # one of its literals
            for name, (measure, mode) in GAUGES.items()
        }

    def pour(self) -> None:
        """Put what was tallied where all processes can read it."""
        counted = self.tally.take()
        for (name, labels), amount in counted.amounts.items():
            self._counters[name].labels(*labels).inc(amount)
        for (name, labels), durations in counted.durations.items():
            if name == REQUESTS:
                self._pour_requests(labels, durations)
            else:
                self._histograms[name].labels(*labels).take(durations)

    def _pour_requests(self, labels: Labels, durations: Durations) -> None:
        """Tallied once with all labels; a histogram for each endpoint would be too many series."""
        self._counters[REQUESTS].labels(*labels).inc(sum(durations.counts))
        self._histograms["request_seconds"].labels(labels[1].partition(".")[0]).take(durations)

    def set(self, name: str, value: float, *labels: str) -> None:
        gauge = self._gauges[name]
        held = gauge.labels(*labels) if labels else gauge
        held.set(value)

    def collected(self) -> Iterable[Metric]:
        """The measures of all processes of this server."""
        return self._merged().collect()

    def text(self) -> bytes:
        """The same in the form that Prometheus reads."""
        return generate_latest(self._merged())

    def _merged(self) -> CollectorRegistry:
        folder = os.environ.get(FOLDER_VARIABLE)
        if not folder:
            return self.registry
        merged = CollectorRegistry()
        MultiProcessCollector(merged, folder)  # type: ignore[no-untyped-call]  # ships without types
        return merged


Samples = Mapping[tuple[str, tuple[tuple[str, str], ...]], float]


def samples(metrics: Iterable[Metric]) -> Samples:
    """Every value by its name (without our prefix) and its labels in order."""
    return {
        (sample.name.removeprefix(PREFIX), tuple(sorted(sample.labels.items()))): sample.value
        for metric in metrics
        for sample in metric.samples
    }
