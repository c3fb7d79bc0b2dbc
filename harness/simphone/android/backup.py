"""`bmgr`: the backup manager. Nothing leaves the phone; see `backup_store`."""

from __future__ import annotations

from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.program import Reply, program
from harness.simphone.contracts import Invocation

RESTORE_SET = "3a1f20c455d07e11"
TRANSPORTS = (
    "com.android.localtransport/.LocalTransport",
    "com.google.android.gms/.backup.BackupTransportService",
    "com.google.android.gms/.backup.migrate.service.D2dTransport",
)


def dump_backup(phone: AndroidPhone, _: list[str]) -> str:
    """`dumpsys backup`: whether it is on, and which packages were ever backed up."""
    state = "enabled" if phone.backups.enabled else "disabled"
    taken = phone.backups.taken()
    current = phone.settings.get("secure", "backup_transport")
    lines = [f"Backup Manager is {state} / setup complete / not pending init"]
    lines += ["Available transports:"]
    lines += [f"  {'* ' if name == current else '  '}{name}" for name in TRANSPORTS]
    lines += ["Ancestral packages: none", f"Ever backed up: {len(taken)}"]
    lines += [f"    {name}" for name in taken]
    return "\n".join(lines) + "\n"


def _bmgr(inv: Invocation) -> Reply:
    settings = inv.phone.settings
    match list(inv.argv[1:]):
        case ["enabled"]:
            on = settings.get("secure", "backup_enabled") == "1"
            return Reply(f"Backup Manager currently {'enabled' if on else 'disabled'}\n")
        case ["enable", value]:
            settings.put("secure", "backup_enabled", "1" if value == "true" else "0")
            return Reply(f"Backup Manager now {'enabled' if value == 'true' else 'disabled'}\n")
        case ["list", "transports"]:
            current = settings.get("secure", "backup_transport")
            marks = ("  * " if name == current else "    " for name in TRANSPORTS)
            return Reply("".join(f"{m}{n}\n" for m, n in zip(marks, TRANSPORTS, strict=True)))
        case ["transport", name] if name in TRANSPORTS:
            before = settings.get("secure", "backup_transport")
            settings.put("secure", "backup_transport", name)
            return Reply(f"Selected transport {name} (formerly {before})\n")
        case ["list", "sets"]:
            taken = android(inv.phone).backups.taken()
            restore_set = f"  {RESTORE_SET} : {inv.phone.spec.model}\n"
            return Reply(restore_set if taken else "No restore sets\n")
        case ["backupnow", *packages] if packages:
            store = android(inv.phone).backups
            lines = [f"Package {name} with result: {store.back_up(name)}\n" for name in packages]
            return Reply("".join(lines) + "Backup finished with result: Success\n")
        case _:
            return Reply("usage: bmgr [backup|restore|list|transport|run|enabled|enable]\n")


COMMANDS = {"bmgr": program(_bmgr)}
