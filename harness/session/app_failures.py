"""Crashes and ANRs of the app in a try, also those that nobody sees on the screen."""

from __future__ import annotations

from pathlib import Path

from harness.adapters.observation_tail import Tail
from harness.domain.facts.device import AppCrash, AppNotResponding


class AppFailures:
    """Of the app's main process, as Android's log told them; `file`: what adb saw.

    An app may go on after its ANR, or be started anew by Android after a crash, before
    the next look at the screen: the person who held the phone has met it all the same.
    Other processes of the app (`package:push`) fail behind a person's back and don't count.
    """

    def __init__(self, file: Path, package: str) -> None:
        """What was written until now belongs to earlier tries."""
        self._package = package
        self._tail = Tail(file)
        self._tail.new()

    def new(self) -> str | None:
        """What the app did since the last call: "crashed", "stopped responding"; None = neither."""
        found: str | None = None
        for seen in self._tail.new():
            facts = seen.facts
            if isinstance(facts, AppCrash | AppNotResponding) and facts.process == self._package:
                did = "crashed" if isinstance(facts, AppCrash) else "stopped responding"
                found = found or did
        return found
