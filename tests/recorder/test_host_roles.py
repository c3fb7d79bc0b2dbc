"""Roles of hosts."""

import pytest

from harness.recorder.host_roles import HostRoles
from tests.recorder.recording_stand_in import PROFILE


@pytest.mark.parametrize(
    ("host", "role", "foreign"),
    [
        ("api16.example.com", "api", False),
        ("API16.Example.com.", "api", False),
        ("x.cdn.example.com", "cdn", False),
        ("mail.other.org", None, True),
        ("wanted.test", None, False),
    ],
)
def test_role(host: str, role: str | None, *, foreign: bool) -> None:
    roles = HostRoles(PROFILE, ["Wanted.test"])
    assert roles.role(host) == role
    assert roles.foreign(host) is foreign


def test_without_a_profile_nobody_is_foreign() -> None:
    assert not HostRoles(None).foreign("mail.other.org")
