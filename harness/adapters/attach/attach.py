"""One phone's way to the proxy: set up, checked, and taken away in the safe order.

The adb server aborts, for all phones, when a phone opens a reverse target that the
server no longer knows. So a reverse entry is never re-targeted, and it is removed only
after the apps lost their proxy, with a parking entry that keeps the target known.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from harness.adapters.attach import network_cut, quic, user_store
from harness.adapters.attach import trust as system_trust
from harness.adapters.attach.canary import send_canary
from harness.adapters.attach.dead_man import DeadMan
from harness.adapters.attach.journal import Entry, Journal
from harness.adapters.attach.reset import put_back, reset_phone
from harness.adapters.attach.routes import ReverseRoute, Route
from harness.adapters.attach.settings_journal import read_settings
from harness.domain.facts.capture import CaptureVisibility
from harness.ports import DeviceControl, InstrumentError, ObservationLog, ProxyAddress


class Attachment:
    """attach() → verify() → (mend() when the phone came back) → detach()."""

    def __init__(
        self,
        device: DeviceControl,
        proxy: ProxyAddress,
        *,
        log: ObservationLog | None = None,
        may_change_trust: bool = False,
        capture: str = "decrypt",
        quic_policy: str = quic.LEAVE,
        route: Route | None = None,
        because: str = "",
        journals: Path | None = None,
    ) -> None:
        """`route`: how the traffic comes to the proxy, and `because` why so; the usual is adb
        reverse. `may_change_trust`: the phone's entry allows our authority in its system store.
        `capture`: one of CAPTURES, for the record. `journals`: for tests."""
        self._device = device
        self._proxy = proxy
        self._log = log
        self._may_change_trust = may_change_trust
        self._capture = capture
        self._quic = quic_policy
        self._journal = Journal(device.serial, journals)
        self._journals = journals
        self._dead_man = DeadMan(device)
        self._entry: Entry | None = None
        self.route: Route = route or ReverseRoute(device, proxy.port)
        """How the traffic comes to us; whether it can be set aside is its own."""
        self._because = because
        self.trust = "none"
        """"system", "user" or "none": where our authority is trusted on this phone."""

    @property
    def expected(self) -> str | None:
        """The value of http_proxy while attached; None = we do not set it."""
        return self.route.expected

    @property
    def holds_vpn(self) -> bool:
        """A VPN on the phone is our own way."""
        return self._entry is not None and self._entry.tunnel is not None

    def way_lost(self) -> bool:
        """adb has lost what leads the traffic to us. Raises InstrumentError("adb", …)."""
        return self._entry is not None and self.route.lost()

    def attach(self) -> None:
        """Leads the phone's traffic to the proxy. On failure the phone is put back first.

        Raises InstrumentError("adb", …).
        """
        reset_phone(self._device, journals=self._journals)  # leftovers of a killed run
        # First of all, because it restarts adbd: reverse entries and loops would be lost.
        wanted = self._may_change_trust or self._quic == quic.BLOCK or self.route.wants_root
        rooted = wanted and self._device.root()
        entry = self._entry = self._journal.open()
        entry.settings = read_settings(self._device)
        self.route.plan(entry)
        entry.quic = rooted and self._quic == quic.BLOCK
        if rooted and self._may_change_trust:
            entry.trust = system_trust.plan_trust(self._device, self._proxy.ca_certificate)
        entry.dead_man = True
        self._journal.save(entry)
        try:
            if entry.trust is not None:
                system_trust.install(self._device, self._proxy.ca_certificate, entry.trust)
                self.trust = "system"
            if entry.quic:
                quic.block(self._device)
            self.route.prepare()
            self._guard(entry)
            self.route.lead()
        except InstrumentError:
            self.detach()
            raise

    def verify(self) -> CaptureVisibility:
        """Sends a request of ours and writes down what it showed."""
        past = "recorded" if self._quic == quic.RECORD else "left"
        if self._entry is not None and self._entry.quic:
            past = "blocked"
        canary = send_canary(self._device, self.route.canary, self.trust)
        seen = replace(
            canary, quic=past, policy=self._capture, way=self.route.way, because=self._because
        )
        if self._log is not None:
            self._log.write("capture.visibility", seen)
        return seen

    def offer_certificate(self) -> None:
        """Lays our certificate where a person can install it from; taken away by `detach`.

        Raises InstrumentError("adb", …).
        """
        entry = self._entry
        if entry is None:
            raise InstrumentError("adb", f"offer {self._device.name} our certificate", "detached")
        entry.offered = True
        self._journal.save(entry)
        user_store.offer(self._device, self._proxy.ca_certificate)

    def mend(self) -> list[str]:
        """Puts back what the phone lost (reconnect, adbd restart, reboot); says what it was.

        Raises InstrumentError("adb", …).
        """
        entry = self._entry
        if entry is None:
            return []
        mended = self.route.prepare()
        if not self._device.shell("kill -0 $(cat /data/local/tmp/harness-dm/dm.pid)").ok:
            self._dead_man.disarm()
            self._dead_man = DeadMan(self._device)
            self._guard(entry)
            mended.append("the dead-man loop was gone")
        mended += self.route.lead()
        if entry.trust is not None and self._trust_lost():
            system_trust.install(self._device, self._proxy.ca_certificate, entry.trust)
            mended.append("our certificate was no longer trusted")
        return mended

    @contextmanager
    def set_aside(self) -> Generator[None]:
        """Inside it the phone's traffic goes its own way; afterwards to the proxy again.

        Nothing new is journalled: whoever is killed inside leaves a phone without a proxy.
        Raises InstrumentError("adb", …).
        """
        entry = self._entry
        if entry is None:
            raise InstrumentError("adb", f"set {self._device.name} aside", "it is not attached")
        self.route.leave(entry.settings)
        try:
            yield
        finally:
            self.route.lead()

    @property
    def network_cut(self) -> bool:
        """We hold the phone's network away now."""
        return self._entry is not None and self._entry.network is not None

    def cut_network(self, package: str) -> bool:
        """Takes the network from `package`; False = the phone had none to take.

        Raises CannotCutError (nothing was changed) or InstrumentError("adb", …).
        """
        entry = self._entry
        if entry is None:
            raise InstrumentError("adb", f"cut off {self._device.name}", "it is not attached")
        plan = network_cut.plan_cut(self._device, package)
        if plan is None:
            return False
        entry.network = plan
        self._journal.save(entry)
        try:
            self._guard_undo(entry)
            network_cut.cut(self._device, plan)
        except InstrumentError:
            self.restore_network()
            raise
        return True

    def restore_network(self) -> None:
        """Gives the network back; can be repeated.

        Raises InstrumentError("adb", …); the journal then still tells of it.
        """
        entry = self._entry
        if entry is None or entry.network is None:
            return
        left = network_cut.undo(self._device, entry.network)
        if left:
            raise InstrumentError(
                "adb",
                f"give {self._device.name} its network back",
                "; ".join(left),
                advice=f"Run: harness reset --device {self._device.name}",
            )
        entry.network = None
        self._journal.save(entry)
        self._guard_undo(entry)

    def detach(self) -> None:
        """Puts the phone back as it was and checks it; can be repeated.

        Raises InstrumentError("adb", …) saying what is left; the journal then stays, so
        that `harness reset` can go on.
        """
        entry = self._entry
        if entry is None:
            return
        left = put_back(self._device, entry, before_disarm=self._dead_man.disarm)
        if left:
            raise InstrumentError(
                "adb",
                f"put {self._device.name} back as it was",
                "; ".join(left),
                advice=f"Run: harness reset --device {self._device.name}",
            )
        self._entry = None
        self._journal.close()

    def _guard(self, entry: Entry) -> None:
        """From here on the loop on the phone undoes what `entry` tells when we are gone."""
        self._dead_man.arm(entry.settings)
        if self.route.undo or entry.network is not None:
            self._guard_undo(entry)

    def _guard_undo(self, entry: Entry) -> None:
        cut = network_cut.undo_commands(entry.network) if entry.network is not None else []
        self._dead_man.undo_as_well((*self.route.undo, *cut))

    def _trust_lost(self) -> bool:
        entry = self._entry
        if entry is None or entry.trust is None:
            return False
        try:
            system_trust.check(self._device, entry.trust)
        except InstrumentError:
            return True
        return False
