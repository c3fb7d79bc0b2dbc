"""What does the service still have? Asked by a new log-in, if one is left; never at any cost.

The experiment stands without the answer, so nothing here fails the scenario: what could not
be asked is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.adapters.observation_tail import Tail
from harness.domain.secret import Secret
from harness.pages.app import App
from harness.ports import InstrumentError
from harness.screens.errors import BlockedError, ElementGoneError, ElementMissingError
from harness.session.scenario_run import ScenarioRun
from harness.session.steps import NotRunError, first_line
from harness.session.wire import gate_on_wire

_COUNTERS = {"follower_count": "followers", "following_count": "following"}


@dataclass(frozen=True, slots=True)
class ServiceAnswer:
    """`asked`: somebody is logged in now, so what the service has can come."""

    asked: bool
    told: str  # one sentence


def ask_service(app: App, scenario: ScenarioRun) -> ServiceAnswer:
    """Logs in where the ledger has a log-in left for the account. Raises InstrumentError."""
    wire = Tail(scenario.session.journal.proxy_file)
    wire.new()  # what was there before
    try:
        return _ask(app, scenario)
    except NotRunError as error:
        return _not_asked(str(error).removeprefix("not run: "))
    except BlockedError as error:
        _note_limit(scenario, error.reason)
        return _not_asked(f"the service wanted a person: {error.reason}")
    except (AssertionError, ElementMissingError, ElementGoneError) as error:
        gate = gate_on_wire(scenario.session.profile, wire.new())
        _note_limit(scenario, gate.meaning if gate else None)
        return _not_asked(scenario.session.clean(first_line(error)))


def _ask(app: App, scenario: ScenarioRun) -> ServiceAnswer:
    profile = app.profile()
    if profile.logged_in:
        return ServiceAnswer(asked=True, told="the app is still logged in")
    assert profile.logged_out, f"the Profile tab shows no profile: {profile.problem}"  # noqa: S101 - a claim about the product, as in a test
    account = scenario.session.account
    if account is None:
        raise NotRunError("no_account", "the phone has no account")
    if (refusal := scenario.ledger.refusal(scenario.ledger_name)) is not None:
        reason, _, text = refusal.partition(": ")
        raise NotRunError(reason, text)  # before the form is opened
    log_in = profile.open_log_in()
    log_in.use_phone_email_username()
    log_in.choose_username_tab()
    log_in.type_user(Secret(account.user))
    log_in.type_password(account.password)
    scenario.require_log_in()
    log_in.submit()
    outcome = log_in.outcome()
    assert outcome.logged_in, f"not logged in; the app says: {outcome.message}"  # noqa: S101 - as above
    return ServiceAnswer(asked=True, told=f"logged in again; {_hosted(app)}")


def _hosted(app: App) -> str:
    """What the profile of the new installation shows: only the service can have told it."""
    try:
        shown = [value for value in app.profile().counters() if value.name in _COUNTERS]
    except (AssertionError, ElementMissingError, ElementGoneError):
        return "the app did not show what the service has"
    counts = [f"{value.text} {_COUNTERS[value.name]}" for value in shown]
    return f"the service still has the account: {' and '.join(counts)}"


def _not_asked(why: str) -> ServiceAnswer:
    return ServiceAnswer(asked=False, told=f"what the service still has was not asked: {why}")


def _note_limit(scenario: ScenarioRun, meaning: str | None) -> None:
    if meaning in scenario.session.profile.limits.rate_limit_meanings:
        try:
            scenario.ledger.note_rate_limit(scenario.ledger_name)
        except InstrumentError as error:
            scenario.session.journal.failed(error)
