"""`harness capture`: the proxy with the recorder alone, for any client, until a signal."""

from __future__ import annotations

import json
import os
import secrets
import signal
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any, TextIO

from harness.adapters.observation_file import MERGED, PARTS, ObservationWriter, merge
from harness.adapters.proxy.plan import ProxyPlan
from harness.adapters.proxy.supervisor import SupervisedProxy
from harness.domain.resolve import ResolveMap
from harness.ports import DeviceControl, InstrumentError
from harness.session.capture_probe import FailureProbe

OK = 0
USAGE = 2
GAVE_UP = 20
_LOOK = 0.2


def run_capture(
    out: Path,
    *,
    port: int | None,
    device: DeviceControl | None,
    resolve: ResolveMap,
    upstream_ca: Path | None,
    profile: str | None,
    probe: bool,
    stdout: TextIO,
) -> int:
    """Records into `out` until SIGINT or SIGTERM; returns the exit code.

    0 after a proper close, 2 for usage, 20 when the proxy (or adb) gave up. Prints one
    JSON line once it listens; `pid` is that of this process, the one to signal.
    """
    problem = _usage_problem(out, profile)
    if problem is not None:
        sys.stderr.write(f"{problem}\n")
        return USAGE
    out.mkdir(parents=True, exist_ok=True)
    plan = ProxyPlan(
        observations=out / MERGED,
        mitm=out / "capture.mitm",
        device=device.name if device else None,
        port=port or 0,
        profile=profile,
        resolve=resolve,
        upstream_ca=upstream_ca,
        run_key=secrets.token_bytes(32),
        foreign_hosts="pass" if profile else "record",
    )
    with (
        _stop_signal() as stop,
        ObservationWriter(
            out / PARTS / "harness.jsonl", source="harness", host=plan.host, device=plan.device
        ) as log,
    ):
        code = _record(plan, log, device, stop, stdout, probe=probe)
    if not (out / MERGED).exists():
        (out / MERGED).touch()
    (out / "capture.mitm").touch()
    merge(out)
    return code


def _record(
    plan: ProxyPlan,
    log: ObservationWriter,
    device: DeviceControl | None,
    stop: threading.Event,
    stdout: TextIO,
    *,
    probe: bool,
) -> int:
    proxy = SupervisedProxy(plan, log)
    watch = FailureProbe(plan.observations, log, resolve=plan.resolve, upstream_ca=plan.upstream_ca)
    code = OK
    try:
        address = proxy.start()
        with _attached(device, proxy, log):
            if probe:
                watch.start()
            ready = {
                "ready": True,
                "host": address.host,
                "port": address.port,
                "ca": str(address.ca_certificate),
                "pid": os.getpid(),
            }
            stdout.write(json.dumps(ready) + "\n")
            stdout.flush()
            while not stop.wait(_LOOK) and proxy.gave_up is None:
                pass
    except InstrumentError as error:
        sys.stderr.write(f"{error}\n")
        code = GAVE_UP
    finally:
        proxy.stop()
        if probe:
            watch.stop()
    if proxy.gave_up is not None:
        sys.stderr.write(f"the proxy gave up: {proxy.gave_up}\n")
        code = GAVE_UP
    return code


@contextmanager
def _attached(
    device: DeviceControl | None, proxy: SupervisedProxy, log: ObservationWriter
) -> Generator[None]:
    """The phone sends its traffic to the proxy for the time of the block."""
    if device is None:
        yield
        return
    from harness.adapters.attach.attach import Attachment

    attachment = Attachment(device, proxy.address, log=log)
    try:
        attachment.attach()
        attachment.verify()
        yield
    finally:
        attachment.detach()


@contextmanager
def _stop_signal() -> Generator[threading.Event]:
    """An event that SIGINT and SIGTERM set; the handlers before are put back."""
    stop = threading.Event()
    before: dict[int, Any] = {}

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    with suppress(ValueError):  # not in the main thread: only a signal of the caller's ends it
        for number in (signal.SIGINT, signal.SIGTERM):
            before[number] = signal.signal(number, on_signal)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _usage_problem(out: Path, profile: str | None) -> str | None:
    """One sentence for the user, or None."""
    if out.exists() and not out.is_dir():
        return f"--out {out}: this is no folder"
    recorded = out / MERGED
    if recorded.exists() and recorded.stat().st_size > 0:
        return f"--out {out}: holds a capture already; choose another folder"
    if profile is not None:
        from harness.adapters.profile_file import load_profile

        try:
            load_profile(profile)
        except (OSError, ValueError) as error:
            return f"--profile {profile}: {error}"
    return None
