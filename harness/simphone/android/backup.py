"""`bmgr`: the backup manager. Nothing is ever uploaded; backups of packages are refused."""

from __future__ import annotations

from harness.simphone.android.program import Reply, program
from harness.simphone.contracts import Invocation

TRANSPORTS = (
    "com.android.localtransport/.LocalTransport",
    "com.google.android.gms/.backup.BackupTransportService",
    "com.google.android.gms/.backup.migrate.service.D2dTransport",
)


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
            return Reply("No restore sets\n")
        case ["backupnow", *packages] if packages:
            lines = [f"Package {name} with result: Backup is not allowed\n" for name in packages]
            return Reply("".join(lines) + "Backup finished with result: Success\n")
        case _:
            return Reply("usage: bmgr [backup|restore|list|transport|run|enabled|enable]\n")


COMMANDS = {"bmgr": program(_bmgr)}
