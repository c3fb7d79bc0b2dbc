"""Fifth draw: our own machinery fails, stutters harmlessly, or fails beside something else."""

from __future__ import annotations

import contextlib
import resource
import signal
import threading
import time
from dataclasses import replace

import psutil

from tests.faultlab import client
from tests.faultlab.experiment import Capture, LabError
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import after, answer, by_path, drip
from tests.faultlab.origin_http2 import after2, answer2
from tests.faultlab.rows.machinery import end_capture, freeze, freeze_then, gone, kill_proxy
from tests.faultlab.rows.making import (
    ACCOUNT,
    FINE,
    HARNESS,
    SERVER,
    get,
    get2,
    pause,
    row,
    site,
    site2,
    together,
)
from tests.faultlab.rows.telling import log_in_within
from tests.faultlab.rows.tiktok import log_in, service, start
from tests.faultlab.tiktok_bodies import passport_error, says

LOOM, KILN, MILL = "api.wool-loom.example", "up.clay-kiln.example", "t.wind-mill.example"
SLOW = site(LOOM, by_path({"/patterns/all": after(2.0, answer())}))
REST = (site(KILN), site(MILL))
USE_REST = together(get(KILN, "/pots"), get(MILL, "/wind"))


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def under(call: Play, act: Play, seconds: float = 0.5) -> Play:
    """`act` happens `seconds` after the app's call has begun."""

    def play(route: client.Route, capture: Capture) -> None:
        app = threading.Thread(target=call, args=(route, capture))
        app.start()
        time.sleep(seconds)
        act(route, capture)
        app.join(15.0)

    return play


def four_at_once(route: client.Route, capture: Capture) -> None:
    """Four calls of 2 s side by side, each with 4 s of patience."""
    apps = [
        threading.Thread(target=client.get, args=(route, LOOM, "/patterns/all", 4.0))
        for _ in range(4)
    ]
    for app in apps:
        app.start()
    for app in apps:
        app.join(8.0)


def no_more_files(route: client.Route, capture: Capture) -> None:
    """mitmdump may open no further file or socket."""
    proxy = capture.proxy()
    proxy.rlimit(resource.RLIMIT_NOFILE, (proxy.num_fds(), proxy.num_fds()))


def stutters(seconds: float) -> Play:
    """mitmdump stands still for 0.3 s, again and again."""

    def play(route: client.Route, capture: Capture) -> None:
        proxy = capture.proxy()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            proxy.send_signal(signal.SIGSTOP)
            time.sleep(0.3)
            proxy.send_signal(signal.SIGCONT)
            time.sleep(0.3)

    return play


def killed_again(route: client.Route, capture: Capture) -> None:
    """Killed under a call, brought back, killed under the next one."""
    under(get(LOOM, "/patterns/all", timeout=4.0), kill_proxy)(route, capture)
    for _ in range(40):
        time.sleep(0.25)
        with contextlib.suppress(LabError, psutil.Error):
            capture.proxy()
            break
    time.sleep(1.5)
    under(get(LOOM, "/patterns/all", timeout=4.0), kill_proxy)(route, capture)


def downloads(route: client.Route, capture: Capture) -> None:
    """A download of ten seconds."""
    client.get(route, LOOM, "/patterns/zip", timeout=12.0)


ROWS = (
    row(
        "f5_no_more_sockets",
        HARNESS,
        "our proxy may open no further socket",
        (site(LOOM), *REST),
        together(
            get(LOOM, "/patterns"),
            no_more_files,
            get(LOOM, "/patterns", times=2, timeout=3.0),
            get(KILN, "/pots", times=2, timeout=3.0),
        ),
    ),
    row(
        "f5_killed_under_four_calls",
        HARNESS,
        "our proxy dies under four calls",
        (SLOW, *REST),
        together(USE_REST, under(four_at_once, kill_proxy)),
    ),
    row(
        "f5_killed_under_download",
        HARNESS,
        "our proxy dies under a download",
        (site(LOOM, drip(100_000, 10_000.0)), *REST),
        together(USE_REST, under(downloads, kill_proxy, 2.0)),
    ),
    row(
        "f5_stopped_under_download",
        HARNESS,
        "the capture is stopped under a download",
        (site(LOOM, drip(100_000, 10_000.0)), *REST),
        together(USE_REST, under(downloads, end_capture, 2.0)),
    ),
    row(
        "f5_killed_under_streams",
        HARNESS,
        "our proxy dies under six streams of one connection",
        (site2(LOOM, after2(1.5, answer2())), *REST),
        together(
            USE_REST,
            under(get2(LOOM, *(f"/patterns/{n}" for n in range(6)), timeout=4.0), kill_proxy),
        ),
    ),
    row(
        "f5_still_for_6s",
        HARNESS,
        "our proxy stands still for 6 s under two hosts' calls of 3 s",
        (SLOW, *REST),
        together(
            USE_REST,
            under(
                together(get(LOOM, "/patterns/all", timeout=3.0), get(KILN, "/pots", timeout=2.0)),
                freeze(6.0),
                0.3,
            ),
        ),
    ),
    row(
        "f5_still_at_handshakes",
        HARNESS,
        "our proxy stands still for 4 s while HTTP/2 comes up",
        (site2(LOOM), site2(KILN)),
        together(
            get2(LOOM, "/patterns"),
            freeze_then(
                4.0,
                together(get2(LOOM, "/patterns", timeout=1.8), get2(KILN, "/pots", timeout=1.8)),
            ),
        ),
    ),
    row(
        "f5_stutters_fine",
        FINE,
        "our proxy stutters, every call is answered",
        (SLOW, *REST),
        under(
            together(
                *[get(LOOM, "/patterns", timeout=8.0)] * 3,
                get(LOOM, "/patterns/all", timeout=8.0),
                get(KILN, "/pots"),
            ),
            stutters(3.0),
            0.1,
        ),
    ),
    row(
        "f5_stopped_after_all_fine",
        FINE,
        "the capture is stopped when all was answered",
        (SLOW, *REST),
        together(USE_REST, get(LOOM, "/patterns/all"), end_capture),
    ),
    row(
        "f5_killed_after_500s",
        SERVER,
        "the service answers 500 three times; much later our proxy dies idle",
        (site(LOOM, answer(500, {"error": "loom jammed"})), *REST),
        together(USE_REST, get(LOOM, "/patterns", times=3), pause(1.5), kill_proxy),
    ),
    row(
        "f5_stutters_beside_500",
        SERVER,
        "our proxy stutters; the service answers 500 all the same",
        (site(LOOM, answer(500, {"error": "loom jammed"})), *REST),
        together(USE_REST, under(get(LOOM, "/patterns", times=4), stutters(2.0), 0.1)),
    ),
    replace(
        row(
            "f5_still_before_wrong_password",
            ACCOUNT,
            "our proxy stood still for 1 s at the start; later the password is wrong",
            service(login=says(passport_error(1009, "Incorrect account or password"))),
            together(freeze_then(1.0, start), pause(1.0), log_in),
        ),
        profile="tiktok",
    ),
    unclear(
        row(
            "f5_killed_under_hang",
            HARNESS,
            "a call hung for 4 s when our proxy died under it: nobody knows of which",
            (site(LOOM, after(20.0, answer()), front=after(20.0, answer(200, ""))), *REST),
            together(USE_REST, under(get(LOOM, "/patterns", timeout=8.0), kill_proxy, 4.0)),
        ),
    ),
    unclear(
        row(
            "f5_our_map_is_wrong",
            HARNESS,
            "our own --resolve sends one host to another owner's server",
            (site(LOOM, cert="wrong_host"), *REST),
            together(USE_REST, get(LOOM, "/patterns", times=2)),
        ),
    ),
    row(
        "f5_killed_and_gone",
        HARNESS,
        "our proxy dies; the app's next calls find nobody",
        (site(LOOM), *REST),
        together(
            USE_REST,
            get(LOOM, "/patterns"),
            kill_proxy,
            gone(LOOM, "/patterns"),
            gone(KILN, "/pots"),
        ),
    ),
    row(
        "f5_killed_twice",
        HARNESS,
        "our proxy dies, is brought back, dies again under a call",
        (SLOW, *REST),
        together(USE_REST, killed_again),
    ),
    replace(
        row(
            "f5_killed_under_log_in",
            HARNESS,
            "our proxy dies under the log-in",
            service(login=after(2.0, says(passport_error(1105)))),
            together(start, under(log_in_within(5.0), kill_proxy)),
        ),
        profile="tiktok",
    ),
)
