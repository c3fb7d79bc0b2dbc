"""One fact that one instrument saw: the unit of everything the harness knows."""

from dataclasses import dataclass

from harness.domain.facts import Facts

FORMAT_VERSION = 1
"""Version of the observation line; a reader refuses a higher one."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One line of observations.jsonl.

    `t` is UTC in seconds since the epoch (microsecond precision), `mono` the
    host's monotonic clock in seconds; both taken when the fact was seen.
    `device`, `scenario` and `step` are None where they do not apply or are not
    known yet (the proxy's lines get theirs when the files are merged).
    """

    id: str  # unique in a run: "<writer>-<counter>"
    t: float
    mono: float
    source: str  # proxy, adb, appium, scenario, control, harness
    host: str  # the machine that saw it
    kind: str  # a key of facts.FACTS
    facts: Facts
    device: str | None = None
    scenario: str | None = None
    step: str | None = None
    v: int = FORMAT_VERSION
