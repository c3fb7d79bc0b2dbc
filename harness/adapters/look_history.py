"""The history of a watch: one SQLite file with every look and every outage."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import msgspec

from harness.domain.outage import Look, Outage, Place
from harness.domain.vocabulary import Outcome, Party
from harness.ports import InstrumentError

SECONDS = 10.0
_TABLES = """
create table if not exists look (
  at real not null, phone text not null, scenario text not null, outcome text not null,
  party text not null, summary text not null, run text not null);
create index if not exists look_place on look (phone, scenario, at);
create table if not exists outage (id text primary key, started real not null, ended real,
  content blob not null);
"""


class LookHistory:
    """Use it as a context. Raises InstrumentError("disk", …) for what is no such file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._file = sqlite3.connect(path, timeout=SECONDS)
            self._file.execute("pragma journal_mode = wal")
            self._file.executescript(_TABLES)
        except sqlite3.Error as error:
            raise self._failure("open", error) from error

    def _failure(self, action: str, error: sqlite3.Error) -> InstrumentError:
        return InstrumentError(
            "disk", f"{action} the history {self._path}", str(error),
            advice="Name another file with --history.",
        )  # fmt: skip

    def close(self) -> None:
        """Nothing is lost without it: every round is committed."""
        self._file.close()

    def add(self, looks: Sequence[Look], outages: Sequence[Outage]) -> None:
        """One round, whole or not at all."""
        rows = [
            (one.at, one.phone, one.scenario, one.outcome, one.party, one.summary, one.run)
            for one in looks
        ]
        kept = [(one.id, one.started, one.ended, msgspec.json.encode(one)) for one in outages]
        try:
            with self._file:
                self._file.executemany("insert into look values (?, ?, ?, ?, ?, ?, ?)", rows)
                self._file.executemany("insert or replace into outage values (?, ?, ?, ?)", kept)
        except sqlite3.Error as error:
            raise self._failure("write to", error) from error

    def open_outages(self) -> list[Outage]:
        """Those that have not ended, the earliest first."""
        return self._outages("where ended is null order by started")

    def outages(self, most: int = 20) -> list[Outage]:
        """The newest first."""
        return self._outages(f"order by started desc limit {int(most)}")

    def _outages(self, which: str) -> list[Outage]:
        rows = self._file.execute(f"select content from outage {which}")  # noqa: S608  # our own words
        return [msgspec.json.decode(content, type=Outage) for (content,) in rows]

    def last_good(self) -> dict[Place, float]:
        """When each place was last seen to work, UTC seconds."""
        rows = self._file.execute(
            "select phone, scenario, max(at) from look where outcome = 'passed'"
            " group by phone, scenario"
        )
        return {(phone, scenario): at for phone, scenario, at in rows}

    def looks(self, most: int = 40) -> dict[Place, list[Look]]:
        """The newest `most` of each place, the oldest first."""
        rows = self._file.execute(
            "select at, phone, scenario, outcome, party, summary, run from (select *, row_number()"
            " over (partition by phone, scenario order by at desc) as place from look)"
            " where place <= ? order by phone, scenario, at",
            (most,),
        )
        found: dict[Place, list[Look]] = {}
        for at, phone, scenario, outcome, party, summary, run in rows:
            look = Look(at, phone, scenario, Outcome(outcome), Party(party), summary, run)
            found.setdefault(look.place, []).append(look)
        return found
