"""What is in front, by one question over adb."""

from __future__ import annotations

import pytest

from harness.adapters.adb.front import COMMAND, front_activity
from tests.adapters.adb.conftest import FakePhone

APP = ("com.x", "com.x.Main")
APP_LINE = "  mFocusedApp=ActivityRecord{d8f u0 com.x/.Main t12}"
TOKEN_LINE = "  mFocusedApp=AppWindowToken{a1 token=Token{b2 ActivityRecord{c3 u0 com.x/.Main t4}}}"
"""As up to API 28."""


@pytest.mark.parametrize(
    ("said", "front"),
    [
        ("  mCurrentFocus=Window{abc u0 com.x/com.x.Main}\n", APP),
        (f"  mCurrentFocus=Window{{abc u0 NotificationShade}}\n{APP_LINE}\n", APP),
        (f"  mCurrentFocus=null\n{APP_LINE}\n", APP),
        (
            (f"  mCurrentFocus=null\n{TOKEN_LINE}\n", APP),
            APP,
        ),
        ("  mCurrentFocus=null\n  mFocusedApp=null\n", None),
        ("", None),
    ],
)
def test_the_focus_or_the_app_below_it(said: str, front: tuple[str, str] | None) -> None:
    phone = FakePhone()
    phone.answers[COMMAND] = said

    assert front_activity(phone) == front
    assert phone.asked == [COMMAND]
