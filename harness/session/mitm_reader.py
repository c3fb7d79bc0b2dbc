"""Turns the flows of a mitmproxy dump into exchanges.

A dump holds no failed CONNECT, no refused certificate and no log line, so it shows
less than our own observations. Flows of mitmproxy 9 to 12 are read; a damaged flow costs
only itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.adapters.mitm_dump import flow_states
from harness.adapters.recording_kind import moment, passed_over
from harness.domain.facts.traffic import Exchange
from harness.domain.observation import Observation
from harness.domain.profile import AppProfile
from harness.session.answers_of import AnswersOf, answers_of

_UNUSABLE = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, ArithmeticError,
)  # fmt: skip
"""What mitmproxy's converters, and ours, raise at a value that they did not expect."""


class MitmError(ValueError):
    """The file is no mitmproxy dump; the text says why."""


def _exchange(flow: object, counts: dict[str, int], answers: AnswersOf) -> Exchange | None:
    from mitmproxy import http

    from harness.recorder.exchange_facts import Progress, exchange_facts

    if not isinstance(flow, http.HTTPFlow) or flow.request.method == "CONNECT":
        return None
    client = flow.client_conn.id
    counts[client] = counts.get(client, 0) + 1
    progress = Progress(flow, counts[client], flow.request.timestamp_start)
    over = flow.response is not None or flow.error is not None
    return exchange_facts(
        progress,
        mono=moment,
        redactor=answers.redactor,
        reader=answers.reader,
        over=over,
    )


def read_mitm(
    path: Path, notes: list[str], profile: AppProfile | None = None
) -> Iterator[Observation]:
    """The exchanges of a dump; `notes` gets a sentence for whatever could not be used.

    `profile`: what the app's answers mean; None = only what HTTP says of them. Times
    are UTC seconds, used as the monotonic ones as well. Raises MitmError for a
    file that is no dump.
    """
    answers = answers_of(profile)
    counts: dict[str, int] = {}
    number = gaps = 0
    why = ""
    for state in flow_states(path):
        facts = _read(state, counts, answers)
        if isinstance(facts, str):
            why = why or facts
            continue
        number += 1
        if why:
            gaps, why = gaps + 1, ""
        if facts is None:
            continue
        kind = "exchange.pending" if facts.ended is None else "exchange"
        seen = facts.ended if facts.ended is not None else facts.begun
        yield Observation(f"mitm-{number}", seen, seen, "proxy", "mitm", kind, facts)
    if number == 0 and why:
        raise MitmError(f"{path}: no HAR and no mitmproxy dump: {why}")
    if gaps:
        notes.append(passed_over(gaps, "flow"))
    if why:
        notes.append(f"the dump breaks off after {number} flows; they were judged")


def _read(
    state: dict[str, Any] | str, counts: dict[str, int], answers: AnswersOf
) -> Exchange | str | None:
    """The exchange; None for a flow that is none, a sentence for one that cannot be read."""
    from mitmproxy import flow
    from mitmproxy.io import compat

    if isinstance(state, str):
        return state
    try:
        made = flow.Flow.from_state(compat.migrate_flow({**state}))
        if moment(made.timestamp_start) is None:
            return "a flow says no moment at which it began"
        return _exchange(made, counts, answers)
    except _UNUSABLE as error:
        return str(error)[:300] or type(error).__name__
