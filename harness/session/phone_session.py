"""One phone, acquired in order and given back in reverse; what fails is written down."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from harness.adapters.adb.conditions import read_conditions
from harness.adapters.adb.device import AdbDevice, connect, disconnect, quote, states
from harness.adapters.adb.discovery import state_advice
from harness.adapters.adb.front import front_activity
from harness.adapters.adb.identity import read_identity
from harness.adapters.adb.link import AdbLink
from harness.adapters.adb.logcat import LogcatFollower
from harness.adapters.adb.package import read_app
from harness.adapters.adb.streaming import StreamingDevice
from harness.adapters.appium.driver import AppiumUi
from harness.adapters.appium.session import AppiumSession, SessionRequest
from harness.adapters.attach.attach import Attachment
from harness.adapters.places import state_folder
from harness.adapters.proxy.no_tap import NoTap
from harness.adapters.proxy.supervisor import SupervisedProxy
from harness.adapters.removal.mending import mend_removal
from harness.domain.device import DeviceEntry
from harness.domain.facts.device import AppPackage, DeviceConditions, DeviceIdentity
from harness.domain.facts.removal import RemovalMended
from harness.domain.file_stem import file_stem
from harness.domain.profile import AppProfile
from harness.domain.resolve import ResolveMap
from harness.ports import InstrumentError
from harness.redaction.redactor import Redactor
from harness.session.account import Account, read_account
from harness.session.app_install import AppFileError, app_under_test, told
from harness.session.baseline import Baseline
from harness.session.controls import Reach
from harness.session.emulator import start_avd
from harness.session.incident import set_incident
from harness.session.injection import inject
from harness.session.journal import Journal
from harness.session.launch import Launched, launch
from harness.session.machinery.breakers import breakers_at_open, breakers_of
from harness.session.phone_capture import PhoneCapture
from harness.session.phone_recovery import PhoneRecovery
from harness.session.pinning import Pinning
from harness.session.recovering_ui import RecoveringUi
from harness.session.run_context import RunContext, UnsuitablePhoneError
from harness.session.tools import is_running


class PhoneSession:
    """Use `open`, then `close`; `close` also after a failed `open`."""

    device: AdbDevice
    identity: DeviceIdentity
    app: AppPackage
    appium: AppiumSession
    ui: RecoveringUi
    proxy: SupervisedProxy | NoTap
    attachment: Attachment
    pinning: Pinning

    def __init__(self, entry: DeviceEntry, profile: AppProfile, run: RunContext) -> None:
        self.entry = entry
        self.profile = profile
        self.run = run
        self.journal = Journal(run.folder.path, entry.name, run.host)
        self.account: Account | None = None
        self.control: str | None = None
        self.notes: list[str] = []
        """Sentences on what was found on the phone and mended before the run."""
        self.redactor = Redactor(run.key, secrets=profile.secrets)
        self._stack = ExitStack()
        self._launched: Launched | None = None
        self._capture = PhoneCapture(self, self._later)
        self.recovery = PhoneRecovery(self)
        self.replaced_resolve: ResolveMap | None = None
        """In place of `resolve`, when this host is to find no name (HARNESS_FAULT)."""

    def open(self) -> None:
        """Raises UnsuitablePhoneError, AccountError or InstrumentError."""
        link = self.run.tools.adb(self.entry)
        serial = self._reach(link.port)
        self.device = AdbDevice(self.entry.name, serial, link)
        self._require_ready()
        self._mend_removal()
        self.identity = read_identity(self.device)
        self.journal.log("adb").write("device.identity", self.identity)
        self.app = self._require_app()
        self._use_account()
        if self.run.own_fault.at_open:
            self.run.own_fault.fire(breakers_at_open(self))
        if self.run.incident is not None:
            self._play(self.run.incident)
        self._capture.begin()
        self.note_conditions()
        self._follow_log()
        self._start_appium()
        self.inject(at_step=False)

    @property
    def reach(self) -> Reach:
        """How controls reach the phone's service from here."""
        baseline = Baseline(state_folder(), self.entry.name, self.profile)
        return Reach(self.resolve, self._upstream_ca, self.profile.control_site, baseline)

    @property
    def resolve(self) -> ResolveMap:
        """The entry's rules, then those of the launched phone's service."""
        if self.replaced_resolve is not None:
            return self.replaced_resolve
        brought = self._launched.resolve if self._launched else ()
        return ResolveMap((*self.entry.resolve, *brought))

    @property
    def _upstream_ca(self) -> Path | None:
        """An authority that the service uses beside the public ones."""
        if self.entry.upstream_ca is not None:
            return Path(self.entry.upstream_ca).expanduser()
        return self._launched.upstream_ca if self._launched else None

    @property
    def logcat_file(self) -> Path:
        """The redacted log of the phone."""
        return self.run.folder.logs / f"logcat-{file_stem(self.entry.name)}.txt"

    def clean(self, text: str) -> str:
        """A text without secrets and identifiers."""
        return self.redactor.text(text)

    def stop_app(self) -> None:
        """Ends the app for sure, as swiping it away does."""
        command = f"am force-stop {quote(self.app.package)}"
        self.recovery.again(lambda: self.device.shell(command))

    def app_runs(self) -> bool:
        """A process of the app is there. Raises InstrumentError("adb", …)."""
        return self.device.shell(f"pidof {quote(self.app.package)}").ok

    def note_conditions(self) -> DeviceConditions:
        """Reads the phone's state and writes it down."""
        found = read_conditions(self.device, proxy_expected=self._capture.http_proxy)
        attached: Attachment | None = getattr(self, "attachment", None)
        if attached is not None and attached.network_cut:
            found = replace(found, cut_by_us=True)
        if attached is not None and found.vpn and attached.holds_vpn:
            found = replace(found, vpn_ours=True)
        self.journal.log("adb").write("device.conditions", found)
        return found

    def await_proxy(self, *, timeout: float = 25.0) -> None:
        """Returns at once while the proxy runs; else once it is back and its gap is known.

        Judging before that would take our own gap for the app's silence.
        """
        if isinstance(self.proxy, NoTap):
            return
        gaps = self.journal.log("harness").written
        before = gaps["capture.gap"]
        if is_running(self.proxy.address.pid):
            return
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline and gaps["capture.gap"] == before:
            time.sleep(0.05)

    def close(self) -> None:
        """Gives everything back; each failure is written down and stops nothing."""
        self._guard("mend adb", self._mend)
        self._stack.close()
        self._guard("close the logs", self.journal.close)

    def _reach(self, adb_port: int) -> str:
        entry, logs = self.entry, self.run.folder.logs
        log = logs / f"phone-{file_stem(entry.name)}.log"
        link = self.run.tools.adb(entry)
        if entry.launch:
            self._launched = launch(entry.name, entry.launch, adb_port=adb_port, log=log)
        elif entry.avd is not None:
            port = self._capture.before_start()
            self._launched = start_avd(entry.name, entry.avd, link, log, entry.avd_start, port)
        if self._launched is not None:
            self._later("stop the phone", self._launched.stop)
            self.control = self._launched.control
        serial = self._launched.serial if self._launched else str(entry.serial)
        if ":" in serial:
            self._connect(link, serial)
        return serial

    def _connect(self, link: AdbLink, serial: str) -> None:
        """A phone that was connected before us stays so after us."""
        before = states(link)
        try:
            connect(link, serial)
        except InstrumentError as error:
            if self._launched is not None:
                raise
            raise UnsuitablePhoneError(f"{self.entry.name}: {error}") from error
        if serial not in before:
            self._later("disconnect", lambda: disconnect(link, serial))

    def _require_ready(self) -> None:
        state = self.device.state()
        if state != "device":
            raise UnsuitablePhoneError(
                f"phone {self.entry.name!r} ({self.device.serial}) is {state}:"
                f" {state_advice(state)}"
            )

    def _mend_removal(self) -> None:
        """Brings back an app that an interrupted experiment took away, before it is missed."""
        mended = mend_removal(StreamingDevice.of(self.device))
        if mended is not None:
            fact = RemovalMended(tuple(mended.lines), mended.whole)
            self.journal.log("harness").write("removal.mended", fact)
            self.notes += [f"phone {self.entry.name}: {line}" for line in mended.lines]

    def _require_app(self) -> AppPackage:
        phone, log = StreamingDevice.of(self.device), self.journal.log("adb")
        try:
            app, made = app_under_test(phone, self.entry, self.profile, read_app)
        except AppFileError as error:
            raise UnsuitablePhoneError(f"phone {self.entry.name!r}: {error}") from error
        if made is not None:
            log.write("app.installed", made)
            self.notes.append(f"phone {self.entry.name}: {told(made)}")
        log.write("app.package", app)
        return app

    def _use_account(self) -> None:
        brought = self._launched.account if self._launched else None
        self.account = read_account(self.entry.account, brought, self.entry.name)
        if self.account is not None:
            known = self.account.known()
            self.redactor = Redactor(self.run.key, secrets=self.profile.secrets, known=known)

    def _play(self, incident: str) -> None:
        if self.control is None:
            raise UnsuitablePhoneError(
                f"phone {self.entry.name!r} offers no control address, so no incident can be"
                f" played on it; run without --incident {incident}"
            )
        set_incident(self.control, incident)

    def breakers(self) -> Mapping[str, Callable[[], None]]:
        """How HARNESS_FAULT breaks this phone's machinery."""
        return breakers_of(self)

    def inject(self, *, at_step: bool) -> None:
        """Switches on the faults that this run asked for. Raises UnsuitablePhoneError."""
        wanted = [fault for fault in self.run.faults if fault.at_step == at_step]
        if not wanted:
            return
        if self.control is None:
            raise UnsuitablePhoneError(
                f"phone {self.entry.name!r} offers no control address, so no fault can be"
                " switched on; run without --fault"
            )
        inject(self.control, wanted)

    def _follow_log(self) -> None:
        follower = LogcatFollower(
            self.device,
            self.app.package,
            self.logcat_file,
            self.journal.log("adb"),
            clean=self.clean,
        )
        follower.start()
        self._later("stop following the log", follower.stop)

    def _start_appium(self) -> None:
        link = self.device.link
        request = SessionRequest(
            device=self.entry.name,
            serial=self.device.serial,
            adb_port=link.port,
            adb_host=None if link.host in ("127.0.0.1", "localhost") else link.host,
            system_port=self.entry.ports.system,
        )
        self.appium = AppiumSession(self.run.tools.appium(self.entry), request)
        self._later("end the Appium session", self.appium.close)
        noted = partial(self.journal.failed, recovered=True)
        front = partial(front_activity, self.device)
        self.ui = RecoveringUi(AppiumUi(self.appium, front), self.recovery.after, noted)

    def _mend(self) -> None:
        if hasattr(self, "device"):
            self.run.tools.mend_adb(self.entry, self.device.serial)

    def _later(self, action: str, call: Callable[[], None]) -> None:
        self._stack.callback(self._guard, action, call)

    def _guard(self, action: str, call: Callable[[], None]) -> None:
        try:
            call()
        except InstrumentError as error:
            self._note_failure(error)
        except Exception as error:  # noqa: BLE001 - giving back must go on whatever one part does
            self._note_failure(InstrumentError("harness", action, repr(error)))

    def _note_failure(self, error: InstrumentError) -> None:
        try:
            self.journal.failed(error)
        except (InstrumentError, OSError):  # our own disk is full: the phone goes first
            self.notes.append(str(error))
