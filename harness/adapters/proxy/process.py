"""Starts, watches and stops one mitmdump with the recorder in it."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

import certifi
import msgspec

from harness.adapters.proxy.certificate import Authority, make_authority
from harness.adapters.proxy.leftovers import PREFIX, sign, sweep
from harness.adapters.proxy.losses import prepare_losses
from harness.adapters.proxy.orders import Orders, write_orders
from harness.adapters.proxy.plan import PrivateFiles, ProxyPlan, command, environment
from harness.adapters.proxy.wireguard import WireguardKeys, free_udp_port, make_keys
from harness.ports import InstrumentError, ProxyAddress

START_SECONDS = 30.0
STOP_SECONDS = 10.0
_POLL = 0.02


class _Ready(msgspec.Struct):
    host: str
    port: int
    pid: int
    ca: str


@dataclass(slots=True)
class ProxyHome:
    """What outlives a restart of mitmdump: authority, key, orders, port."""

    files: PrivateFiles
    authority: Authority
    orders: Orders = field(default_factory=Orders)
    port: int = 0
    wireguard: WireguardKeys | None = None

    def order(self, orders: Orders) -> None:
        """Takes effect on the next connection."""
        self.orders = orders
        write_orders(self.files.control, orders)

    def remove(self) -> None:
        """The authority's key with everything else."""
        shutil.rmtree(self.files.folder, ignore_errors=True)


def make_home(plan: ProxyPlan) -> ProxyHome:
    """A private folder (0700) with a new authority and the run's key (0600)."""
    sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    sign(folder)
    authority = make_authority(folder)
    key = folder / "run.key"
    key.touch(mode=0o600)
    key.write_bytes(plan.run_key or secrets.token_bytes(32))
    upstream = None
    if plan.upstream_ca is not None:
        # mitmproxy's option replaces the public authorities; the plan only adds to them.
        upstream = folder / "upstream.pem"
        public = Path(certifi.where()).read_bytes()
        upstream.write_bytes(public + b"\n" + plan.upstream_ca.read_bytes())
    files = PrivateFiles(
        folder=folder,
        run_key=key,
        ready=folder / "ready.json",
        control=folder / "control.json",
        log=folder / "mitmdump.log",
        losses=folder / "losses",
        wireguard=folder / "wireguard.json" if plan.wireguard is not None else None,
        upstream=upstream,
    )
    prepare_losses(files.losses)
    home = ProxyHome(files, authority, port=plan.port)
    if plan.wireguard is not None and files.wireguard is not None:
        home.wireguard = make_keys(files.wireguard)
        home.port = plan.port or free_udp_port(plan.wireguard.listen)
    return home


class ProxyProcess:
    """One mitmdump; implements ports.TrafficTap. Restarts are supervisor.py's."""

    def __init__(self, plan: ProxyPlan, home: ProxyHome | None = None) -> None:
        """A given `home` is used and left; an own one is removed by `stop`."""
        self._plan = replace(plan, observations=plan.observations.absolute())
        self._own_home = home is None
        self.home = home or make_home(plan)
        self._process: subprocess.Popen[bytes] | None = None
        self._address: ProxyAddress | None = None

    def start(self, *, timeout: float = START_SECONDS) -> ProxyAddress:
        """Returns once it listens. Raises InstrumentError("proxy", …)."""
        files = self.home.files
        files.ready.unlink(missing_ok=True)
        self._plan.observations.parent.mkdir(parents=True, exist_ok=True)
        arguments = command(self._plan, files, self.home.port)
        with files.log.open("ab") as log:
            self._process = _spawn(arguments, environment(self._plan), log)
        try:
            ready = self._await_ready(timeout)
        except InstrumentError:
            self.stop()
            raise
        self.home.port = ready.port
        self._address = ProxyAddress(
            ready.host, ready.port, self.home.authority.certificate, self._process.pid
        )
        return self._address

    def _await_ready(self, timeout: float) -> _Ready:
        process, ready = self._process, self.home.files.ready
        deadline = time.monotonic() + timeout
        while process is not None and time.monotonic() < deadline:
            if ready.exists():
                return msgspec.json.decode(ready.read_bytes(), type=_Ready)
            if process.poll() is not None:
                raise InstrumentError(
                    "proxy",
                    f"start mitmdump on port {self.home.port or 'of its choice'}",
                    f"exit code {process.returncode}: {self.log_tail()}",
                    advice="If the port is taken, choose another with --port.",
                )
            time.sleep(_POLL)
        raise InstrumentError(
            "proxy", "start mitmdump", f"not ready within {timeout:.0f} s: {self.log_tail()}"
        )

    @property
    def address(self) -> ProxyAddress:
        """Raises InstrumentError("proxy", …) before `start`."""
        if self._address is None:
            raise InstrumentError("proxy", "ask for its address", "it was not started")
        return self._address

    def alive(self) -> bool:
        """The process runs."""
        return self._process is not None and self._process.poll() is None

    def last_sign(self) -> int:
        """When its loop last turned, as a file time (ns); 0 when nothing is known."""
        try:
            return self.home.files.ready.stat().st_mtime_ns
        except OSError:
            return 0

    def kill(self) -> None:
        """Ends at once a process that does not answer any more."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(STOP_SECONDS)

    def exit_code(self) -> int | None:
        """None while it runs; negative = ended by that signal."""
        return self._process.poll() if self._process else None

    def pass_through(self, hosts: Sequence[str]) -> None:
        """These host patterns, and only these, are not decrypted from now on."""
        self.home.order(Orders(tuple(hosts), self.home.orders.mitm))

    def save_to(self, path: Path) -> None:
        """Flows that end from now on are saved to `path` (redacted, appended)."""
        self.home.order(Orders(self.home.orders.pass_through, str(path.absolute())))

    def stop(self, *, timeout: float = STOP_SECONDS) -> None:
        """SIGTERM, so that the capture is closed properly; SIGKILL after `timeout`."""
        process = self._process
        if process is not None:
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(timeout)
            if process.stdin is not None:
                process.stdin.close()
        if self._own_home:
            self.home.remove()

    def log_tail(self, size: int = 600) -> str:
        """The end of what mitmdump printed, on one line."""
        try:
            text = self.home.files.log.read_bytes()[-size:].decode("utf-8", "replace")
        except OSError:
            return "no log"
        return " | ".join(line for line in text.splitlines() if line.strip()) or "no log"


def _spawn(
    arguments: list[str], variables: dict[str, str], log: IO[bytes]
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE,  # its end tells the recorder that we are gone
            stdout=log,
            stderr=log,
            env=variables,
            cwd=os.path.sep,
            start_new_session=True,  # Ctrl-C reaches us, and we close the capture in order
        )
    except OSError as error:
        raise InstrumentError("proxy", f"start {arguments[0]}", str(error)) from error
