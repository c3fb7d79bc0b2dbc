"""What of the app's process fails a step that got to its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.domain.facts import Facts
from harness.domain.facts.device import AppCrash, AppDeath, AppNotResponding
from harness.session.app_failures import AppFailures
from harness.session.journal import Journal

APP = "com.zhiliaoapp.musically"


@pytest.mark.parametrize(
    ("facts", "did"),
    [
        ([("app.anr", AppNotResponding(APP, "Input dispatching timed out"))], "stopped responding"),
        ([("app.crash", AppCrash(APP, "x.NullPointerException"))], "crashed"),
        ([("app.crash", AppCrash(APP, "x")), ("app.anr", AppNotResponding(APP))], "crashed"),
        ([("app.anr", AppNotResponding(f"{APP}:push"))], None),
        ([("app.crash", AppCrash("com.android.systemui", "x"))], None),
        ([("app.death", AppDeath(APP, "user"))], None),
        ([], None),
    ],
    ids=["anr", "crash", "the first", "behind the back", "another app", "ended by us", "nothing"],
)
def test_the_main_process_counts(
    tmp_path: Path, facts: list[tuple[str, Facts]], did: str | None
) -> None:
    journal = Journal(tmp_path, "pixel", "host")
    log = journal.log("adb")
    log.write("app.crash", AppCrash(APP, "of an earlier try"))
    failures = AppFailures(journal.adb_file, APP)

    for kind, fact in facts:
        log.write(kind, fact)

    assert failures.new() == did
    assert failures.new() is None, "said once"
