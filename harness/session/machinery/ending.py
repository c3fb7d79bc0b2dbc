"""How a run with a fault of our own ended, and whether it may end so. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.domain import exit_code as codes

NEVER = frozenset({"server", "client", "account"})
"""Parties that are not to be blamed for what our machinery did."""

USUAL = frozenset(
    {
        codes.OK,
        codes.INCONCLUSIVE,
        codes.SURROUNDINGS_FAILED,
        codes.NOT_ATTACHED,
        codes.INFRASTRUCTURE,
    }
)
"""Exit codes: recovered, inconclusive, the phone's own state, phone gone, gave up."""

SIGNALS: Mapping[str, frozenset[int]] = {
    "sigint": frozenset({codes.INTERRUPTED}),
    "sigterm": frozenset({codes.INTERRUPTED}),
    "sigkill": frozenset({-9}),
}

NETWORK = frozenset({"host-dns-dead"})
"""Faults whose true party may also be called network: this host's name service is part of it."""


@dataclass(frozen=True, slots=True)
class Said:
    """One verdict of the run."""

    scenario: str
    outcome: str
    party: str
    rule: str
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Ending:
    """`exit` None: it did not end within its bound. `facts`: observations that can be read.

    `phone`: "as found", "after reset" (harness reset mended it), else what still differs.
    """

    key: str
    fault: str
    exit: int | None
    verdicts: tuple[Said, ...] = ()
    seconds: float = 0.0
    facts: int = 0
    facts_before: int = 0
    """Of these, written before the fault could strike."""
    recovered: tuple[str, ...] = ()  # rungs of the ladder
    phone: str = "as found"
    said: str = ""  # last line on stderr
    traceback: bool = False
    unreadable: str = ""  # why diagnose could not read the folder


def wrongs(ending: Ending) -> list[str]:
    """Sentences on what must not be; empty when the run ended well."""
    found: list[str] = []
    allowed = SIGNALS.get(ending.fault, frozenset()) | USUAL
    if ending.exit is None:
        found.append(f"it did not end within its bound ({ending.seconds:.0f} s)")
    elif ending.exit not in allowed:
        found.append(f"exit code {ending.exit}: {ending.said}")
    for verdict in ending.verdicts:
        blamed = NEVER | (frozenset() if ending.fault in NETWORK else frozenset({"network"}))
        if verdict.party in blamed:
            found.append(f"{verdict.scenario}: {verdict.party} is blamed by {verdict.rule}")
    if not ending.facts_before:
        found.append("no fact from before the fault can be read")
    if ending.phone not in {"as found", "after reset"}:
        found.append(f"the phone was left changed: {ending.phone}")
    if ending.traceback:
        found.append("a bare traceback was shown")
    if ending.unreadable:
        found.append(f"the run folder cannot be read: {ending.unreadable}")
    return found


def word_of(ending: Ending) -> str:
    """One word or two on how it ended."""
    if ending.exit is None:
        return "no end"
    if ending.exit in {codes.INTERRUPTED, -9}:
        return "interrupted"
    if any(verdict.outcome != "passed" for verdict in ending.verdicts) or not ending.verdicts:
        parties = sorted({v.party for v in ending.verdicts if v.outcome != "passed"})
        return " and ".join(parties) or f"exit {ending.exit}"
    return "recovered" if ending.recovered else "passed"
