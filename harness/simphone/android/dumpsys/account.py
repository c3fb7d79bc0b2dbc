"""`dumpsys account`: accounts of each user, and who holds accounts of which type.

Source: AOSP, AccountManagerService.dumpUser, RegisteredServicesCache.dump.
"""

from __future__ import annotations

from harness.simphone.android.accounts import AUTHENTICATORS, accounts_of
from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.users import users_of


def dump_account(phone: AndroidPhone, _: list[str]) -> str:
    services: list[str] = []
    for held in AUTHENTICATORS:
        package = phone.packages.get(held.package)
        if package is not None:
            services.append(
                f"    ServiceInfo: AuthenticatorDescription {{type={held.type}}},"
                f" ComponentInfo{{{held.package}/{held.service}}}, uid {package.uid}"
            )
    lines: list[str] = []
    for user in users_of(phone.spec):
        accounts = accounts_of(phone, user.id)
        lines += [f"User {user}:", f"  Accounts: {len(accounts)}"]
        lines += [f"    Account {{name={a.name}, type={a.type}}}" for a in accounts]
        lines += [
            "",
            "  AccountId, Action_Type, timestamp, UID, TableName, Key",
            "  Accounts History",
            "",
            "  Active Sessions: 0",
            "",
            f"  RegisteredServicesCache: {len(services)} services",
            *services,
            "",
        ]
    return "\n".join(lines)
