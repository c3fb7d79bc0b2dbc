"""How the screen is locked: KeyguardServiceDelegate's `secure=`, or the lock settings."""

from __future__ import annotations

import re

_SECURE = re.compile(r"KeyguardServiceDelegate.*?\bsecure=(true|false)", re.DOTALL)
_CREDENTIAL = re.compile(r"^\s*CredentialType: *(\S+)", re.MULTILINE | re.IGNORECASE)

SECURE, OPEN = "secure", "none or swipe"


def read_lock(policy: str, lock_settings: str = "", disabled: str = "") -> str:
    """secure, "none or swipe", or "" when nothing says it.

    `policy`: dumpsys window policy; `lock_settings`: dumpsys lock_settings; `disabled`:
    `locksettings get-disabled`, true only where there is no lock screen at all.
    """
    found = _SECURE.search(policy)
    if found is not None:
        return SECURE if found[1] == "true" else OPEN
    credential = _CREDENTIAL.search(lock_settings)
    if credential is not None:
        return OPEN if credential[1].lower() in {"none", "-1"} else SECURE
    return OPEN if disabled.strip() == "true" else ""
