import pytest

from harness.adapters.adb.text.lock import OPEN, SECURE, read_lock

POLICY = "    KeyguardServiceDelegate\n      showing=false\n      secure={}\n      dreaming=false\n"


@pytest.mark.parametrize(
    ("policy", "settings", "disabled", "lock"),
    [
        (POLICY.format("true"), "", "", SECURE),
        (POLICY.format("false"), "  CredentialType: PIN", "", OPEN),
        ("", "  CredentialType: Pattern", "", SECURE),
        ("", "  CredentialType: None", "", OPEN),
        ("", "", "true\n", OPEN),
        ("", "Can't find service: lock_settings", "false\n", ""),
        ("", "", "", ""),
    ],
)
def test_how_the_screen_is_locked(policy: str, settings: str, disabled: str, lock: str) -> None:
    assert read_lock(policy, settings, disabled) == lock
