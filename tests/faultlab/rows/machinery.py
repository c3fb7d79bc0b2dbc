"""Our own machinery fails while the app and the service are well (or not)."""

from __future__ import annotations

import contextlib
import resource
import signal
import threading
import time
from dataclasses import replace

from tests.faultlab import client
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Play
from tests.faultlab.origin_http1 import after, answer, by_path
from tests.faultlab.rows.making import (
    API,
    DEVICE,
    FINE,
    HARNESS,
    OTHERS_FINE,
    SERVER,
    USE_OTHERS,
    get,
    pause,
    row,
    site,
    together,
)

LATER = site(API, by_path({"/v1/report": after(1.5, answer())}))


def while_waiting(act: Play, path: str = "/v1/report", timeout: float = 4.0) -> Play:
    """Half a second after the app has asked, `act` happens."""

    def play(route: client.Route, capture: Capture) -> None:
        app = threading.Thread(target=client.get, args=(route, API, path, timeout))
        app.start()
        time.sleep(0.5)
        act(route, capture)
        app.join(timeout + 5.0)

    return play


def kill_proxy(route: client.Route, capture: Capture) -> None:
    """SIGKILL of mitmdump."""
    capture.proxy().kill()
    time.sleep(0.5)


def end_capture(route: client.Route, capture: Capture) -> None:
    """A person stops the capture."""
    capture.stop()


def freeze(seconds: float) -> Play:
    """SIGSTOP of mitmdump for so long."""

    def play(route: client.Route, capture: Capture) -> None:
        proxy = capture.proxy()
        proxy.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        proxy.send_signal(signal.SIGCONT)

    return play


def freeze_then(seconds: float, act: Play) -> Play:
    """`act` begins while mitmdump stands still."""

    def play(route: client.Route, capture: Capture) -> None:
        frozen = threading.Thread(target=freeze(seconds), args=(route, capture))
        frozen.start()
        time.sleep(0.1)
        act(route, capture)
        frozen.join(seconds + 5.0)

    return play


def fill_disk(route: client.Route, capture: Capture) -> None:
    """No file of mitmdump may grow any more (as on a full disk)."""
    capture.proxy().rlimit(resource.RLIMIT_FSIZE, (1, 1))


def gone(host: str, path: str) -> Play:
    """A call that finds no proxy."""

    def play(route: client.Route, capture: Capture) -> None:
        with contextlib.suppress(OSError):
            client.get(route, host, path, 1.0)

    return play


ROWS = (
    row(
        "proxy_killed_in_flight",
        HARNESS,
        "mitmdump is killed while a call waits",
        (LATER,),
        together(get(), while_waiting(kill_proxy)),
    ),
    row(
        "proxy_killed_idle",
        HARNESS,
        "mitmdump is killed between calls; the app's next call fails",
        (LATER,),
        together(get(), kill_proxy, gone(API, "/v1/items")),
    ),
    row(
        "proxy_killed_h1_busy",
        HARNESS,
        "mitmdump is killed with several hosts in use",
        (LATER, *OTHERS_FINE),
        together(USE_OTHERS, while_waiting(kill_proxy), gone(API, "/v1/items")),
    ),
    row(
        "stopped_in_flight",
        HARNESS,
        "the capture is stopped while a call waits",
        (LATER,),
        together(get(), while_waiting(end_capture)),
    ),
    row(
        "proxy_stands_still",
        HARNESS,
        "mitmdump stands still for 3 s; the app's time-out is 2 s",
        (LATER,),
        together(get(), while_waiting(freeze(3.0), timeout=2.0)),
    ),
    row(
        "proxy_stands_still_at_connect",
        HARNESS,
        "mitmdump stands still for 3 s while the app connects",
        (site(),),
        together(get(), freeze_then(3.0, get(timeout=2.0))),
    ),
    row(
        "short_lag_harmless",
        FINE,
        "mitmdump stands still for 0.8 s, the app waits",
        (LATER,),
        together(get(), while_waiting(freeze(0.8), timeout=6.0)),
    ),
    row(
        "lag_beside_503",
        SERVER,
        "mitmdump stands still for 1 s; later the service answers 503",
        (site(API, by_path({"/v1/orders": answer(503)})),),
        together(
            get(), freeze_then(1.0, get(timeout=6.0)), pause(0.5), get(API, "/v1/orders", times=3)
        ),
    ),
    row(
        "disk_full",
        HARNESS,
        "the recorder can write no more",
        (LATER,),
        together(get(), fill_disk, get(), get(API, "/v1/report")),
    ),
    replace(
        row(
            "nothing_came",
            DEVICE,
            "the phone is offline: nothing reaches the proxy",
            (site(),),
            pause(1.0),
        ),
        separable=False,
    ),
)
