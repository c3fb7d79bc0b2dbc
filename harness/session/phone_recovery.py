"""Keeps the way to one phone: sees what is not well, climbs the ladder, resumes services."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from harness.adapters.adb.batch import read_batch
from harness.adapters.adb.device import connect, disconnect, states
from harness.adapters.adb.link import AdbTimeoutError
from harness.adapters.adb.server import foreign
from harness.adapters.adb.text.window import read_locked, read_screen_on
from harness.adapters.appium.session import AppiumSession
from harness.adapters.attach.attach import Attachment
from harness.domain.facts.capture import CaptureGap
from harness.domain.recovery import (
    UNANSWERED,
    UNDER_THE_APP,
    UNDER_THE_CLAIM,
    Rung,
    Trouble,
    trouble_of_state,
)
from harness.ports import InstrumentError
from harness.session.recovery import Climb, Recovery

if TYPE_CHECKING:  # phone_session.py uses this file
    from harness.session.phone_session import PhoneSession

LOOK_TIMEOUT = 5.0
"""Seconds for the phone to answer what it has at hand."""

MOST_CLIMBS = 4
"""Of one try; a way that breaks more often is not worth mending again."""

_LOOK = {
    "booted": "getprop sys.boot_completed",
    "power": "dumpsys power | grep mWakefulness=",
    "window": "dumpsys window displays; dumpsys window policy",
}


class PhoneRecovery:
    """Of one PhoneSession. `recover` never raises."""

    def __init__(self, session: PhoneSession) -> None:
        self._session = session
        self._climbs = 0
        self._well_at = time.monotonic()
        self.gave_up: str | None = None
        """What could not be mended, and what was tried; None while there is hope."""

    def begin_try(self) -> None:
        """A scenario starts. Raises InstrumentError when the way to the phone is not there.

        What was given up before is only looked at once: a phone that is gone must not cost
        each of its scenarios the whole ladder.
        """
        self._climbs = 0
        trouble = self.look()
        if trouble is None:
            self.gave_up = None
            self.note_well()
            return
        if self.gave_up is not None or not self.recover(f"begin a scenario: {trouble}"):
            raise self._unreachable(trouble, self.gave_up or str(trouble))

    def note_well(self) -> None:
        """Everything worked until now: a gap that is found later began after this."""
        self._well_at = time.monotonic()

    def recover(self, because: str) -> bool:
        """Whether the way is well now. Nothing is repeated here."""
        if self.gave_up is not None or self._climbs >= MOST_CLIMBS:
            return False
        self._climbs += 1
        session = self._session
        log = session.journal.log("harness")
        climb = Recovery(
            self.look, self._rungs(), session.run.tools.means(session.entry), log
        ).climb(because)
        if climb.well:
            self._note_gap(climb)
            self._resume(climb)
            self.note_well()
        elif climb.left is not None:
            tried = ", ".join(dict.fromkeys(climb.rungs)) or "nothing that is allowed would help"
            self.gave_up = f"{climb.left}; tried: {tried}"
            # Not as a gap of the capture: that is over one day, and the recorder was well.
            session.journal.failed(self._unreachable(climb.left, self.gave_up))
        return climb.well

    def after(self, error: InstrumentError) -> bool:
        """Climbs the ladder; whether it is worth asking again what failed with `error`."""
        well = self.recover(error.action)
        if well:
            self._session.journal.failed(error, recovered=True)
        return well

    def again[T](self, call: Callable[[], T]) -> T:
        """A call that may be made twice without harm: once more after the way was mended."""
        try:
            return call()
        except InstrumentError as error:
            if not self.after(error):
                raise
            return call()

    def look(self) -> Trouble | None:
        """The lowest thing that is not well, or None.

        What did not answer in time is asked once more: this host may be busy, no more.
        """
        trouble = self._lowest()
        return self._lowest() if trouble in UNANSWERED else trouble

    def _lowest(self) -> Trouble | None:
        return self._server() or self._phone() or self._way() or self._appium()

    def _server(self) -> Trouble | None:
        session = self._session
        server = session.run.tools.server(session.entry)
        if server is not None and server.died:  # another that answers there is nobody's
            return Trouble.SERVER_GONE
        try:
            if foreign(session.device.link):
                return Trouble.SERVER_FOREIGN
        except AdbTimeoutError:
            return Trouble.SERVER_HUNG
        except InstrumentError:
            return Trouble.SERVER_GONE
        return None

    def _phone(self) -> Trouble | None:
        device = self._session.device
        try:
            trouble = trouble_of_state(states(device.link).get(device.serial, "absent"))
            if trouble is not None:
                return trouble
            seen = read_batch(device, _LOOK, timeout=LOOK_TIMEOUT)
        except AdbTimeoutError:
            return Trouble.PHONE_HUNG
        except InstrumentError:
            return Trouble.PHONE_OFFLINE
        if seen["booted"].strip() != "1":
            return Trouble.PHONE_STARTING
        dark = read_screen_on(seen["power"]) is False
        return Trouble.PHONE_LOCKED if dark or read_locked(seen["window"]) else None

    def _way(self) -> Trouble | None:
        """A phone that dropped for a moment is back without its reverse entries."""
        attachment = self._attachment
        if attachment is None:
            return None
        try:
            return Trouble.WAY_LOST if attachment.way_lost() else None
        except InstrumentError:
            return Trouble.PHONE_OFFLINE

    @property
    def _attachment(self) -> Attachment | None:
        return getattr(self._session, "attachment", None)

    def _appium(self) -> Trouble | None:
        appium: AppiumSession | None = getattr(self._session, "appium", None)
        if appium is None:
            return None
        if not appium.server.alive():
            return Trouble.APPIUM_GONE
        if not appium.server.ready():
            return Trouble.APPIUM_HUNG
        cause = appium.trouble()
        if cause is None:
            return None
        return Trouble.SESSION_HUNG if cause == "uiautomator2_hung" else Trouble.SESSION_LOST

    def _rungs(self) -> Mapping[Rung, Callable[[], None]]:
        session = self._session
        return {
            Rung.WAKE: self._wake,
            Rung.RECONNECT: self._reconnect,
            Rung.RESTART_SERVER: lambda: session.run.tools.restart_adb(session.entry),
            Rung.ATTACH_AGAIN: self._attach_again,
            Rung.NEW_SESSION: self._new_session,
            Rung.RESTART_APPIUM: self._restart_appium,
            Rung.REBOOT: self._reboot,
        }

    def _new_session(self) -> None:
        self._session.appium.reopen()

    def _restart_appium(self) -> None:
        self._session.appium.server.restart()

    def _wake(self) -> None:
        self._session.device.shell("input keyevent KEYCODE_WAKEUP; wm dismiss-keyguard")
        time.sleep(0.5)  # the lock screen's own animation

    def _reconnect(self) -> None:
        device = self._session.device
        if ":" in device.serial:
            disconnect(device.link, device.serial)
            connect(device.link, device.serial)
        else:
            device.link.ask(f"host-serial:{device.serial}:reconnect")

    def _reboot(self) -> None:
        device = self._session.device
        device.link.device_service(device.serial, "reboot:", timeout=20.0)
        time.sleep(2.0)  # until the phone has let go of the cable

    def _attach_again(self) -> None:
        attachment = self._attachment
        if attachment is None:
            return
        if attachment.trust == "system" or attachment.route.wants_root:
            self._session.device.root()  # first, because it restarts adbd
        attachment.mend()

    def _resume(self, climb: Climb) -> None:
        """The log follows by itself; the clock may be another one after a restart."""
        if not UNDER_THE_APP & set(climb.troubles):
            return
        try:
            self._session.note_conditions()
        except InstrumentError as error:
            self._session.journal.failed(error)

    def _unreachable(self, trouble: Trouble, why: str) -> InstrumentError:
        """Names what is lost: the way to this phone, or what drives it."""
        return InstrumentError(
            "adb" if trouble in UNDER_THE_CLAIM else "appium",
            f"reach {self._session.entry.name}",
            why,
            advice="Run: harness doctor",
            cause=trouble.name.lower(),
            not_begun=True,
        )

    def _note_gap(self, climb: Climb) -> None:
        """Without adb the app's traffic leads nowhere: nothing may be blamed on it."""
        broken = [trouble for trouble in climb.troubles if trouble in UNDER_THE_APP]
        if not broken or self._attachment is None:
            return
        gap = CaptureGap(self._well_at, time.monotonic(), "; ".join(broken), "way")
        self._session.journal.log("harness").write("capture.gap", gap)
