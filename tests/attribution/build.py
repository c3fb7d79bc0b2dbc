"""Builds facts as the recorder writes them, from the reference's rows of recorded faults."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from harness.adapters.profile_file import load_profile
from harness.attribution.engine import CaptureJudgement, judge_capture, judge_scenario
from harness.domain.facts import FACTS, Facts
from harness.domain.facts.capture import ProxyStarted, ProxyStopped
from harness.domain.facts.control import ControlMade
from harness.domain.facts.scenario import ScenarioBegun, ScenarioEnded, StepBegun, StepEnded
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.observation import Observation
from harness.domain.profile import AppProfile
from harness.domain.verdict import DeviceLabel, Verdict

EPOCH = 1_790_000_000.0
_KINDS = {kind: name for name, kind in FACTS.items() if not name.endswith(".pending")}

TIKTOK = load_profile("tiktok")
PLAIN = load_profile("plain")
GENERIC = load_profile("generic")
STARTED = ProxyStarted(pid=1, port=8080, mitmproxy="12.2.3", ca_sha256="00")
STOPPED = ProxyStopped("signal", 0, 0)
ALL_OK = {"dns": "ok", "tcp": "ok", "tls": "ok", "http": "ok"}


def exchange(begun: float = 1.0, **changes: Any) -> Exchange:
    """A healthy answer of a JSON API, 50 ms after the request."""
    ended = changes.pop("ended", begun + 0.05)
    plain = Exchange(
        flow=changes.pop("flow", f"f{begun}"),
        client=changes.pop("client", f"c{begun}"),
        ordinal=1,
        method="GET",
        scheme="https",
        host="origin.example",
        port=443,
        path="/api/items",
        http_version="HTTP/2.0",
        begun=begun,
        sent=begun + 0.001,
        head=begun + 0.04,
        ended=ended,
        status=200,
        client_open=True,
        server_open=True,
        content_type="application/json",
        body="json",
        response_bytes=53,
    )
    return replace(plain, **changes)


def failed(error: str, begun: float = 1.0, wait: float = 0.05, **changes: Any) -> Exchange:
    """An exchange that ended with `error` after `wait` seconds, without an answer."""
    base: dict[str, Any] = {
        "error": error,
        "status": None,
        "head": None,
        "ended": begun + 0.001 + wait,
        "server_open": False,
        "body": "none",
        "content_type": None,
        "response_bytes": None,
    }
    return exchange(begun, **(base | changes))


def connection(opened: float = 1.0, **changes: Any) -> Connection:
    """A connection that came up to the ClientHello and is not over."""
    plain = Connection(
        client=changes.pop("client", f"c{opened}"),
        opened=opened,
        host="origin.example",
        port=443,
        sni="origin.example",
        address="192.0.2.1:443",
        connect_begun=opened + 0.001,
        connect_done=opened + 0.002,
        hello=opened + 0.003,
        server_tls_begun=opened + 0.004,
        server_tls_done=opened + 0.005,
        client_tls_begun=opened + 0.006,
        client_tls_done=opened + 0.007,
    )
    return replace(plain, **changes)


def no_connect(error: str, opened: float = 1.0, wait: float = 0.01, **changes: Any) -> Connection:
    """A connect that failed with `error`; the proxy's own 502 went to the app."""
    nothing: dict[str, Any] = {
        "address": None,
        "connect_done": None,
        "hello": None,
        "server_tls_begun": None,
        "server_tls_done": None,
        "client_tls_begun": None,
        "client_tls_done": None,
        "sni": None,
        "connect_error": error,
        "connect_refused_status": 502,
        "closed": opened + 0.001 + wait,
    }
    return connection(opened, **(nothing | changes))


def no_server_tls(error: str, opened: float = 1.0, **changes: Any) -> Connection:
    """A handshake with the origin that failed."""
    return connection(
        opened, server_tls_done=None, client_tls_done=None, server_tls_error=error, **changes
    )


def no_client_tls(
    error: str, opened: float = 1.0, wait: float = 0.05, **changes: Any
) -> Connection:
    """A handshake with the app that failed."""
    closed = opened + 0.006 + wait
    return connection(
        opened,
        client_tls_done=None,
        client_tls_error=error,
        closed=closed,
        ended_by="app",
        **changes,
    )


def probe(result: str = "ok", host: str = "origin.example", **changes: Any) -> ControlMade:
    """The host-side probe; `stage="tcp", why="refused"` breaks one stage."""
    stages = dict(ALL_OK)
    stage = changes.pop("stage", None)
    if stage is not None:
        result = "failed"
        broken = False
        for name in stages:
            if name == stage:
                stages[name], broken = f"failed: {changes.pop('why', 'timed out')}", True
            elif broken:
                stages[name] = "not_reached"
    base: dict[str, Any] = {
        "target": f"{host}:443",
        "stages": stages,
        "seconds": 0.02,
        "http_status": 200 if result == "ok" else None,
    }
    return ControlMade("host_probe", result, "The probe.", **(base | changes))


def site(result: str) -> ControlMade:
    """The unrelated site."""
    return ControlMade("control_site", result, "The unrelated site.", target="site.example:443")


def observe(*facts: Facts | tuple[float, Facts], start: float = 0.0) -> list[Observation]:
    """Observations in the order given; a pair sets the monotonic time."""
    found: list[Observation] = []
    mono = start
    for number, entry in enumerate(facts, 1):
        given, fact = entry if isinstance(entry, tuple) else (None, entry)
        kind = _KINDS[type(fact)]
        if isinstance(fact, Exchange) and fact.ended is None and fact.error is None:
            kind = "exchange.pending"
        if given is not None:
            mono = given
        elif isinstance(fact, Exchange):
            mono = max(mono, fact.ended or fact.begun)
        elif isinstance(fact, Connection):
            mono = max(mono, fact.closed or fact.opened + 0.01)
        found.append(Observation(f"o{number}", EPOCH + mono, mono, "proxy", "host", kind, fact))
    return found


def pending(seen: Observation) -> Observation:
    """The same line as one that still waits."""
    return replace(seen, kind=f"{seen.kind}.pending")


def capture(*facts: Facts | tuple[float, Facts], profile: AppProfile = GENERIC) -> CaptureJudgement:
    """Judges a bare capture with a proxy that ran properly to its end."""
    last = observe(*facts)
    end = (last[-1].mono if last else 0.0) + 1.0
    return judge_capture(observe((0.0, STARTED), *facts, (end, STOPPED)), profile)


def verdict_of(*facts: Facts | tuple[float, Facts], profile: AppProfile = GENERIC) -> Verdict:
    """The verdict on the whole capture."""
    return capture(*facts, profile=profile).whole


PHONE = DeviceLabel("phone-1", "SERIAL", "Pixel 8", 34)


def scenario_lines(
    *facts: Facts | tuple[float, Facts],
    result: str = "failed",
    needs: tuple[str, ...] = ("login",),
    step_begun: float = 0.5,
    step_end: float = 20.0,
    error_kind: str | None = "assertion",
    reason: str | None = None,
    name: str = "log_in",
) -> list[Observation]:
    """A try with one step from 0.5 s to `step_end`, and what was seen of it."""
    failed_step = None if result in {"passed", "not_run"} else "submit"
    kind = error_kind if failed_step else None
    script: list[tuple[float, Facts]] = [
        (0.0, STARTED),
        (0.2, ScenarioBegun("Log in", "logged_out")),
        (step_begun, StepBegun("submit", needs)),
        (step_end, StepEnded("submit", failed_step is None, step_begun, kind, "no profile shown")),
        (step_end + 0.5, ScenarioEnded(result, failed_step, "no profile shown", reason)),
    ]
    timed = [(seen.mono, seen.facts) for seen in observe(*facts)]
    lines = observe(*sorted([*script, *timed], key=lambda entry: entry[0]))
    return [replace(line, scenario=name, device=PHONE.name) for line in lines]


def judged(
    *facts: Facts | tuple[float, Facts], profile: AppProfile = TIKTOK, **script: Any
) -> Verdict:
    """The verdict on one try."""
    lines = scenario_lines(*facts, **script)
    return judge_scenario(lines, profile, device=PHONE, app=None, incident=None)
