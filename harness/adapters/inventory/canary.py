"""Can adb read the apps' folders in Android/data? Empty and closed look alike: proof is needed.

Some makers close these folders to adb, or show them as empty (reference 0.8). Proof that
they are open is a file that is shown there: the app's own, else any other app's. Proof
that they are closed is a refusal, or emptiness where Android counts bytes.
"""

import re

from harness.adapters.adb.device import quote
from harness.domain.inventory import Canary

OPEN, CLOSED, NOT_PROVED = "open", "closed", "not_proved"


def canary_probes(root: str, package: str) -> dict[str, str]:
    """`root`: the volume as the shell sees it, e.g. /storage/emulated/0."""
    data = f"{root}/Android/data"
    return {
        "own_data": f"ls -A {quote(f'{data}/{package}')} 2>&1 | head -n 20",
        "other_data": f"find {quote(data)} -maxdepth 4 -type f 2>/dev/null | head -n 1",
    }


def storage_probe(package: str, user: int = 0) -> dict[str, str]:
    """What Android counts; asked only where the folders say nothing, since it may take long."""
    return {
        "storage_stats": f"cmd package get-package-storage-stats --user {user} {package}",
    }


def judge_canary(answers: dict[str, str], *, earlier: Canary | None = None) -> Canary:
    """What the answers prove. `earlier`: the canary of an earlier look at the same phone."""
    own, other = answers.get("own_data", "").strip(), answers.get("other_data", "").strip()
    if "Permission denied" in own or "Operation not permitted" in own:
        return Canary(CLOSED, "The phone refuses adb the app's folder in Android/data.")
    missing = "No such file" in own
    if own and not missing:
        return Canary(OPEN, "The app's own folder in Android/data could be listed.")
    if other:
        return Canary(OPEN, "Another app's files in Android/data could be listed.")
    counted = _counted(answers.get("storage_stats", ""))
    if counted:
        return Canary(
            CLOSED,
            f"Android/data is shown as empty, yet Android counts {counted} bytes there.",
        )
    if missing and earlier is not None and earlier.result == OPEN:
        return Canary(
            OPEN,
            "An earlier look could list the app's folder in Android/data; now it is not there.",
        )
    return Canary(
        NOT_PROVED,
        "Android/data is shown as empty, and nothing proves that adb may look into it.",
    )


def _counted(text: str) -> int:
    """Bytes in the app's external folders, where this phone can say (reference 2.4)."""
    found = re.search(r"^external[^:\n]*: (\d+) bytes", text, re.MULTILINE)
    return int(found[1]) if found else 0
