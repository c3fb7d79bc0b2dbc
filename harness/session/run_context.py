"""What all phones of a run share, and the word for a phone that cannot take part in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.session.faults import FaultPlan
from harness.session.injection import Injection
from harness.session.run_folder import RunFolder
from harness.session.tools import RunTools


class UnsuitablePhoneError(Exception):
    """The phone is known but not attached, or not fit for the run (exit code 18)."""


@dataclass(frozen=True, slots=True)
class RunContext:
    """What all phones of a run share."""

    folder: RunFolder
    tools: RunTools
    key: bytes  # of the run's pseudonyms
    host: str  # name of this machine
    incident: str | None = None
    attended: bool = False
    interception: bool = True  # False: no proxy on any phone, whatever its entry says
    faults: tuple[Injection, ...] = ()  # reach only phones with a control address
    own_fault: FaultPlan = field(default_factory=FaultPlan)  # of our machinery
