"""A person puts our certificate into the phone's user store; we say how, wait and see."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from harness.adapters.attach.attach import Attachment
from harness.adapters.attach.user_store import steps_to_install, steps_to_remove
from harness.adapters.observation_tail import Tail
from harness.domain.facts.capture import CaptureVisibility

PATIENCE = 600.0
"""Seconds until a run goes on without it."""
_POLL = 0.5


def await_user_trust(
    name: str,
    api: int,
    attachment: Attachment,
    recorded: Path,
    *,
    patience: float = PATIENCE,
    tell: Callable[[str], None] | None = None,
) -> bool:
    """True once a request of the phone's browser came encrypted by our certificate.

    `recorded`: the recorder's file, where that is written down. Raises InstrumentError.
    """
    say = tell or _to_the_terminal
    wire = Tail(recorded)
    wire.new()  # what was there before
    attachment.offer_certificate()
    say(f"{name}: please install our test certificate on the phone, for this run only.")
    for number, step in enumerate(steps_to_install(api), 1):
        say(f"{name}: {number}. {step}")
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if any(_proof(seen.facts) for seen in wire.new()):
            attachment.trust = "user"
            say(f"{name}: the phone trusts our certificate, thank you.")
            return True
        time.sleep(min(_POLL, patience / 10))
    say(f"{name}: not seen within {patience:.0f} s; going on without it.")
    return False


def ask_to_remove(name: str, api: int, *, tell: Callable[[str], None] | None = None) -> None:
    """Afterwards: nothing but a person takes it out of the user store."""
    for step in steps_to_remove(api):
        (tell or _to_the_terminal)(f"{name}: please remove our test certificate: {step}")


def _proof(facts: object) -> bool:
    return (
        isinstance(facts, CaptureVisibility)
        and facts.canary == "decrypted"
        and facts.trust == "user"
    )


def _to_the_terminal(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
