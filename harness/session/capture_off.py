"""The control capture_off: does the same step work when our capture is out of the way?

The step is looked at again from the app's start, once with the phone's traffic going its
own way and, if that works, once more through our proxy: only a step that works without us
and still fails with us was spoilt by us. It is made for steps that merely look, never for
a log-in; bounded in time; afterwards the phone is attached as before.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from harness.domain.facts.control import ControlMade
from harness.screens.errors import BlockedError, ElementGoneError, ElementMissingError
from harness.session.hands_off import TRIAL, StartedApp

NAME = "capture_off"

SECONDS = 45.0
"""After this the second look is left out; each look has the time-outs of its pages."""

_WORKS, _FAILS, _UNKNOWN = "ok", "failed", "not_made"


@dataclass(frozen=True, slots=True)
class CaptureOff:
    """One trial. `aside`: inside it the phone's traffic does not come to us. `look`: the step
    once more, from the app's start; True = the user gets what it is for."""

    app: StartedApp
    aside: Callable[[], AbstractContextManager[None]]
    look: Callable[[], bool]

    def same_step(self) -> ControlMade:
        """Raises InstrumentError; the phone's traffic comes to us again even then."""
        begun = time.monotonic()
        with self.aside():
            without = self._looked()
            self.app.stop()  # what it still asks for must not come to us later
        late = time.monotonic() - begun > SECONDS
        with_us = _UNKNOWN if late or without != _WORKS else self._looked()
        self.app.stop()
        return _judged(without, with_us, time.monotonic() - begun)

    def _looked(self) -> str:
        try:
            return _WORKS if self.look() else _FAILS
        except AssertionError:
            return _FAILS
        except (BlockedError, ElementGoneError, ElementMissingError):
            return _UNKNOWN  # something else is shown than what we would look at


def _judged(without: str, with_us: str, seconds: float) -> ControlMade:
    if (without, with_us) == (_WORKS, _FAILS):
        result = "ok"
        told = "With our capture off the same step works, with it on it fails again: we spoil it."
    elif without == _FAILS:
        result, told = "failed", "With our capture off the same step fails as well."
    elif with_us == _WORKS:
        result = "not_made"
        told = "The same step now works with our capture off and on: what failed it is over."
    else:
        result, told = "not_made", "With our capture off the same step could not be looked at."
    stages = {TRIAL: result, "off": without, "on": with_us}
    return ControlMade(NAME, result, told, None, stages, round(seconds, 3))
