"""`dumpsys user`, `trust`, `lock_settings` and `device_policy`: who uses the phone, and how
it is locked and managed.

Source: AOSP, UserManagerService, TrustManagerService, LockSettingsService,
DevicePolicyManagerService. A simulated phone has no credential.
"""

from __future__ import annotations

from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.users import users_of
from harness.simphone.contracts.users import FULL, TYPED_FROM

CREDENTIAL_SINCE = 30
"""API level from which `lock_settings` has a line CredentialType."""
CAPITALS_SINCE = 34
GMS = "com.google.android.gms"
RECEIVER = f"{GMS}.auth.managed.admin.DeviceAdminReceiver"
"""What manages a simulated work profile."""


def dump_user(phone: AndroidPhone, _: list[str]) -> str:
    lines = ["Current user: 0", "", "Users:"]
    for user in users_of(phone.spec):
        primary = "true" if user.id == 0 else "false"
        lines.append(f"  {user} serialNo={user.id} isPrimary={primary}")
        if phone.spec.api >= TYPED_FROM:
            lines.append(f"    Type: android.os.usertype.{_type(user.id, user.flags)}")
        lines += [
            f"    Flags: {user.flags}",
            f"    State: {'RUNNING_UNLOCKED' if user.running else '-1'}",
        ]
    return "\n".join([*lines, ""])


def _type(number: int, flags: int) -> str:
    if number == 0:
        return "full.SYSTEM"
    return (
        "full.SECONDARY" if flags & FULL else "profile.MANAGED" if flags & 0x20 else "profile.CLONE"
    )


def dump_trust(phone: AndroidPhone, _: list[str]) -> str:
    locked = 1 if phone.conditions.locked else 0
    lines = ["Trust manager state:"]
    for user in users_of(phone.spec):
        current = " (current)" if user.id == 0 else ""
        lines.append(
            f' User "{user.name}" (id={user.id}, flags=0x{user.flags:x}){current}:'
            f" trustState=UNTRUSTED, trustManaged=0, deviceLocked={locked},"
            " strongAuthRequired=0x0"
        )
    return "\n".join([*lines, ""])


def dump_lock_settings(phone: AndroidPhone, _: list[str]) -> str:
    if phone.spec.api < CREDENTIAL_SINCE:
        lines = ["Current lock settings service state:", "SP Enabled = true"]
        for user in users_of(phone.spec):
            lines += [f"    User {user.id}", "        SP Handle = 0", "        SID = 0"]
        return "\n".join([*lines, ""])
    none = "NONE" if phone.spec.api >= CAPITALS_SINCE else "None"
    lines = ["Current lock settings service state:", "", "User State:"]
    for user in users_of(phone.spec):
        lines += [
            f"  User {user.id}",
            "    SP Handle: 0",
            "    SID: 0",
            "    Quality: 0",
            f"    CredentialType: {none}",
            f"    SeparateChallenge: {'true' if user.id == 0 else 'false'}",
            "    Metrics: none",
        ]
    return "\n".join([*lines, "", "Storage:", ""])


def dump_device_policy(phone: AndroidPhone, _: list[str]) -> str:
    """A work profile has an owner; the person's own user has none."""
    lines = ["Current Device Policy Manager state:"]
    if phone.spec.api >= TYPED_FROM:
        lines += ["  Immutable state:", "    mHasFeature=true", "    mIsWatch=false"]
    managed = [user.id for user in users_of(phone.spec) if user.managed]
    for number in managed:
        lines += [
            f"  Profile Owner (User {number}): ",
            f"    admin=ComponentInfo{{{GMS}/{RECEIVER}}}",
            "    name=",
            f"    package={GMS}",
            "",
        ]
    for user in users_of(phone.spec):
        state = 3 if user.id in managed else 0
        lines.append(f"  Enabled Device Admins (User {user.id}, provisioningState: {state}):")
        if user.id in managed:
            lines.append(f"    {GMS}/{RECEIVER.removeprefix(GMS)}:")
    return "\n".join([*lines, ""])
