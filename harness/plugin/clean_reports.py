"""Takes secrets out of pytest's report of a test: traceback, captured output, log lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from harness.session.phone_session import PhoneSession

Clean = Callable[[str], str]


def cleaner(sessions: Iterable[PhoneSession]) -> Clean:
    """The redaction of all phones of the run, one after the other."""
    kept = tuple(sessions)

    def clean(text: str) -> str:
        for session in kept:
            text = session.clean(text)
        return text

    return clean


def clean_report(report: pytest.TestReport, clean: Clean) -> None:
    """In place. A traceback shows arguments and, with --showlocals, all local values."""
    report.sections = [(name, clean(text)) for name, text in report.sections]
    found: Any = report.longrepr
    if isinstance(found, str):
        report.longrepr = clean(found)
    elif isinstance(found, tuple):  # of a skip: file, line, reason
        file, line, reason = found
        report.longrepr = (str(file), int(line), clean(str(reason)))
    for traceback, *_ in getattr(found, "chain", ()):
        for entry in traceback.reprentries:
            _clean_entry(entry, clean)


def _clean_entry(entry: Any, clean: Clean) -> None:  # noqa: ANN401 - pytest's ReprEntry or ReprEntryNative
    entry.lines = [clean(line) for line in entry.lines]
    values = getattr(entry, "reprlocals", None)
    if values is not None:
        values.lines = [clean(line) for line in values.lines]
    arguments = getattr(entry, "reprfuncargs", None)
    if arguments is not None:
        arguments.args = [(name, clean(str(value))) for name, value in arguments.args]
