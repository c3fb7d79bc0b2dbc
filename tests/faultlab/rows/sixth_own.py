"""Sixth draw: our own machinery, this machine, and certificates of ours that are not taken."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import fields, replace
from typing import Any

from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.control import InstrumentFailure
from harness.domain.facts.screen import LocatorMissing
from tests.faultlab import client, client_http2
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import after, answer, by_path
from tests.faultlab.origin_http2 import after2, answer2, by_path2
from tests.faultlab.origin_websocket import HELLO, socket_saying
from tests.faultlab.phone import WELL, Seen
from tests.faultlab.rows.machinery import end_capture, freeze, kill_proxy
from tests.faultlab.rows.making import (
    FINE,
    HARNESS,
    SERVER,
    get,
    pause,
    row,
    site,
    site2,
    together,
)
from tests.faultlab.rows.sixth_phone import PROFILE_SHUT, START_SHUT, control, unclear
from tests.faultlab.rows.telling import (
    LIST_SEEN,
    NO_INTERNET,
    OPENED,
    PROFILE_SEEN,
    SHUT,
    failing,
    followers_tale,
    told,
)
from tests.faultlab.rows.tiktok import FOLLOWERS, TIKTOK
from tests.faultlab.tiktok_bodies import followers, says
from tests.faultlab.world import Host

ATLAS, KIOSK, RADIO, PAPER = (
    "api.road-atlas.example",
    "pay.corner-kiosk.example",
    "on.hill-radio.example",
    "id.paper-boats.example",
)
REST = (site(KIOSK), site(RADIO))
USE_REST = together(get(KIOSK, "/till"), get(RADIO, "/now"))
ALL = (ATLAS, KIOSK, RADIO, PAPER)
SLOW = site(ATLAS, by_path({"/v1/route": after(2.5, answer())}))
SLOW2 = site2(ATLAS, by_path2({"/v1/route": after2(2.5, answer2())}, answer2()))


def meanwhile(app: Play, act: Play, delay: float = 0.7) -> Play:
    """The app does something; `act` happens a moment later."""

    def play(route: client.Route, capture: Capture) -> None:
        busy = threading.Thread(target=app, args=(route, capture))
        busy.start()
        time.sleep(delay)
        act(route, capture)
        busy.join(15.0)

    return play


def ours(name: str, breaks: str, host: Host, play: Play) -> Fault:
    """Something of ours breaks under an app that is well."""
    return row(name, HARNESS, breaks, (host, *REST), together(USE_REST, play))


def uploads(route: client.Route, capture: Capture) -> None:
    """Bytes of a photo, one piece after the other."""
    with client.raw(route, ATLAS) as sock:
        if sock is None:
            return
        sock.sendall(
            f"PUT /v1/photo HTTP/1.1\r\nHost: {ATLAS}\r\nContent-Length: 400000\r\n\r\n".encode()
        )
        for _ in range(20):
            sock.sendall(b"p" * 20_000)
            time.sleep(0.1)


def stays_in_a_room(route: client.Route, capture: Capture) -> None:
    """A WebSocket for 3 s."""
    client.upgrade(route, ATLAS, "/v1/room")


def terminates(route: client.Route, capture: Capture) -> None:
    """Somebody ends mitmdump by SIGTERM, which closes it properly."""
    capture.proxy().send_signal(signal.SIGTERM)
    time.sleep(0.7)


def asks_all(timeout: float) -> Play:
    """Three owners' hosts at the same time."""

    def play(route: client.Route, capture: Capture) -> None:
        asked = [
            threading.Thread(target=client.get, args=(route, host, "/v1/now", timeout))
            for host in (ATLAS, KIOSK, RADIO)
        ]
        for one in asked:
            one.start()
        for one in asked:
            one.join(timeout + 5.0)

    return play


def broken(instrument: str, action: str, detail: str, cause: str, recovered: bool = False) -> Seen:
    """An instrument of ours failed."""
    failure = InstrumentFailure(instrument, action, detail, recovered, cause)
    return ("harness", "instrument.failed", failure)


def aside(app: Play) -> Play:
    """The app goes on with it while the step looks elsewhere."""

    def play(route: client.Route, capture: Capture) -> None:
        threading.Thread(target=app, args=(route, capture), daemon=True).start()

    return play


def lingering(fault: Fault, seconds: float) -> Fault:
    """The capture goes on for so long after the scenario."""
    return replace(fault, play=together(fault.play, pause(seconds)))


def instrument(
    name: str,
    breaks: str,
    problem: str,
    *seen: Seen,
    kind: str = "instrument",
    **changes: Any,
) -> Fault:
    """The profile is answered well; then the scenario ends for a reason of ours."""
    step = failing(PROFILE_SEEN, problem, kind=kind, page=None, seen=seen, **changes)
    return told(name, HARNESS, breaks, followers_tale(OPENED, step, result="broken"))


OUT_OF_SIGHT: dict[str, Any] = {
    "screen": {"package": None, "activity": None},
    "phone": {
        field.name: None
        for field in fields(WELL)
        if field.default is None and field.name != "proxy_expected"
    },
}
"""What is read of a phone that adb does not reach."""

NOT_SEEN = CaptureVisibility("not_seen", "system", "no request of ours came to the proxy")
BLOCKED = replace(
    CaptureVisibility("decrypted", "system", "a request of ours came through"), quic="blocked"
)
WITHOUT_US = control(
    "capture_off",
    "ok",
    "With our capture off the same step works, with it on it fails again: we spoil it.",
    stages={"trial": "ok", "off": "ok", "on": "failed"},
)
ROWS = (
    ours(
        "f6_own_proxy_killed_in_a_room",
        "our proxy dies under an open WebSocket",
        site(ATLAS, by_path({"/v1/room": socket_saying(HELLO)})),
        meanwhile(stays_in_a_room, kill_proxy),
    ),
    ours(
        "f6_own_proxy_killed_in_upload",
        "our proxy dies under an upload",
        site(ATLAS),
        meanwhile(uploads, kill_proxy),
    ),
    ours(
        "f6_own_proxy_ended_by_somebody",
        "somebody ends our proxy by SIGTERM under a call",
        SLOW,
        meanwhile(get(ATLAS, "/v1/route", timeout=5.0), terminates),
    ),
    ours(
        "f6_own_frozen_under_three_calls",
        "our proxy stands still for 5 s; calls to three owners give up after 3 s",
        site(ATLAS),
        meanwhile(freeze(5.0), asks_all(3.0), delay=0.2),
    ),
    ours(
        "f6_own_stopped_under_h2_streams",
        "the capture is stopped under two streams of an app",
        SLOW2,
        meanwhile(
            lambda route, _: client_http2.get2(route, ATLAS, "/v1/route", "/v1/route", timeout=4.0),
            end_capture,
        ),
    ),
    row(
        "f6_own_still_for_a_second_fine",
        FINE,
        "our proxy stands still for a second; calls to three owners are answered after it",
        (site(ATLAS), *REST),
        together(USE_REST, meanwhile(freeze(1.0), asks_all(8.0), delay=0.2)),
    ),
    row(
        "f6_own_still_and_a_500",
        SERVER,
        "our proxy stands still for a second; after that one endpoint gives 500 again and again",
        (site(ATLAS, by_path({"/v1/toll": answer(500, {"message": "rates"})})), *REST),
        together(meanwhile(freeze(1.0), asks_all(8.0), delay=0.2), get(ATLAS, "/v1/toll", times=4)),
    ),
    unclear(
        row(
            "f6_own_killed_after_503s",
            SERVER,
            "503 three times, then our proxy dies under the next call: two things went wrong",
            (site(ATLAS, by_path({"/v1/toll": answer(503, "")}, after(2.5, answer()))), *REST),
            together(
                USE_REST,
                get(ATLAS, "/v1/toll", times=3),
                meanwhile(get(ATLAS, "/v1/route", timeout=4.0), kill_proxy),
            ),
        )
    ),
    instrument(
        "f6_own_locator_gone",
        "no locator of the counter fits any more; every call was answered",
        "own_profile.followers_label was not found on lab-phone within 10 s",
        (
            "appium",
            "ui.missing",
            LocatorMissing("own_profile", "followers_label", ("id: fl1", "text: Followers"), 10.0),
        ),
        kind="locator",
    ),
    instrument(
        "f6_own_uiautomator_crashed",
        "UiAutomator2 on the phone has crashed, the app goes on",
        "appium: read the screen on lab-phone failed",
        broken(
            "appium",
            "read the screen on lab-phone",
            "'GET /source' cannot be proxied: the instrumentation process is not running",
            "uiautomator2_crashed",
        ),
    ),
    instrument(
        "f6_own_adb_server_gone",
        "the adb server ended",
        "adb: connect to the adb server failed",
        broken(
            "adb",
            "connect to the adb server at 127.0.0.1:5037",
            "[Errno 111] Connection refused",
            "adb_server_gone",
        ),
        **OUT_OF_SIGHT,
    ),
    instrument(
        "f6_own_cable_pulled",
        "the cable is pulled: adb knows the phone no more",
        "adb: read the screen on lab-phone failed",
        broken("adb", "shell on lab-phone", "device 'R58M10ABCDE' not found", "phone_refused"),
        **OUT_OF_SIGHT,
    ),
    instrument(
        "f6_own_script_stumbles",
        "a mistake of the script: a key that is not there",
        "KeyError: 'followers_tab'",
        kind="other",
    ),
    instrument(
        "f6_own_disk_of_this_machine_full",
        "this machine's disk is full: nothing can be written down",
        "disk: write the screenshot failed",
        broken("disk", "write try-1/screen-3.png", "[Errno 28] No space left on device", ""),
    ),
    told(
        "f6_own_mended_fine",
        FINE,
        "UiAutomator2 is dropped once and comes back; the scenario passes",
        followers_tale(
            OPENED,
            replace(
                PROFILE_SEEN,
                seen=(
                    *PROFILE_SEEN.seen,
                    broken(
                        "appium",
                        "tap on lab-phone",
                        "socket hang up",
                        "uiautomator2_dropped",
                        recovered=True,
                    ),
                ),
            ),
            LIST_SEEN,
        ),
    ),
    told(
        "f6_own_forward_lost",
        HARNESS,
        "the way from the phone to our proxy is gone: nothing arrives, and without us all works",
        followers_tale(failing(SHUT, START_SHUT, seen=(WITHOUT_US,)), visibility=NOT_SEEN),
    ),
    told(
        "f6_own_quic_blocked",
        HARNESS,
        "the app wants QUIC, which we block; without us the step works",
        followers_tale(
            OPENED,
            failing(
                replace(PROFILE_SEEN, play=SHUT.play),
                PROFILE_SHUT,
                page=None,
                messages=(NO_INTERNET,),
                seen=(WITHOUT_US,),
            ),
            visibility=BLOCKED,
        ),
    ),
    unclear(
        lingering(
            told(
                "f6_own_impatient_step",
                HARNESS,
                "our step ends after 1 s, the list is answered after 4 s: slow or impatient",
                followers_tale(
                    OPENED,
                    PROFILE_SEEN,
                    failing(
                        replace(LIST_SEEN, play=aside(get(TIKTOK, FOLLOWERS, timeout=9.0))),
                        "the list of followers is not shown: it is still loading",
                        screen={"spinner": True},
                        wait=1.0,
                    ),
                ),
                ill={"followers": after(4.0, says(followers()))},
            ),
            5.0,
        )
    ),
)
