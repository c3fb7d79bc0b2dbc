"""One try of a scenario on one phone: its folder, its begin and end, its steps."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from harness.adapters.adb.film import PhoneFilm
from harness.adapters.locator_file import load_locators
from harness.adapters.places import package_file, state_folder
from harness.domain.app_build import BuildPin
from harness.domain.facts.scenario import ScenarioBegun, ScenarioEnded
from harness.domain.locator import LocatorBook
from harness.pages.app import App
from harness.pages.hand import Hand, Sight
from harness.ports import InstrumentError
from harness.screens.errors import BlockedError, ElementGoneError, ElementMissingError
from harness.session.app_launcher import AppLauncher
from harness.session.build_check import check_build
from harness.session.evidence_shots import Camera
from harness.session.faults import FaultPlan
from harness.session.film import TryFilm
from harness.session.known_values import KnownValues
from harness.session.ledger import Ledger
from harness.session.phone_session import PhoneSession
from harness.session.steps import NotRunError, Steps, first_line
from harness.session.unwritten import Unwritten

FILMED = ("failed", "broken", "blocked")
"""How a try ended whose film is kept."""


class ScenarioRun:
    """Made per test. `begin`, the test, `end`."""

    def __init__(
        self,
        session: PhoneSession,
        name: str,
        *,
        start_state: str | None,
        number: int,
        fault: FaultPlan,
        ledger: Ledger,
    ) -> None:
        self.session = session
        self.name = name
        self.number = number
        self.start_state = start_state
        self.ledger = ledger
        self.folder = session.run.folder.try_folder(session.entry.name, name, number)
        sight = Sight(
            locators_of(session.profile.name, session.profile.locators),
            session.profile,
            (session.app.package,),
            session.identity.locale.partition("-")[0],
        )
        filmed = session.entry.film
        self.film = TryFilm(PhoneFilm(session.device) if filmed else None, self.folder)
        self.hand = Hand(
            session.ui,
            sight,
            session.journal.log("appium"),
            clean=session.clean,
            attended=session.run.attended,
            unseen=self.film.unseen,
        )
        launcher = AppLauncher(session)
        self.app = App(self.hand, launcher)
        onlooker = App(Hand(session.ui, sight, Unwritten(), clean=session.clean), launcher)
        self.begun = 0.0
        """Monotonic seconds."""
        self.step = Steps(session, Camera(session, self.hand, self.folder), fault, onlooker)
        self.known = KnownValues(*self._book())
        """What earlier looks found for this account on this phone."""

    def begin(self, title: str) -> None:
        """The observations from now on belong to this scenario."""
        session = self.session
        self.film.begin()  # an instrument: it runs before what it watches begins
        self.begun = time.monotonic()
        session.journal.scenario = self.name
        session.proxy.save_to(self.folder / "capture.mitm")
        account = session.redactor.tag(session.account.user) if session.account else None
        fact = ScenarioBegun(title, self.start_state, self.number, account)
        session.journal.log("scenario").write("scenario.begun", fact)
        session.recovery.begin_try()

    def check_build(self, pin: BuildPin) -> None:
        """Looks which build this try meets; another than the pinned one is flagged."""
        check_build(self.session, pin)

    def end(self, error: BaseException | None) -> None:
        """Writes how it ended; what follows belongs to no scenario."""
        fact = ended(error, self.step.failed, self.session.clean)
        film = self.film.end(keep=fact.result in FILMED and fact.reason != "interrupted")
        if film is not None:
            self.session.journal.log("appium").write("ui.film", film)
        self.session.journal.log("scenario").write("scenario.ended", fact)
        if fact.reason in self.session.profile.limits.rate_limit_meanings:
            self.ledger.note_rate_limit(self.ledger_name)
        self.session.journal.scenario = None

    def _book(self) -> tuple[Path | None, str]:
        account = self.session.account
        name = account.user if account else "nobody"
        key = f"{name} {self.session.entry.name} {self.session.app.package}"
        kept = account is not None and not account.throwaway
        return (state_folder() if kept else None), key

    @property
    def ledger_name(self) -> str:
        """The account in the ledger; a launched phone's is a new one in each run."""
        account = self.session.account
        if account is None:
            return "nobody"
        if account.throwaway:  # each launched phone brings a service and an account of its own
            return f"{account.user} {self.session.entry.name} {self.session.run.folder.id}"
        return account.user

    def require_log_in(self) -> None:
        """Takes the account's log-in of this run, or raises NotRunError."""
        if self.session.account is None:
            raise NotRunError("no_account", f"phone {self.session.entry.name!r} has no account")
        refusal = self.ledger.take_try(self.ledger_name)
        if refusal is not None:
            reason, _, text = refusal.partition(": ")
            raise NotRunError(reason, text)


def locators_of(profile: str, file: str | None) -> LocatorBook:
    """The profile's locators: <profile>.locators.yaml, or the file that it names."""
    usual = package_file("profiles", f"{profile}.locators.yaml")
    return load_locators(usual if usual.exists() or file is None else Path(file))


def ended(
    error: BaseException | None, step: str | None, clean: Callable[[str], str]
) -> ScenarioEnded:
    """How a try ended, from what was raised."""
    text = "" if error is None else clean(first_line(error))
    if error is None:
        return ScenarioEnded("passed")
    if isinstance(error, BlockedError):
        return ScenarioEnded("blocked", step, text, error.reason)
    if isinstance(error, NotRunError):
        return ScenarioEnded("not_run", step, text, error.reason)
    if isinstance(error, AssertionError):
        return ScenarioEnded("failed", step, text)
    if isinstance(error, InstrumentError):
        return ScenarioEnded("broken", step, text, error.instrument)
    if isinstance(error, ElementMissingError | ElementGoneError):
        return ScenarioEnded("broken", step, text, "locator")
    if isinstance(error, KeyboardInterrupt):
        return ScenarioEnded("broken", step, text, "interrupted")
    return ScenarioEnded("broken", step, text, "script")
