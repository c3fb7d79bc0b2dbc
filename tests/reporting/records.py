"""Records that the tests of the reports share."""

import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.adapters.observation_file import ObservationWriter
from harness.domain.facts import ControlMade, DeviceIdentity, Exchange, StepEnded
from harness.domain.facts.traffic import Envelope
from harness.domain.observation import Observation
from harness.domain.verdict import Candidate, Control, DeviceLabel, Evidence, Verdict
from harness.domain.vocabulary import ControlResult, Layer, Level, Outcome, Party, Visibility
from harness.reporting.run_record import Try

PHONE = DeviceIdentity("s", "P", "G", 34, "14", "user", "f", simulated=True)
HOSTILE = '<script>alert("x")</script>\u202e'


def verdict(refs: tuple[str, ...] = ("p-1",), **changes: Any) -> Verdict:
    """A server verdict of a log-in, with `changes`."""
    made = Verdict(
        id="v-1",
        scenario="login",
        step="submit log-in",
        outcome=Outcome.FAILED,
        party=Party.SERVER,
        candidates=(Candidate(Party.SERVER, 0.95), Candidate(Party.NETWORK, 0.05)),
        confidence=0.95,
        layer=Layer.HTTP,
        rule="server.own_error",
        rules_version="1",
        summary="The log-in service is failing.",
        advice=("Do not delete the app.",),
        evidence=(Evidence(Layer.HTTP, Level.COUNTED, "The service answered 503.", refs),),
        conflicts=(),
        controls=(Control("host_probe", ControlResult.OK, "We reached the host."),),
        visibility=Visibility.OPEN,
        device=DeviceLabel("sim", "127.0.0.1:5555", "Pixel 8", 34, simulated=True),
        started="2026-01-01T00:00:00Z",
    )
    return replace(made, **changes)


def write_observations(folder: Path, *, title: str = "submit log-in") -> list[Observation]:
    """A small run: identity, one failed exchange, one control, one failed step."""
    now = time.monotonic()
    path = folder / "observations.jsonl"
    with ObservationWriter(path, source="adb", host="h", device="sim", prefix="p") as log:
        facts: Iterable[tuple[str, Any]] = (
            ("device.identity", PHONE),
            (
                "exchange",
                Exchange(
                    flow="f1", client="c1", ordinal=1, method="POST", scheme="https", host="a.test",
                    port=443, path="/login", http_version="HTTP/2.0", begun=now, ended=now + 1,
                    status=503, envelope=Envelope("app", 5, "busy"),
                ),
            ),
            ("control", ControlMade("host_probe", "ok", "We reached the host.", "a.test:443")),
            ("step.ended", StepEnded(title, ok=False, begun=now - 1, message="no profile")),
        )  # fmt: skip
        return [log.write(kind, fact, scenario="login") for kind, fact in facts]


def try_of(folder: Path, title: str = "submit log-in") -> Try:
    """The small run as one try."""
    seen = write_observations(folder, title=title)
    return Try(
        verdict(),
        steps=tuple(s for s in seen if isinstance(s.facts, StepEnded)),
        exchanges=tuple(s for s in seen if isinstance(s.facts, Exchange)),
        events=tuple(s for s in seen if isinstance(s.facts, ControlMade)),
    )
