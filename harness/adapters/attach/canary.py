"""A request of ours from the phone: does its traffic reach the proxy?"""

from __future__ import annotations

import secrets
import time

from harness.adapters.proxy.canary_host import CANARY_HOST
from harness.domain.facts.capture import CaptureVisibility
from harness.ports import DeviceControl, InstrumentError

_TRIES = 3


def request_line(token: str) -> str:
    """The request as the phone's shell prints it."""
    return (
        f"GET http://{CANARY_HOST}/{token} HTTP/1.1\\r\\n"
        f"Host: {CANARY_HOST}\\r\\nConnection: close\\r\\n\\r\\n"
    )


def send_canary(device: DeviceControl, phone_port: int, trust: str) -> CaptureVisibility:
    """Asks through the phone's loopback with its own `nc`.

    "reached" says that the path works. A shell has nothing that speaks TLS as apps do, so
    whether our certificate is trusted is shown by the first request of an app that could be
    read (session/pinning.py). Never raises: what could not be made is said.
    """
    try:
        if not device.shell("command -v nc").ok:
            return CaptureVisibility("not_made", trust, "the phone's shell has no nc")
        token = secrets.token_hex(8)
        # The pipe stays open for a moment: adb reverse does not carry a half-close, so an
        # early end of the input would cut the answer off.
        command = f"( printf '{request_line(token)}'; sleep 1 ) | nc -w 3 127.0.0.1 {phone_port}"
        answer = ""
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(0.3)
            answer = device.shell(command, timeout=10.0).stdout
            if " 204" in answer and token in answer:
                return CaptureVisibility("reached", trust, "a request of ours came through")
    except InstrumentError as error:
        return CaptureVisibility("not_made", trust, str(error)[:200])
    first = answer.splitlines()[0][:80] if answer.strip() else "nothing"
    return CaptureVisibility("not_seen", trust, f"asked {_TRIES} times, the answer was: {first}")
