"""What grew between two looks at the measures: amounts, and how long the middle and the slow ones took."""

from collections.abc import Callable, Iterator, Mapping

from trackeep.core.measures.measures import Samples

Wanted = Callable[[Mapping[str, str]], bool]


def everything(_labels: Mapping[str, str]) -> bool:
    return True


class Growth:
    """The difference of two looks. A value that fell belongs to processes that have started anew: it counts whole."""

    def __init__(self, before: Samples, after: Samples) -> None:
        self._values = {key: _grown(before.get(key, 0.0), value) for key, value in after.items()}

    def total(self, name: str, wanted: Wanted = everything) -> float:
        return sum(value for labels, value in self._named(name) if wanted(labels))

    def by(self, name: str, label: str, wanted: Wanted = everything) -> dict[str, float]:
        """The sums for each value of a label, those above 0."""
        found: dict[str, float] = {}
        for labels, value in self._named(name):
            if value and label in labels and wanted(labels):
                found[labels[label]] = found.get(labels[label], 0.0) + value
        return found

    def quantile(self, name: str, share: float, wanted: Wanted = everything) -> float | None:
        """The seconds within which this share of the durations lay, taken as spread evenly within their class; None
        when there were none."""
        summed: dict[float, float] = {}
        for labels, count in self._named(f"{name}_bucket"):
            if wanted(labels):
                summed[float(labels["le"])] = summed.get(float(labels["le"]), 0.0) + count
        classes = sorted(summed.items())
        if not classes or not classes[-1][1]:
            return None
        rank = share * classes[-1][1]
        low_end = low_count = 0.0
        for high_end, count in classes:
            if count >= rank:
                if high_end == float("inf"):
                    break
                return low_end + (high_end - low_end) * (rank - low_count) / (count - low_count)
            low_end, low_count = high_end, count
        return low_end

    def _named(self, name: str) -> Iterator[tuple[Mapping[str, str], float]]:
        return ((dict(labels), value) for (own, labels), value in self._values.items() if own == name)


def _grown(before: float, after: float) -> float:
    return after - before if after >= before else after
