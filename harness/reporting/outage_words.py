"""How outages are told: "It started …", "It is back since …"."""

from __future__ import annotations

from datetime import UTC, datetime

from harness.domain.outage import Change, ChangeKind, Outage
from harness.reporting import words


def moment(at: float) -> str:
    """ "15:28 on 24 November", on the clock of this machine."""
    local = datetime.fromtimestamp(at, UTC).astimezone()
    return f"{local:%H:%M} on {local.day} {local:%B}"


def lasted(seconds: float) -> str:
    """ "42 minutes", "3 hours 5 minutes"."""
    minutes = max(round(seconds / 60), 1)
    hours, rest = divmod(minutes, 60)
    parts = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in ((hours, "hour"), (rest, "minute"))
             if n]  # fmt: skip
    return " ".join(parts)


def since(outage: Outage) -> str:
    """Between the last look that worked and the first that failed."""
    if outage.last_good is None:
        return f"since {moment(outage.started)} or before"
    return f"since some time between {moment(outage.last_good)} and {moment(outage.started)}"


def tell(change: Change) -> str:
    """One change in one sentence or two."""
    outage = change.outage
    if change.kind is ChangeKind.STARTED:
        return f"{outage.summary} At fault: {words.PARTIES[outage.party]}, {since(outage)}."
    if change.kind is ChangeKind.SPREAD:
        phone, scenario = outage.touched[-1]
        return f"It spreads: now {scenario.replace('_', ' ')} on {phone} as well. {outage.summary}"
    return (
        f"Back since {moment(change.at)}, after {lasted(change.at - outage.started)}:"
        f" what failed was “{outage.summary}”"
    )
