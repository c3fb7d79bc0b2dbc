"""What was tried to get our machinery back, rung by rung."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecoveryTried:
    """One rung of the recovery ladder.

    `trouble` and `rung` are words of domain.recovery; `result`: mended (all is well),
    changed (this trouble is gone, another one is there), unchanged, failed (the rung itself
    could not be done), given_up. `because`: the call that failed first.
    """

    trouble: str
    rung: str
    result: str
    seconds: float
    because: str = ""
    detail: str = ""
