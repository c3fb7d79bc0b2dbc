"""What all parts of the recorder share: the file, the redaction, the profile, the clock."""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass, field

from harness.adapters.observation_file import ObservationWriter
from harness.adapters.proxy.losses import tell_losses
from harness.domain.facts import Facts
from harness.domain.facts.capture import ProxyLog
from harness.domain.profile import AppProfile
from harness.ports import InstrumentError
from harness.recorder.disk_care import MOST_LINES, DiskCare
from harness.recorder.envelope import AnswerReader, ReadsAnswers
from harness.recorder.host_roles import HostRoles
from harness.recorder.known_apps import KnownApps, all_secrets
from harness.recorder.settings import Settings
from harness.redaction.redactor import Redactor

SECRETS_VARIABLE = "HARNESS_SECRETS"
"""Environment variable with this run's secret values, one a line; never written anywhere."""


@dataclass(slots=True)
class Counters:
    """How much was recorded, and how much could not be."""

    exchanges: int = 0
    connections: int = 0
    lost: int = 0  # lines that the disk did not take, or over the cap
    without_body: int = 0  # flows that are not in the dump


@dataclass(slots=True)
class Recording:
    """Opened once the options are known; closed in `done`."""

    settings: Settings
    writer: ObservationWriter
    redactor: Redactor
    roles: HostRoles
    profile: AppProfile | None = None
    reader: ReadsAnswers | None = None
    counters: Counters = field(default_factory=Counters)
    care: DiskCare = field(default_factory=DiskCare)
    lines: int = 0
    closing: bool = False
    """Set when mitmproxy shuts down: what ends from then on is our own doing."""
    _told: int = 0
    _reason: str | None = None

    def write(self, kind: str, facts: Facts) -> None:
        """One observation; a full disk costs lines, never the app's traffic."""
        self.lines += 1
        if self.lines > MOST_LINES:
            self.counters.lost += 1
            return
        try:
            self.writer.write(kind, facts)
        except InstrumentError:
            self.counters.lost += 1
            self.care.refused()

    def tick(self, now: float) -> None:
        """With the heartbeat: looks at the disk and says what has been lost since."""
        self.care.tick(now)
        if self.counters.lost != self._told and self.settings.losses_file is not None:
            with contextlib.suppress(OSError):
                tell_losses(self.settings.losses_file, self.counters.lost)
                self._told = self.counters.lost
        if self.care.reason != self._reason:
            self._reason = self.care.reason
            told = f"bodies are not saved: {self._reason}" if self._reason else "bodies are saved"
            self.write("proxy.log", ProxyLog("warning", told))

    def mono(self, wall: float | None) -> float | None:
        """A moment that mitmproxy stamped with the wall clock, in monotonic seconds."""
        return None if wall is None else wall - time.time() + time.monotonic()


def open_recording(settings: Settings) -> Recording:
    """Raises OSError for an unreadable key file and ValueError for an unusable profile."""
    profiles = _profiles(settings.profile)
    profile = profiles[0] if settings.profile is not None else None
    key = settings.run_key_file.read_bytes() if settings.run_key_file else os.urandom(32)
    known = os.environ.get(SECRETS_VARIABLE, "").split("\n")
    redactor = Redactor(key, secrets=all_secrets(profiles), known=known)
    roles = HostRoles(profile, (rule.host for rule in settings.resolve.rules))
    return Recording(
        settings=settings,
        writer=ObservationWriter(
            settings.observations, source="proxy", host=settings.host, device=settings.device
        ),
        redactor=redactor,
        roles=roles,
        profile=profile,
        reader=AnswerReader(profile, roles, redactor) if profile else KnownApps(profiles, redactor),
    )


def _profiles(named: str | None) -> list[AppProfile]:
    """The one that was named, else those of all apps that are described. Raises ValueError."""
    from harness.adapters.profile_file import load_profile, profiles_of_apps

    return [load_profile(named)] if named is not None else profiles_of_apps()
