"""`dpm`: who manages the phone. A person's own phone has no owner, and gets none by adb.

Source: AOSP, DevicePolicyManagerServiceShellCommand.
"""

from __future__ import annotations

from harness.simphone.android.accounts import accounts_of
from harness.simphone.android.dumpsys.users import GMS, RECEIVER
from harness.simphone.android.parts import android
from harness.simphone.android.program import Reply, arguments, program
from harness.simphone.android.users import users_of
from harness.simphone.contracts import Invocation

LIST_SINCE = 31
USAGE = "usage: dpm [subcommand] [options]\n"
HAS_ACCOUNTS = (
    "Not allowed to set the device owner because there are already some accounts on the device."
)


def _dpm(inv: Invocation) -> Reply:
    phone, words = android(inv.phone), arguments(inv.argv[1:], {"--user", "--name"}).rest
    match words:
        case ["list-owners"] if phone.spec.api >= LIST_SINCE:
            managed = [user.id for user in users_of(phone.spec) if user.managed]
            if not managed:
                return Reply("no owners\n")
            rows = (f"User {u:2d}: admin={GMS}/{RECEIVER},ProfileOwner\n" for u in managed)
            return Reply(f"{len(managed)} owner{'s' if len(managed) > 1 else ''}:\n{''.join(rows)}")
        case ["set-device-owner" | "set-active-admin" | "set-profile-owner" as verb, name]:
            if phone.packages.get(name.partition("/")[0]) is None:
                text = f"java.lang.IllegalArgumentException: Unknown admin: ComponentInfo{{{name}}}"
            elif verb == "set-device-owner" and accounts_of(phone, 0):
                text = f"java.lang.IllegalStateException: {HAS_ACCOUNTS}"
            else:
                text = f"java.lang.SecurityException: {name} is not a device admin"
            return Reply(err=f"Exception occurred while executing '{verb}':\n{text}\n", code=255)
        case _:
            return Reply(USAGE, code=1)


COMMANDS = {"dpm": program(_dpm)}
