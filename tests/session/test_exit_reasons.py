"""Android's own account of why the app ended, where the log is silent."""

from __future__ import annotations

import pytest

from harness.session.exit_reasons import deaths_since
from tests.adapters.adb.conftest import FakePhone

LISTED = """
  package: com.a
        ApplicationExitInfo #0:
          timestamp=2026-11-25 09:00:57.066 pid=77 realUid=10 packageUid=10 definingUid=10 user=0
          process=com.a reason=3 (LOW_MEMORY) subreason=0 (UNKNOWN) status=9
        ApplicationExitInfo #1:
          timestamp=2026-11-25 09:00:50.000 pid=76 realUid=10 packageUid=10 definingUid=10 user=0
          process=com.a reason=10 (USER REQUESTED) subreason=0 (UNKNOWN) status=0
        ApplicationExitInfo #2:
          timestamp=2026-11-25 08:00:00.000 pid=75 realUid=10 packageUid=10 definingUid=10 user=0
          process=com.a reason=3 (LOW_MEMORY) subreason=0 (UNKNOWN) status=9
"""


def phone(now: str, listed: str = LISTED) -> FakePhone:
    return FakePhone({"date ": f"{now}\n{listed}"})


@pytest.mark.parametrize(
    ("now", "seconds", "found"),
    [
        ("2026-11-25 09:01:20", 60.0, ["low_memory"]),  # not what the user ended, nor the old one
        ("2026-11-25 09:01:20", 10.0, []),
        ("2026-11-25 09:01:20", 7200.0, ["low_memory", "low_memory"]),
        ("2026-11-25 07:00:00", 60.0, []),  # the clock was set back meanwhile
        ("no date here", 60.0, []),
    ],
)
def test_only_ends_of_this_time_that_name_a_reason(
    now: str, seconds: float, found: list[str]
) -> None:
    told = deaths_since(phone(now), "com.a", seconds)
    assert [death.reason for death in told] == found


def test_a_phone_that_keeps_no_list_tells_nothing() -> None:
    unknown = phone("2026-11-25 09:01:20", "Unknown option: exit-info\n")
    assert deaths_since(unknown, "com.a", 60.0) == []


def test_a_record_without_a_time_is_left_out() -> None:
    listed = "ApplicationExitInfo #0:\n process=com.a reason=3 (LOW_MEMORY)"
    assert deaths_since(phone("2026-11-25 09:01:20", listed), "com.a", 60.0) == []
