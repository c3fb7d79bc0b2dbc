"""Moments are said on the phone's clock."""

import pytest

from harness.reporting import clock


@pytest.mark.parametrize(
    ("iso", "zone", "said"),
    [
        ("2026-11-24T23:28:57.479Z", "Europe/Berlin", "00:28 on 25 November (Berlin time)"),
        ("2026-11-24T23:28:57Z", "America/New_York", "18:28 on 24 November (New York time)"),
        ("2026-11-24T23:28:57Z", None, "23:28 on 24 November (UTC)"),
        ("2026-11-24T23:28:57Z", "Mars/Base", "23:28 on 24 November (UTC)"),
        ("2026-11-24T23:28:57Z", "../../etc/passwd", "23:28 on 24 November (UTC)"),
        ("yesterday", "UTC", "yesterday"),
        (None, None, ""),
    ],
)
def test_at(iso: str | None, zone: str | None, said: str) -> None:
    assert clock.at(iso, zone) == said
