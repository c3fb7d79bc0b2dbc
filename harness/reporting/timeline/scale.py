"""The clock of a picture: from seconds to places on the paper, and its ticks."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, LEFT, RIGHT = 960, 260, 16
STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """`begun` and `ended` in monotonic seconds."""

    begun: float
    ended: float

    def x(self, at: float) -> float:
        """Place of a moment; never outside of the picture."""
        share = (at - self.begun) / (self.ended - self.begun)
        return LEFT + min(max(share, 0.0), 1.0) * (WIDTH - LEFT - RIGHT)

    def ticks(self) -> list[tuple[float, str]]:
        """(place, "2 s") at round seconds since the begin, about eight of them."""
        span = self.ended - self.begun
        step = next((one for one in STEPS if 1 <= span / one <= 9), span / 8)
        count = int(span / step)
        return [(self.x(self.begun + i * step), _said(i * step)) for i in range(count + 1)]


def _said(seconds: float) -> str:
    if seconds >= 120:
        return f"{seconds / 60:g} min"
    return f"{seconds:g} s"


def length(seconds: float) -> str:
    """How long a thing took: "24 ms", "1.3 s"."""
    return f"{seconds * 1000:.0f} ms" if seconds < 0.1 else f"{seconds:.1f} s"
