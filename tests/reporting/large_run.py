"""A run folder as large as asked for, the same for the same seed."""

from __future__ import annotations

import json
import random
import uuid
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from harness.adapters.observation_file import encode_line
from harness.adapters.verdict_file import write_verdicts
from harness.domain.facts import (
    ControlMade,
    DeviceIdentity,
    Exchange,
    Facts,
    ScenarioBegun,
    StepEnded,
)
from harness.domain.observation import Observation
from harness.domain.verdict import Evidence, Verdict
from harness.domain.vocabulary import Layer, Level, Outcome, Party
from tests.reporting.records import verdict

SCENARIOS = ("offline_content", "followers", "login", "reinstall")
STEPS = ("open the app", "go to the form", "fill in the form", "submit")


def make_run(folder: Path, *, results: int, flows: int, seed: int = 1) -> None:
    """Observations, verdicts, screenshots and Allure results of `results` tries."""
    draw = random.Random(seed)
    (folder / "allure-results").mkdir(parents=True)
    phones = max(results // 20, 1)
    verdicts: list[Verdict] = []
    shot = folder / "tests" / "screen.png"
    shot.parent.mkdir()
    Image.effect_noise((540, 1200), 60).convert("RGB").save(shot)
    with (folder / "observations.jsonl").open("wb") as log:
        for number in range(results):
            phone, scenario = f"phone-{number % phones}", SCENARIOS[number // phones % 4]
            again = number // (phones * 4) + 1
            verdicts.append(
                _try(folder, log, draw, phone, scenario, again, number * 10.0, flows // results)
            )
            _allure(folder / "allure-results", verdicts[-1], number)
    write_verdicts(folder / "verdicts.json", verdicts, [])


def _try(
    folder: Path,
    log: BinaryIO,
    draw: random.Random,
    phone: str,
    scenario: str,
    again: int,
    at: float,
    flows: int,
) -> Verdict:
    bad = draw.random() < 0.5
    inside = folder / "tests" / phone / scenario / f"try-{again}"
    inside.mkdir(parents=True)

    def write(kind: str, facts: Facts, mono: float, step: str | None = None) -> str:
        seen = Observation(
            f"p-{log.tell()}", 1.7e9 + mono, mono, "proxy", "h", kind, facts, phone, scenario, step
        )
        log.write(encode_line(seen))
        return seen.id

    write("device.identity", DeviceIdentity(phone, "P", "G", 34, "14", "user", "f", True), at)
    write("scenario.begun", ScenarioBegun(scenario, None, again), at)
    refs: list[str] = []
    for index in range(flows):
        begun = at + draw.random() * 8
        status = 503 if bad and index == 0 else 200
        exchange = Exchange(
            f"f{at}-{index}", "c", 1, "GET", "https", "api.example.test", 443,
            f"/v1/{draw.randrange(99)}", "HTTP/2.0", begun, ended=begun + draw.random(),
            status=status,
        )  # fmt: skip
        refs.append(write("exchange", exchange, begun + 1, STEPS[-1]))
    for index, title in enumerate(STEPS):
        ok = not (bad and title == STEPS[-1])
        done = StepEnded(title, ok, at + 2 * index, screenshot="tests/screen.png")
        write("step.ended", done, at + 2 * index + 1.9, title)
    refs.append(write("control", ControlMade("host_probe", "ok", "Reached.", seconds=0.1), at + 9))
    evidence = tuple(
        Evidence(layer, Level.COUNTED, f"{layer}: seen for {flows} calls.", tuple(refs[:10]))
        for layer in (Layer.HTTP, Layer.DNS, Layer.TCP, Layer.TLS)
    )
    found = verdict(
        tuple(refs), id=f"{phone}-{scenario}-{again}", scenario=scenario, try_number=again,
        evidence=evidence, outcome=Outcome.FAILED if bad else Outcome.PASSED,
        party=Party.SERVER if bad else Party.NONE,
    )  # fmt: skip
    assert found.device is not None
    return replace(found, device=replace(found.device, name=phone))


def _allure(results: Path, found: Verdict, number: int) -> None:
    status = "failed" if found.outcome is Outcome.FAILED else "passed"
    source = f"{uuid.UUID(int=number)}-attachment.txt"
    (results / source).write_text("traffic")
    (results / f"{uuid.UUID(int=number)}-result.json").write_text(
        json.dumps(
            {
                "uuid": str(uuid.UUID(int=number)), "historyId": found.id, "name": found.id,
                "status": status, "start": number, "stop": number + 9,
                "statusDetails": {"message": f"[{found.party}] {found.summary}"},
                "labels": [{"name": "party", "value": str(found.party)}],
                "attachments": [{"name": "a", "source": source, "type": "text/plain"}],
            }
        )
    )  # fmt: skip
