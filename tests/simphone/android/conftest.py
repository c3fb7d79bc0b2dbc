"""The phone that most tests here use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simphone.android.phone import FakePhone


@pytest.fixture
def phone(tmp_path: Path) -> FakePhone:
    return FakePhone(tmp_path)
