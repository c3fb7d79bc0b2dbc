"""The capture of one phone in a run: which way its traffic comes to us, and the order of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from harness.adapters.attach.attach import Attachment
from harness.adapters.attach.quic import RECORD
from harness.adapters.attach.quic_watch import watch_quic
from harness.adapters.attach.reset import reset_phone
from harness.adapters.attach.routes import EmulatorRoute, ReverseRoute, Route
from harness.adapters.attach.settings_journal import keep_lit
from harness.adapters.attach.wireguard_app import SHELL
from harness.adapters.attach.wireguard_route import WireguardRoute
from harness.adapters.proxy.no_tap import NoTap
from harness.adapters.proxy.plan import ProxyPlan
from harness.adapters.proxy.supervisor import SupervisedProxy
from harness.adapters.proxy.wireguard import EMULATOR_HOST, WireguardListener, client_file
from harness.domain.attach_way import AttachChoice, AttachWay, choose_way
from harness.domain.facts.capture import CaptureVisibility
from harness.ports import ProxyAddress
from harness.session.account import read_account
from harness.session.pinning import Pinning
from harness.session.user_trust import ask_to_remove, await_user_trust

if TYPE_CHECKING:  # phone_session.py uses this file
    from harness.session.phone_session import PhoneSession


class PhoneCapture:
    """Of one PhoneSession: `before_start`, then `begin`."""

    def __init__(
        self, session: PhoneSession, later: Callable[[str, Callable[[], None]], None]
    ) -> None:
        """`later`(what, call): `call` when the session ends, last in, first out."""
        self._session = session
        self._later = later
        self._proxy: SupervisedProxy | None = None
        self.http_proxy: str | None = None
        """What the phone's http_proxy is because of us."""

    @property
    def _choice(self) -> AttachChoice:
        session = self._session
        return choose_way(session.entry, interception=session.run.interception)

    def before_start(self) -> int | None:
        """The port that an emulator is given as its proxy when it is started; None = it is not.

        Raises AccountError or InstrumentError("proxy", …).
        """
        if self._choice.way is not AttachWay.EMULATOR:
            return None
        entry = self._session.entry
        account = read_account(entry.account, None, entry.name)
        return self._start_proxy(account.known() if account else ()).port

    def begin(self) -> None:
        """Raises InstrumentError."""
        session, entry = self._session, self._session.entry
        if self._choice.way is AttachWay.NONE:
            self._leave_traffic_alone()
            return
        metadata = entry.capture == "metadata"
        if self._proxy is None:
            self._start_proxy(session.account.known() if session.account else ())
        proxy = session.proxy
        session.pinning = Pinning(
            session.profile,
            proxy,
            session.journal.log("control"),
            passed=("*",) if metadata else (),
        )
        session.attachment = Attachment(
            session.device,
            proxy.address,
            log=session.journal.log("harness"),
            may_change_trust=entry.may_change_trust and not metadata,
            capture=entry.capture,
            quic_policy=entry.quic,
            route=self._route(proxy.address),
            because=self._choice.because,
        )
        self._later("detach the capture", session.attachment.detach)
        session.attachment.attach()
        keep_lit(session.device)
        self.http_proxy = session.attachment.expected
        session.pinning.reached(session.attachment.verify())
        if entry.user_certificate and not metadata:
            self._ask_for_trust()
        if entry.quic == RECORD:
            watch = watch_quic(session.device, session.app.package, session.journal.log("adb"))
            self._later("stop recording QUIC", watch.stop)

    def _route(self, address: ProxyAddress) -> Route:
        session, proxy = self._session, self._proxy
        if self._choice.way is AttachWay.EMULATOR:
            return EmulatorRoute()
        listener = self._listener()
        if listener is not None and proxy is not None and proxy.home.wireguard is not None:
            packages = (session.app.package, SHELL)
            content = client_file(proxy.home.wireguard, listener.endpoint, address.port, packages)
            return WireguardRoute(session.device, content, attended=session.run.attended)
        return ReverseRoute(self._session.device, address.port)

    def _listener(self) -> WireguardListener | None:
        """Where the proxy listens for a tunnel; None = for another way."""
        entry = self._session.entry
        if self._choice.way is not AttachWay.WIREGUARD:
            return None
        if entry.wireguard_listen is not None:
            return WireguardListener(entry.wireguard_listen, entry.wireguard_listen)
        return WireguardListener("127.0.0.1", EMULATOR_HOST)

    def _start_proxy(self, known_secrets: tuple[str, ...]) -> ProxyAddress:
        session = self._session
        plan = ProxyPlan(
            observations=session.journal.proxy_file,
            device=session.entry.name,
            port=session.entry.ports.proxy or 0,
            profile=session.profile.name,
            resolve=session.resolve,
            upstream_ca=session.reach.upstream_ca,
            run_key=session.run.key,
            known_secrets=known_secrets,
            foreign_hosts="pass",
            wireguard=self._listener(),
            host=session.run.host,
        )
        proxy = self._proxy = SupervisedProxy(plan, session.journal.log("harness"))
        session.proxy = proxy
        address = proxy.start()
        self._later("stop the proxy", proxy.stop)
        return address

    def _leave_traffic_alone(self) -> None:
        """What a killed run left is mended all the same: its proxy would be in the way."""
        session, because = self._session, self._choice.because
        reset_phone(session.device)
        session.proxy = NoTap()
        session.pinning = Pinning(session.profile, session.proxy, session.journal.log("control"))
        told = f"no proxy is set and no traffic is looked at: {because}"
        seen = CaptureVisibility(
            "not_made", "none", told, policy="none", way=self._choice.way, because=because
        )
        session.journal.log("harness").write("capture.visibility", seen)

    def _ask_for_trust(self) -> None:
        session, name = self._session, self._session.entry.name
        if not session.run.attended:
            session.notes.append(
                f"phone {name}: user_certificate needs a person at the phone: run with --attended"
            )
            return
        api = session.identity.api
        self._later("ask for our certificate's removal", partial(ask_to_remove, name, api))
        await_user_trust(name, api, session.attachment, session.journal.proxy_file)
