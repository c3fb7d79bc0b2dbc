"""What destroys something needs consent twice."""

from __future__ import annotations

from typing import Any

import pytest

from harness.session.steps import NotRunError
from tests.plugin.fake_run import FakeRun, run

pytest_plugins = ["pytester"]


def test_destroying_needs_consent_twice(scenarios: pytest.Pytester) -> None:
    scenarios.makepyfile(
        "import pytest\n@pytest.mark.scenario('reinstall', destructive=True)\n"
        "def test_reinstall(app): pass\n"
    )
    phones = ("--phone=one", "--phone=two")

    run(scenarios, *phones).assert_outcomes(skipped=2)
    run(scenarios, *phones, "--allow-destructive").assert_outcomes(passed=1, skipped=1)

    assert [type(error) for error in FakeRun.made[0].ended] == [NotRunError, NotRunError]


class FakeExperiment:
    """Notes what is asked of it; `refuses` stands for an interlock."""

    made: list[FakeExperiment] = []  # noqa: RUF012 - emptied by the fixture
    refuses: str | None = None

    def __init__(self, scenario: Any, arm: Any, consent: Any, take: Any) -> None:
        self.arm, self.consent, self.cleaned = arm, consent, 0
        FakeExperiment.made.append(self)

    def require_consent(self) -> None:
        if FakeExperiment.refuses:
            raise NotRunError(FakeExperiment.refuses, "no")

    def clean_up(self) -> None:
        self.cleaned += 1


@pytest.fixture
def experiments(monkeypatch: pytest.MonkeyPatch) -> type[FakeExperiment]:
    import harness.plugin.fixtures as fixtures

    FakeExperiment.made, FakeExperiment.refuses = [], None
    monkeypatch.setattr(fixtures, "Experiment", FakeExperiment)
    return FakeExperiment


REINSTALL = (
    "import pytest\n\n@pytest.mark.scenario('reinstall', destructive=True)\n"
    "def test_it(experiment): assert experiment.arm == 'keep_data'\n"
)


@pytest.mark.parametrize(
    ("words", "named", "due"),
    [
        (("--phone=two", "--allow-destructive"), True, {"passed": 1}),
        (("--phone=two",), True, {"skipped": 1}),
        (("--phone=one", "--allow-destructive"), True, {"skipped": 1}),
    ],
)
def test_an_experiment_needs_both_consents_and_knows_who_was_named(
    scenarios: pytest.Pytester,
    experiments: type[FakeExperiment],
    words: tuple[str, ...],
    named: bool,
    due: dict[str, int],
) -> None:
    scenarios.makepyfile(REINSTALL)
    run(scenarios, "--arm=keep_data", *words).assert_outcomes(**due)
    if "passed" in due:
        (made,) = experiments.made
        assert made.consent.named is named
        assert (made.consent.entry_allows, made.consent.run_allows) == (True, True)
        assert made.cleaned == 1
    else:
        assert experiments.made == [], "nothing was even looked at"


def test_an_interlock_ends_it_before_anything(
    scenarios: pytest.Pytester, experiments: type[FakeExperiment]
) -> None:
    experiments.refuses = "battery"
    scenarios.makepyfile(REINSTALL)
    result = run(scenarios, "--arm=keep_data", "--phone=two", "--allow-destructive")
    result.assert_outcomes(skipped=1)
    assert experiments.made[0].cleaned == 0
