"""Values compared three ways: the screen, the service's answers, what was known before."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from harness.adapters.adb.app_folder import AppFolder
from harness.adapters.adb.stored_values import ACCOUNT, read_stored
from harness.adapters.observation_tail import Tail
from harness.attribution.answer import answer_problem
from harness.attribution.comparing import disagreements
from harness.attribution.matching import Matcher
from harness.domain.facts.screen import ScreenValue
from harness.domain.facts.storage import StoredValue
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.profile import Need
from harness.session.known_values import KnownValues
from harness.session.phone_session import PhoneSession

AGREE_WITHIN = 6.0
"""Seconds in which a screen may still be drawn anew after its answer came."""

_POLL = 0.5

Reading = Callable[[], Sequence[ScreenValue]]


class ThreeWay:
    """Of one try. Everything that is compared is also written down as facts."""

    def __init__(
        self,
        session: PhoneSession,
        book: KnownValues,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._session = session
        self._book = book
        self._monotonic = monotonic
        self._sleep = sleep
        self._matcher = Matcher(session.profile)
        self._wire = Tail(session.journal.proxy_file)
        self._wire.new()  # what was said before this try belongs to others
        self._exchanges: list[Exchange] = []
        self._hidden: set[str] = set()  # roles of hosts whose traffic cannot be read
        self.known: dict[str, int] = {}
        """Numbers known before the app asked."""
        self.had_account = False
        """A file of the app named an account before it was opened."""

    def read_known(self) -> None:
        """Before the app is opened: what the phone has cached, what the account's owner and
        earlier looks say. What is not visible is written down as such."""
        session = self._session
        told = session.account.known_values if session.account else {}
        facts = [
            *(StoredValue(name, value, "told") for name, value in told.items()),
            *(
                StoredValue(name, value, "earlier")
                for name, value in self._book.all().items()
                if any(name in need.values for need in session.profile.needs.values())
            ),
            *read_stored(
                AppFolder(session.device, session.app.package),
                session.profile.stored,
                session.redactor.tag,
            ),
        ]
        for fact in facts:  # the app's own file comes last and wins
            session.journal.log("adb").write("storage.value", fact)
            if isinstance(fact.value, int):
                self.known[fact.name] = fact.value
            elif fact.name == ACCOUNT:
                self.had_account = bool(fact.value)

    def compare(self, read: Reading, *needs: str) -> None:
        """Reads the screen until all fits; raises AssertionError with what does not.

        `needs`: what the screen shows is the answer to these.
        """
        wanted = [self._session.profile.needs[name] for name in needs]
        deadline = self._monotonic() + AGREE_WITHIN
        while True:
            shown = list(read())
            problems = [*self._unanswered(wanted), *self._disagreements(shown)]
            if not problems or self._monotonic() >= deadline:
                break
            self._sleep(_POLL)
        for value in shown:
            self._session.journal.log("appium").write("ui.value", value)
        if problems:
            raise AssertionError("; ".join(problems))
        numbers = {value.name: value.value for value in shown if not value.partial}
        seen = {name: value for name, value in numbers.items() if isinstance(value, int) and value}
        self.known.update(seen)
        self._book.note(seen)

    @property
    def asked_as_account(self) -> bool:
        """The app asked for what only an account in front can ask for."""
        self._look()
        need = self._session.profile.needs.get("own_profile")
        return need is not None and bool(self._answers(need))

    def _disagreements(self, shown: Sequence[ScreenValue]) -> list[str]:
        self._look()
        needs = list(self._session.profile.needs.values())
        said: dict[str, Exchange] = {}
        for need in needs:
            good = [exchange for exchange in self._answers(need) if self._right(exchange, need)]
            if good:
                said[need.name] = good[-1]
        return disagreements(shown, said, self.known, needs)

    def _unanswered(self, needs: Sequence[Need]) -> list[str]:
        """Needs behind which no right answer stands, where that can be seen at all."""
        self._look()
        found: list[str] = []
        for need in needs:
            answers = self._answers(need)
            if any(self._right(exchange, need) for exchange in answers):
                continue
            if answers:
                found.append(f"{need.label} did not give what is shown")
            elif self._readable(need):
                found.append(f"the app did not ask {need.label}")
        return found

    def _right(self, exchange: Exchange, need: Need) -> bool:
        """Whole, and no refusal; wrong values are compared afterwards."""
        if exchange.error is not None or exchange.status is None:
            return False
        problem = answer_problem(exchange, need)
        return problem is None or problem.kind.startswith("envelope.value")

    def _answers(self, need: Need) -> list[Exchange]:
        return [
            exchange
            for exchange in self._exchanges
            if self._matcher.serves(need, exchange.host, exchange.method, exchange.path)
        ]

    def _readable(self, need: Need) -> bool:
        """Calls to such hosts could be read in this try, and none went past unread."""
        roles = {role for point in need.endpoints for role in point.host_roles}
        read = {self._matcher.role(exchange.host) for exchange in self._exchanges}
        return bool(roles & read) and not roles & self._hidden

    def _look(self) -> None:
        for seen in self._wire.new():
            facts = seen.facts
            if isinstance(facts, Exchange) and seen.kind == "exchange":
                self._exchanges.append(facts)
            elif isinstance(facts, Connection) and facts.passed_through:
                self._hidden.add(self._matcher.role(facts.host or facts.sni or ""))
