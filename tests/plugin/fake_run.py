"""A run that needs no phone, and scenarios for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.domain.app_build import BuildPin
from harness.domain.verdict import Candidate, DeviceLabel, Verdict
from harness.domain.vocabulary import Layer, Outcome, Party, Visibility
from harness.ports import InstrumentError
from harness.session.run_folder import RunFolder
from harness.session.run_scenarios import plugin_arguments
from harness.session.steps import NotRunError

DEVICES = "phones:\n  one: {serial: S1, default: true}\n  two: {serial: S2, destructive: true}\n"
PASSES = "import pytest\n@pytest.mark.scenario('login', start='logged_out')\ndef test_log_in(app, step):\n    assert (app, step) == ('the app', 'the step')\n"  # noqa: E501 - one test module


class StepsByName(str):  # noqa: SLOT000  # it is there for its attributes
    """Stands for the steps; takes a listener as they do."""


class FakeScenario:
    def __init__(self, session: Any, name: str, folder: Path) -> None:
        self.session, self.name, self.folder = session, name, folder
        self.app, self.step, self.error = "the app", StepsByName("the step"), None

    def begin(self, title: str) -> None:
        self.title = title

    def check_build(self, pin: BuildPin) -> None:
        self.pin = pin

    def end(self, error: BaseException | None) -> None:
        self.error = error

    def require_log_in(self) -> None:
        raise NotRunError("no_log_in_left", "used")


class FakeSession:
    logcat_file = Path("/nowhere")

    def __init__(self, entry: Any) -> None:
        self.entry, self.account = entry, None

        class Journal:
            def failed(self, error: InstrumentError) -> None: ...

        self.journal = Journal()

    def clean(self, text: str) -> str:
        return text.replace("hunter2", "<secret>")


class FakeRun:
    """Judges by what ended the scenario."""

    made: list[FakeRun] = []  # noqa: RUF012 - emptied by the fixture
    opening: Exception | None = None

    def __init__(self, request: Any) -> None:
        self.request = request
        self.folder = RunFolder(request.out, "r")
        self.verdicts: list[Verdict] = []
        self.incidents: list[Any] = []
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.unsuitable: list[str] = []
        self.sessions: dict[str, FakeSession] = {}
        self.ended: list[BaseException | None] = []
        self.released: list[str] = []
        self.closed = False
        FakeRun.made.append(self)

    def session(self, entry: Any) -> FakeSession:
        self.sessions[entry.name] = FakeSession(entry)
        if FakeRun.opening is not None:
            raise FakeRun.opening
        return self.sessions[entry.name]

    def scenario(self, session: FakeSession, name: str, start_state: str | None) -> FakeScenario:
        return FakeScenario(session, name, self.folder.path)

    def judge(self, run: FakeScenario) -> Verdict:
        self.ended.append(run.error)
        verdict = Verdict(
            id=f"v{len(self.verdicts)}", scenario=run.name, step=None,
            outcome=Outcome.FAILED if run.error else Outcome.PASSED,
            party=Party.SERVER if run.error else Party.NONE,
            candidates=(Candidate(Party.SERVER, 1.0),), confidence=0.95, layer=Layer.HTTP,
            rule="http_server_error", rules_version="1", summary="It is the server.",
            advice=("Wait.",), evidence=(), conflicts=(), controls=(),
            visibility=Visibility.OPEN, device=DeviceLabel(run.session.entry.name),
        )  # fmt: skip
        self.verdicts.append(verdict)
        return verdict

    def release(self, entry: Any) -> None:
        self.released.append(entry.name)

    def close(self) -> None:
        self.closed = True


def run(pytester: pytest.Pytester, *words: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess(*plugin_arguments(), *words)
