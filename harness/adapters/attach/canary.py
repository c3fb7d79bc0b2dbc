"""A request of ours from the phone: does its traffic reach the proxy?"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from harness.adapters.proxy.canary_host import CANARY_ADDRESS, CANARY_HOST
from harness.domain.facts.capture import CaptureVisibility
from harness.ports import DeviceControl, InstrumentError

_TRIES = 3
_UNTRUSTED = (51, 60)
"""Exit codes of curl for a certificate that it does not take."""


@dataclass(frozen=True, slots=True)
class CanaryPath:
    """Where the phone's shell sends our request, so that it goes the way of the apps' own."""

    host: str
    port: int
    proxied: bool  # a proxy listens there and is asked; else the way itself leads to us
    prefix: str = ""  # of the program, where adb's own user does not go that way


def through_proxy(phone_port: int) -> CanaryPath:
    """To the proxy behind a port of the phone's loopback."""
    return CanaryPath("127.0.0.1", phone_port, proxied=True)


BY_ADDRESS = CanaryPath(CANARY_ADDRESS, 80, proxied=False)
"""To an address that nobody has: who answers there is our proxy."""


def request_line(token: str, *, proxied: bool = True) -> str:
    """The request as the phone's shell prints it."""
    where = f"http://{CANARY_HOST}" if proxied else ""
    return (
        f"GET {where}/{token} HTTP/1.1\\r\\nHost: {CANARY_HOST}\\r\\nConnection: close\\r\\n\\r\\n"
    )


def send_canary(device: DeviceControl, path: CanaryPath, trust: str) -> CaptureVisibility:
    """Asks with the phone's own `nc`.

    "reached" says that the path works. Whether our certificate is trusted is shown by `curl`
    where the maker ships it (built by Android to trust the system store), else by the first
    request of the app that could be read (session/pinning.py). Never raises: what could not
    be made is said.
    """
    try:
        if not device.shell("command -v nc").ok:
            return CaptureVisibility("not_made", trust, "the phone's shell has no nc")
        token = secrets.token_hex(8)
        # The pipe stays open for a moment: adb reverse does not carry a half-close, so an
        # early end of the input would cut the answer off.
        asked = request_line(token, proxied=path.proxied)
        command = f"( printf '{asked}'; sleep 1 ) | {path.prefix}nc -w 3 {path.host} {path.port}"
        answer = ""
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(0.3)
            answer = device.shell(command, timeout=10.0).stdout
            if " 204" in answer and token in answer:
                return _encrypted(device, path, trust)
    except InstrumentError as error:
        return CaptureVisibility("not_made", trust, str(error)[:200])
    first = answer.splitlines()[0][:80] if answer.strip() else "nothing"
    return CaptureVisibility("not_seen", trust, f"asked {_TRIES} times, the answer was: {first}")


def _encrypted(device: DeviceControl, path: CanaryPath, trust: str) -> CaptureVisibility:
    """The way is there; where our certificate should be trusted, that is tried as well."""
    reached = CaptureVisibility("reached", trust, "a request of ours came through")
    if trust != "system" or not device.shell("command -v curl").ok:
        return reached
    url = f"https://{CANARY_HOST}/system/{secrets.token_hex(8)}"
    way = f"--resolve {CANARY_HOST}:443:{path.host}"
    if path.proxied:
        way = f"-x http://{path.host}:{path.port}"
    command = f"{path.prefix}curl -s -m 5 -o /dev/null -w '%{{http_code}}' {way} {url}"
    result = device.shell(command, timeout=10.0)
    if result.stdout.strip() == "204":
        told = "a request of ours came encrypted and was read"
        return CaptureVisibility("decrypted", trust, told)
    if result.exit_code in _UNTRUSTED:
        told = f"the phone's curl does not take our certificate (exit {result.exit_code})"
        return CaptureVisibility("refused", trust, told)
    return reached
