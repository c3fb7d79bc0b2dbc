"""How fates and sizes are said to people."""

from collections.abc import Iterable

from harness.domain.inventory import Unseen
from harness.loss.loss import ClassTotal, Fate

FATES = {
    Fate.LOST: "lost",
    Fate.NOT_CHECKED: "gone here; whether the service has it was not checked",
    Fate.NOT_VISIBLE: "not visible",
    Fate.ABSENT: "on a card that is not in the phone",
    Fate.ON_SERVER: "gone here, the service still has it",
    Fate.RESTORED: "restored",
    Fate.SURVIVED: "survived",
}
SHORT = {
    **FATES,
    Fate.NOT_CHECKED: "not checked",
    Fate.ON_SERVER: "on the server",
    Fate.ABSENT: "absent card",
}
TONES = {
    Fate.LOST: "bad",
    Fate.NOT_CHECKED: "open",
    Fate.NOT_VISIBLE: "open",
    Fate.ABSENT: "open",
    Fate.ON_SERVER: "open",
    Fate.RESTORED: "good",
    Fate.SURVIVED: "good",
}


def size(number: int) -> str:
    """Bytes for people: 1 536 → "1.5 kB"; powers of 1000, as phones show them."""
    value, unit = float(number), "bytes"
    for larger in ("kB", "MB", "GB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    return f"{value:.0f} {unit}" if unit == "bytes" or value >= 100 else f"{value:.1f} {unit}"


def gaps(unseen: Iterable[Unseen]) -> list[str]:
    """What could not be seen: one line a reason, with its areas."""
    areas: dict[str, list[str]] = {}
    for gap in unseen:
        where = f"{gap.area} on {gap.volume}" if gap.volume else str(gap.area)
        known = areas.setdefault(gap.reason, [])
        if where not in known:
            known.append(where)
    return [f"{reason} ({', '.join(found)})" for reason, found in areas.items()]


def had_and_left(total: ClassTotal) -> str:
    """ "4 → 0"; "? → ?" where nothing can be seen."""
    return "? → ?" if total.had is None else f"{total.had:,} → {total.left:,}"


def had_left_and_away(total: ClassTotal) -> str:
    """The same with what is on a card that is out: "4 → 0 (4 on a card that is out)"."""
    away = total.fates.get(Fate.ABSENT, 0)
    return had_and_left(total) + (f" ({away:,} on a card that is out)" if away else "")
