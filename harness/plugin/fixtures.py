"""Fixtures: phone, scenario, app, account, step, values, content."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial

import pytest

from harness.domain.device import DeviceEntry
from harness.domain.facts.removal import RemovalMended
from harness.domain.interlock import consent_refusal
from harness.domain.secret import Secret
from harness.pages.app import App
from harness.pages.profile_page import ProfilePage
from harness.plugin.state import SCENARIO, STATE, declared
from harness.ports import InstrumentError
from harness.session.account import Account, AccountError
from harness.session.exception_texts import clean_exception
from harness.session.experiment import Experiment
from harness.session.inventory_of import take_inventory
from harness.session.offline_content import OfflineContent
from harness.session.phone_session import PhoneSession
from harness.session.reinstall import Consent
from harness.session.run_context import UnsuitablePhoneError
from harness.session.scenario_run import ScenarioRun
from harness.session.steps import NotRunError, Steps
from harness.session.three_way import ThreeWay


@dataclass(frozen=True, slots=True)
class TestAccount:
    """The phone's account; `take_log_in` spends its one try of the run."""

    __test__ = False

    scenario: ScenarioRun

    @property
    def user(self) -> Secret:
        """To be typed."""
        return Secret(self._account.user)

    @property
    def password(self) -> Secret:
        """To be typed."""
        return self._account.password

    def take_log_in(self) -> None:
        """Call it right before submitting. NotRunError when none is left."""
        self.scenario.require_log_in()

    def require_logged_in(self, profile: ProfilePage, values: ThreeWay) -> None:
        """Start state: never logs in by itself, for that would spend the account's one try.

        NotRunError where nobody is logged in; AssertionError where somebody was and the
        app has forgotten it: it had asked as that account, or its own file names it.
        """
        if not profile.logged_out:
            return
        was = values.asked_as_account or values.had_account
        assert not was, "the app shows nobody logged in, though an account was in front"  # noqa: S101 - a claim about the product, as in a test
        raise NotRunError("start_state", "nobody is logged in; log in on the phone first")

    def require_logged_out(self, profile: ProfilePage) -> None:
        """Start state: logs out where the phone's entry allows it, else NotRunError."""
        if profile.logged_out:
            return
        assert profile.logged_in, f"the Profile tab shows no profile: {profile.problem}"  # noqa: S101 - a claim about the product, as in a test
        if not self.scenario.session.entry.may_log_out:
            raise NotRunError(
                "start_state", "somebody is logged in and the phone's entry has no may_log_out"
            )
        profile.log_out()

    @property
    def _account(self) -> Account:
        account = self.scenario.session.account
        if account is None:
            name = self.scenario.session.entry.name
            raise NotRunError("no_account", f"phone {name!r} has no account in devices.yaml")
        return account


@pytest.fixture(scope="session")
def phone(request: pytest.FixtureRequest) -> Generator[PhoneSession | InstrumentError]:
    """A phone of devices.yaml, acquired for all its scenarios.

    An instrument that fails is handed on, so that each scenario is judged as such.
    """
    entry: DeviceEntry = request.param
    run = request.config.stash[STATE].run
    try:
        try:
            yield run.session(entry)
        except InstrumentError as error:
            clean_exception(error, run.sessions[entry.name].clean)
            run.sessions[entry.name].journal.failed(error)
            run.problems.append(f"phone {entry.name} could not be made ready: {error}")
            yield error
        except (UnsuitablePhoneError, AccountError) as error:
            run.unsuitable.append(str(error))
            pytest.skip(str(error))
    finally:
        run.release(entry)


@pytest.fixture
def scenario(request: pytest.FixtureRequest, phone: PhoneSession | InstrumentError) -> ScenarioRun:
    """The try that this test is."""
    if isinstance(phone, InstrumentError):
        raise phone
    item: pytest.Item = request.node
    config = request.config
    told = declared(item)
    run = config.stash[STATE].run
    begun = run.scenario(phone, told.name, told.start)
    item.stash[SCENARIO] = begun
    begun.step.listener = lambda title, state: config.hook.pytest_harness_step(
        run=begun, title=title, state=state
    )
    begun.begin(told.name.replace("_", " "))
    begun.check_build(told.pin)
    if told.destructive:
        refusal = consent_refusal(
            phone.entry.name,
            entry_allows=phone.entry.destructive,
            run_allows=run.request.allow_destructive,
        )
        if refusal is not None:
            raise NotRunError(refusal.reason, refusal.text)
    return begun


@pytest.fixture
def app(scenario: ScenarioRun) -> App:
    """The app on the phone."""
    return scenario.app


@pytest.fixture
def step(scenario: ScenarioRun) -> Steps:
    """`with step("submit log-in", needs="login"):`."""
    return scenario.step


@pytest.fixture
def account(scenario: ScenarioRun) -> TestAccount:
    """The phone's test account."""
    return TestAccount(scenario)


@pytest.fixture
def values(scenario: ScenarioRun) -> ThreeWay:
    """What the screen shows, what the service said, what was known before."""
    return ThreeWay(scenario.session, scenario.known)


@pytest.fixture
def content(scenario: ScenarioRun) -> OfflineContent:
    """Content that is to work without network."""
    return OfflineContent(scenario.session, scenario.known)


@pytest.fixture
def experiment(request: pytest.FixtureRequest, scenario: ScenarioRun) -> Generator[Experiment]:
    """The reinstall experiment; every reason against it makes the scenario `not_run`.

    A step that failed leaves the phone to us: the app is brought back at once.
    """
    asked = request.config.stash[STATE].run.request
    session = scenario.session
    scenario.step.judges_the_app = False
    consent = Consent(
        entry_allows=session.entry.destructive,
        run_allows=asked.allow_destructive,
        test_account=session.account is not None,
        named=session.entry.name in asked.named,
        attended=asked.attended,
        may_remove_copies=session.entry.may_remove_copies,
    )

    made = Experiment(scenario, asked.arm, consent, partial(take_inventory, session))
    made.require_consent()
    yield made
    try:
        mended = made.clean_up()
    except InstrumentError as error:
        session.journal.failed(error)
        return
    if mended is not None:
        fact = RemovalMended(tuple(mended.lines), mended.whole)
        session.journal.log("harness").write("removal.mended", fact)
