"""Short words in which the rows are written."""

from __future__ import annotations

import time

from tests.faultlab import client, client_http2
from tests.faultlab.certificates import TlsPlan
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin import Behaviour
from tests.faultlab.origin_http1 import Reply, serve
from tests.faultlab.origin_http2 import Reply2, serve2
from tests.faultlab.world import Host

Truth = tuple[str, str]
FINE: Truth = ("none", "passed")
SERVER: Truth = ("server", "failed")
SERVER_GATE: Truth = ("server", "blocked")
CLIENT: Truth = ("client", "failed")
NETWORK: Truth = ("network", "failed")
DEVICE: Truth = ("device", "failed")
ACCOUNT: Truth = ("account", "failed")
ACCOUNT_GATE: Truth = ("account", "blocked")
HARNESS: Truth = ("harness", "inconclusive")

# Hosts of three owners that have nothing to do with each other, and a fourth.
API = "api.corner-shop.example"
AUTH = "auth.identity-house.example"
MEDIA = "img.media-mill.example"
NEWS = "www.daily-paper.example"


def row(name: str, truth: Truth, breaks: str, hosts: tuple[Host, ...], play: Play) -> Fault:
    """A separable row of the generic profile."""
    return Fault(name, breaks, truth[0], truth[1], hosts, play)


def site(
    name: str = API,
    reply: Reply | None = None,
    *,
    front: Reply | None = None,
    cert: str = "good",
) -> Host:
    """An HTTP/1.1 origin; a fine one when no reply is given."""
    from tests.faultlab.origin_http1 import answer

    return Host(name, serve(reply or answer(), front=front), TlsPlan(cert))


def site2(name: str = API, reply: Reply2 | None = None, *, front: Reply2 | None = None) -> Host:
    """An HTTP/2 origin."""
    from tests.faultlab.origin_http2 import answer2

    return Host(name, serve2(reply or answer2(), front=front), TlsPlan(alpn=("h2", "http/1.1")))


def below_tls(name: str, behaviour: Behaviour) -> Host:
    """An origin that breaks before or in the handshake."""
    return Host(name, behaviour, reach="bare")


def unreachable(name: str, reach: str) -> Host:
    """refused, dead_name, no_route or syn_dropped."""
    return Host(name, reach=reach)


def get(
    host: str = API,
    path: str = "/v1/items",
    *,
    times: int = 1,
    timeout: float = 8.0,
    pause: float = 0.3,
) -> Play:
    """GETs on connections of their own, until one is answered with less than 400."""

    def play(route: client.Route, capture: Capture) -> None:
        for number in range(times):
            if number:
                time.sleep(pause)
            got = client.get(route, host, path, timeout)
            if got.error is None and got.status is not None and got.status < 400:
                return

    return play


def get2(host: str = API, *paths: str, timeout: float = 8.0, times: int = 1) -> Play:
    """Parallel GETs on one HTTP/2 connection; again where one was not answered."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            streams = client_http2.get2(route, host, *paths, timeout=timeout)
            if streams and all(stream.status == 200 and stream.ended for stream in streams):
                return
            time.sleep(0.3)

    return play


def post(
    host: str, path: str, body: str = '{"a": 1}', kind: str = "application/json", times: int = 1
) -> Play:
    """POSTs on connections of their own."""

    def play(route: client.Route, capture: Capture) -> None:
        for number in range(times):
            if number:
                time.sleep(0.3)
            client.call(route, host, "POST", path, body.encode(), Content_Type=kind)

    return play


def together(*plays: Play) -> Play:
    """One after the other."""

    def play(route: client.Route, capture: Capture) -> None:
        for part in plays:
            part(route, capture)

    return play


def pause(seconds: float) -> Play:
    """The person looks at the screen."""

    def play(route: client.Route, capture: Capture) -> None:
        time.sleep(seconds)

    return play


OTHERS_FINE = (site(AUTH), site(MEDIA))
"""Two unrelated hosts that are well."""
USE_OTHERS = together(get(AUTH, "/session"), get(MEDIA, "/a.json"))
