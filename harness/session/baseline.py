"""The control baseline: how the same call of the same phone went at earlier runs.

A small history in the state folder: for each phone and endpoint a few days, each with
how often the call was answered and failed, and how long the answer took at most.
Paths are stored as the recorder wrote them, without secrets and identifiers.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from filelock import FileLock, Timeout

from harness.attribution.failure import exchange_failure
from harness.attribution.matching import Matcher
from harness.domain.facts.control import ControlMade
from harness.domain.facts.traffic import Exchange
from harness.domain.observation import Observation
from harness.domain.profile import AppProfile
from harness.ports import InstrumentError

NAME = "baseline"
FILE = "baseline.json"
DAYS = 14
"""Days kept of each call."""
MOST_CALLS = 500
"""Calls kept of each phone."""

Call = tuple[str, str, str]
"""Method, host and path."""


@dataclass(slots=True)
class Day:
    """One call on one day. `slowest`: seconds to the answer's head."""

    answered: int = 0
    failed: int = 0
    slowest: float = 0.0


def call_of(exchange: Exchange) -> Call:
    """What an exchange has in common with the same call on another day."""
    return exchange.method, exchange.host, exchange.path


def _fine(exchange: Exchange) -> bool:
    return exchange.status is not None and exchange.status < 400 and exchange.error is None


@dataclass(slots=True)
class Baseline:
    """The history of one phone with one app. `day` is today's, as ISO date in UTC."""

    folder: Path
    phone: str
    profile: AppProfile
    wall: Callable[[], float] = time.time
    _book: dict[str, dict[str, Day]] | None = field(default=None, init=False)

    @property
    def _file(self) -> Path:
        return self.folder / FILE

    @property
    def _own(self) -> str:
        return f"{self.phone} {self.profile.name}"

    def _today(self) -> str:
        return datetime.fromtimestamp(self.wall(), UTC).date().isoformat()

    def control(self, call: Call) -> ControlMade:
        """What earlier runs say of this call: the latest day on which it was seen."""
        target = f"{call[0]} {call[1]}{call[2]}"
        days = self._days().get(target)
        if not days:
            return ControlMade(NAME, "not_made", f"No earlier run has seen {target}.", target)
        date = max(days)
        day = days[date]
        well = day.answered > day.failed
        told = (
            f"In earlier runs on this phone (last on {date}) {target} was answered "
            f"{day.answered} times of {day.answered + day.failed}, "
            f"within {max(day.slowest, 0.1):.1f} s."
        )
        usual = day.slowest if well else None
        return ControlMade(NAME, "ok" if well else "failed", told, target, usual=usual)

    def learn(self, observations: Iterable[Observation]) -> None:
        """Adds a run's calls that serve a need of the app. Raises InstrumentError("disk", …)."""
        matcher = Matcher(self.profile)
        today: dict[str, Day] = {}
        for seen in observations:
            facts = seen.facts
            if not isinstance(facts, Exchange) or facts.ended is None:
                continue
            if matcher.need(facts.host, facts.method, facts.path) is None:
                continue
            method, host, path = call_of(facts)
            day = today.setdefault(f"{method} {host}{path}", Day())
            if _fine(facts):
                day.answered += 1
                waited = (facts.head or facts.begun) - (facts.sent or facts.begun)
                day.slowest = max(day.slowest, waited)
            elif exchange_failure(facts) is not None or (facts.status or 0) >= 400:
                day.failed += 1
        if today:
            self._add(today)

    def _days(self) -> dict[str, dict[str, Day]]:
        if self._book is None:
            self._book = _read(self._file).get(self._own, {})
        return self._book

    def _add(self, today: dict[str, Day]) -> None:
        try:
            with FileLock(f"{self._file}.lock", timeout=10.0):
                whole = _read(self._file)
                calls = whole.setdefault(self._own, {})
                for target, day in today.items():
                    days = calls.setdefault(target, {})
                    old = days.get(self._today(), Day())
                    days[self._today()] = Day(
                        old.answered + day.answered,
                        old.failed + day.failed,
                        max(old.slowest, day.slowest),
                    )
                    for date in sorted(days)[:-DAYS]:
                        del days[date]
                for target in sorted(calls, key=lambda name: max(calls[name]))[:-MOST_CALLS]:
                    del calls[target]
                _write(self._file, whole)
        except (OSError, Timeout) as error:
            raise InstrumentError("disk", f"write {self._file}", str(error)) from error


def _read(file: Path) -> dict[str, dict[str, dict[str, Day]]]:
    """The whole history; an unreadable one counts as none: it is a help, no record."""
    try:
        whole = cast("dict[str, Any]", json.loads(file.read_text(encoding="utf-8")))
        return {
            own: {
                target: {date: Day(*numbers) for date, numbers in days.items()}
                for target, days in calls.items()
            }
            for own, calls in whole.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(file: Path, whole: dict[str, dict[str, dict[str, Day]]]) -> None:
    plain = {
        own: {
            target: {date: [d.answered, d.failed, round(d.slowest, 3)] for date, d in days.items()}
            for target, days in calls.items()
        }
        for own, calls in whole.items()
    }
    partial = file.with_suffix(".partial")
    partial.write_text(json.dumps(plain, sort_keys=True), encoding="utf-8")
    partial.replace(file)


def calls_of(observations: Sequence[Observation]) -> list[Call]:
    """The calls that failed or have not ended, the latest first, each once."""
    found: dict[Call, None] = {}
    for seen in reversed(observations):
        facts = seen.facts
        if isinstance(facts, Exchange) and not _fine(facts):
            found.setdefault(call_of(facts))
    return list(found)
