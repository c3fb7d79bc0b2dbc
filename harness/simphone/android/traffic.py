"""Bytes that apps moved, as the kernel counts them by uid."""

from __future__ import annotations

from dataclasses import dataclass, field

BUCKET_SECONDS = 7200  # of a uid's history in `dumpsys netstats`


@dataclass(slots=True)
class Counter:
    """Bytes and packets of one bucket."""

    received: int = 0
    sent: int = 0

    @property
    def packets(self) -> tuple[int, int]:
        return -(-self.received // 1400), -(-self.sent // 1400)


@dataclass(slots=True)
class Traffic:
    """`buckets[uid][start]`; whoever moves bytes for an app calls `count`."""

    buckets: dict[int, dict[int, Counter]] = field(default_factory=dict[int, "dict[int, Counter]"])

    def count(self, uid: int, *, received: int, sent: int, now: float) -> None:
        """Adds bytes that the app with `uid` moved at `now` (seconds since the epoch)."""
        start = int(now) // BUCKET_SECONDS * BUCKET_SECONDS
        counter = self.buckets.setdefault(uid, {}).setdefault(start, Counter())
        counter.received += received
        counter.sent += sent

    def total(self, uid: int) -> Counter:
        """All that a uid moved."""
        parts = self.buckets.get(uid, {}).values()
        return Counter(sum(p.received for p in parts), sum(p.sent for p in parts))

    def device(self) -> dict[int, Counter]:
        """The whole phone's buckets."""
        whole: dict[int, Counter] = {}
        for buckets in self.buckets.values():
            for start, counter in buckets.items():
                sum_ = whole.setdefault(start, Counter())
                sum_.received += counter.received
                sum_.sent += counter.sent
        return dict(sorted(whole.items()))
