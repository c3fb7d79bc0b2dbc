"""App standby: which bucket an app is in, as `am` and `dumpsys usagestats` tell.

Source: AOSP, UsageStatsManager.STANDBY_BUCKET_*, ActivityManagerShellCommand. Nothing but
`am` moves an app on a simulated phone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.simphone.android.parts import android
from harness.simphone.android.program import Reply, arguments
from harness.simphone.contracts import Invocation

BUCKETS = {"active": 10, "working_set": 20, "frequent": 30, "rare": 40, "restricted": 45}
ACTIVE = BUCKETS["active"]
RESTRICTED_SINCE = 30


def _named(inv: Invocation, words: list[str]) -> tuple[str, list[str], Reply | None]:
    name, *rest = arguments(words, {"--user"}).rest or [""]
    if not name or inv.phone.packages.get(name) is None:
        return name, rest, Reply(err=f"Error: Unknown package: {name}\n", code=1)
    return name, rest, None


def _set_bucket(inv: Invocation, words: list[str]) -> Reply:
    """Of one package, or of several with their buckets in turn."""
    name, rest, refused = _named(inv, words)
    if refused is not None:
        return refused
    bucket = rest[0] if rest else ""
    number = BUCKETS.get(bucket, int(bucket) if bucket.isdigit() else 0)
    late = number == BUCKETS["restricted"] and inv.phone.spec.api < RESTRICTED_SINCE
    if number not in BUCKETS.values() or late:
        return Reply(err=f"Error: Unknown bucket: {bucket}\n", code=1)
    android(inv.phone).activities.state.buckets[name] = number
    return Reply()


def _get_bucket(inv: Invocation, words: list[str]) -> Reply:
    """Of one package, or of all."""
    buckets = android(inv.phone).activities.state.buckets
    if not arguments(words, {"--user"}).rest:
        names = [package.name for package in inv.phone.packages.all()]
        return Reply("".join(f"{name}: {buckets.get(name, ACTIVE)}\n" for name in names))
    name, _, refused = _named(inv, words)
    return refused or Reply(f"{buckets.get(name, ACTIVE)}\n")


def _set_inactive(inv: Invocation, words: list[str]) -> Reply:
    name, rest, refused = _named(inv, words)
    if refused is None:
        idle = rest[:1] == ["true"]
        state = android(inv.phone).activities.state
        state.buckets[name] = BUCKETS["rare"] if idle else ACTIVE
    return refused or Reply()


def _get_inactive(inv: Invocation, words: list[str]) -> Reply:
    name, _, refused = _named(inv, words)
    bucket = android(inv.phone).activities.state.buckets.get(name, ACTIVE)
    return refused or Reply(f"Idle={'true' if bucket >= BUCKETS['rare'] else 'false'}\n")


VERBS: Mapping[str, Callable[[Invocation, list[str]], Reply]] = {
    "set-standby-bucket": _set_bucket,
    "get-standby-bucket": _get_bucket,
    "set-inactive": _set_inactive,
    "get-inactive": _get_inactive,
}
