"""What doctor says of one phone that answers, from the probe. Pure."""

from __future__ import annotations

from harness.domain.capabilities import Capabilities, PhoneNow
from harness.domain.device import DeviceEntry
from harness.domain.facts.device import AppPackage
from harness.domain.interlock import Circumstances, refusals
from harness.domain.removal import Arm
from harness.session.finding import Finding
from harness.session.maker_traps import trap_findings

OLDEST_API = 26
ARCHIVE_API = 35
ALMOST_EMPTY, LOW_BATTERY = 5, 20  # percent
ALMOST_FULL, LITTLE_SPACE = 64 << 20, 1 << 30  # bytes free on /data
CLOCK_WRONG, CLOCK_OFF = 600.0, 60.0
"""Seconds: services refuse signed calls from about the first on; the second is odd."""

_TIME = "Settings > System > Date and time > Set time automatically"


def check_phone(
    entry: DeviceEntry, seen: Capabilities, now: PhoneNow, app: AppPackage | None, title: str
) -> list[Finding]:
    """`title`: the app's name for people."""
    return [
        _android(entry, seen),
        _lock(entry, seen, now),
        _battery(entry, now),
        _storage(entry, now),
        _clock(entry, now),
        _network(entry, now),
        _app(entry, app, title),
        *_copies(entry, seen),
        _arms(entry, seen, now, app),
        *trap_findings(entry, seen),
    ]


def _android(entry: DeviceEntry, seen: Capabilities) -> Finding:
    parts = [f"{seen.manufacturer} {seen.model}", f"Android {seen.release} (API {seen.api})"]
    parts += [seen.skin] if seen.skin else []
    parts += [seen.build_type, f"root: {seen.root}"] + (["simulated"] if seen.simulated else [])
    old = 0 < seen.api < OLDEST_API
    mend = f"Use a phone with Android 8 (API {OLDEST_API}) or later" if old else ""
    return Finding(entry.name, "Android", ok=not old, detail=", ".join(parts), mend=mend)


def _lock(entry: DeviceEntry, seen: Capabilities, now: PhoneNow) -> Finding:
    dark = now.locked or now.screen_on is False
    if seen.lock == "secure":
        detail = "locked by a PIN, pattern or password" if dark else "has a PIN; is open now"
        mend = "Unlock it" if dark else ""
        tap = "Settings > Security > Screen lock > None, or Developer options > Stay awake"
        mend = f"{mend}, then: {tap}" if mend else tap
        return Finding(entry.name, "lock", ok=not dark, detail=detail, mend=mend)
    if not dark:
        return Finding(entry.name, "lock", ok=True, detail="open")
    told = "dark or locked by a swipe: a run wakes it"
    if seen.lock:
        return Finding(entry.name, "lock", ok=True, detail=told)
    told = "dark or locked; a run can only open a lock without PIN, and this phone does not say"
    return Finding(entry.name, "lock", ok=True, detail=told, mend="Unlock it")


def _battery(entry: DeviceEntry, now: PhoneNow) -> Finding:
    if now.battery is None:
        return Finding(entry.name, "battery", ok=True, detail="the phone does not tell")
    detail = f"{now.battery} %{', charging' if now.charging else ''}"
    low = now.battery < LOW_BATTERY and not now.charging
    mend = "Put it on a charger" if low else ""
    bad = low and now.battery < ALMOST_EMPTY
    return Finding(entry.name, "battery", ok=not bad, detail=detail, mend=mend)


def _storage(entry: DeviceEntry, now: PhoneNow) -> Finding:
    if now.free_bytes is None:
        return Finding(entry.name, "storage", ok=True, detail="the phone does not tell")
    detail = f"{now.free_bytes / (1 << 30):.1f} GiB free"
    mend = "Settings > Storage > Free up space" if now.free_bytes < LITTLE_SPACE else ""
    full = now.free_bytes < ALMOST_FULL
    return Finding(entry.name, "storage", ok=not full, detail=detail, mend=mend)


def _clock(entry: DeviceEntry, now: PhoneNow) -> Finding:
    if now.clock_offset is None:
        return Finding(entry.name, "clock", ok=True, detail="the phone does not tell")
    off = max(abs(now.clock_offset) - (now.clock_uncertainty or 0.0), 0.0)
    way = "ahead of" if now.clock_offset > 0 else "behind"
    detail = f"{_span(off)} {way} this host's" if off > CLOCK_OFF else "as this host's"
    mend = _TIME if off > CLOCK_OFF else ""
    return Finding(entry.name, "clock", ok=off < CLOCK_WRONG, detail=detail, mend=mend)


def _span(seconds: float) -> str:
    return f"{seconds / 86_400:.1f} days" if seconds >= 86_400 else f"{seconds:.0f} s"


def _network(entry: DeviceEntry, now: PhoneNow) -> Finding:
    if now.airplane:
        mend = "adb shell cmd connectivity airplane-mode disable"
        return Finding(entry.name, "network", ok=False, detail="airplane mode", mend=mend)
    if now.network == "none":
        mend = "Join a Wi-Fi, or switch mobile data on"
        return Finding(entry.name, "network", ok=False, detail="none", mend=mend)
    if now.validated is False:
        mend = "Open a page on the phone: the network may want a log-in"
        return Finding(
            entry.name, "network", ok=True, detail=f"{now.network}, leads nowhere", mend=mend
        )
    return Finding(entry.name, "network", ok=True, detail=now.network or "not told")


def _app(entry: DeviceEntry, app: AppPackage | None, title: str) -> Finding:
    if app is None:
        mend = f"Install {title} from the store on the phone"
        return Finding(entry.name, "app", ok=False, detail=f"{title} is not installed", mend=mend)
    signed = "signer not compared"
    if app.genuine is not None:
        signed = "signed by its maker" if app.genuine else "NOT signed by its maker"
    detail = f"{app.package} {app.version_name} ({app.version_code}), {signed}"
    detail += f", installed by {app.installer}" if app.installer else ""
    mend = "What it shows says nothing of the real app: install it from the store"
    return Finding(
        entry.name, "app", ok=True, detail=detail, mend=mend if app.genuine is False else ""
    )


def _copies(entry: DeviceEntry, seen: Capabilities) -> list[Finding]:
    others = [user for user in seen.users if user.kind != "main" and user.has_app]
    if not others:
        return []
    told = ", ".join(f"user {user.id} ({user.kind}: {user.name})" for user in others)
    mend = "A run looks at the main user only. An arm that would remove a copy too is refused"
    mend += ", unless the phone's entry says may_remove_copies: true"
    return [
        Finding(entry.name, "copies", ok=True, detail=f"the app is there for {told}", mend=mend)
    ]


def possible_arms(
    entry: DeviceEntry, seen: Capabilities, now: PhoneNow, app: AppPackage | None
) -> dict[Arm, str]:
    """Every arm of the reinstall experiment: "" where it could be made with consent, else why
    not. `--allow-destructive`, `--attended` and `--device` are taken as given."""
    found: dict[Arm, str] = {}
    for arm in Arm:
        if arm is Arm.ARCHIVE and seen.api < ARCHIVE_API:
            found[arm] = f"needs Android 15 (API {ARCHIVE_API})"
            continue
        told = Circumstances(
            phone=entry.name,
            arm=arm,
            entry_allows=entry.destructive,
            run_allows=True,
            test_account=entry.account.user is not None or bool(entry.launch),
            named=True,
            attended=True,
            installed=app is not None,
            battery=now.battery,
            free_bytes=now.free_bytes,
            other_users=tuple(u.id for u in seen.users if u.kind != "main" and u.has_app),
            clones=seen.cloned_app,
            may_remove_copies=entry.may_remove_copies,
        )
        found[arm] = "; ".join(dict.fromkeys(refusal.text for refusal in refusals(told)))
    return found


def _arms(entry: DeviceEntry, seen: Capabilities, now: PhoneNow, app: AppPackage | None) -> Finding:
    arms = possible_arms(entry, seen, now, app)
    able = [str(arm) for arm, why in arms.items() if not why]
    reasons = list(dict.fromkeys(part for why in arms.values() if why for part in why.split("; ")))
    detail = f"possible: {', '.join(able) or 'none'}"
    detail += f"; not the others: {'; '.join(reasons)}" if reasons else ""
    return Finding(entry.name, "reinstall experiment", ok=True, detail=detail)
