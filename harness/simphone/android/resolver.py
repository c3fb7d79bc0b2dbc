"""Which activity an intent means."""

from __future__ import annotations

from urllib.parse import urlsplit

from harness.simphone.android.apk.manifest import LAUNCHER, MAIN, Component
from harness.simphone.android.intents import Intent
from harness.simphone.android.packages import PhonePackages
from harness.simphone.android.system_packages import SETTINGS

HOME_CATEGORY = "android.intent.category.HOME"


class NoActivity(LookupError):  # noqa: N818 - named after what it says
    """Nothing answers the intent; the text is what `am` prints behind "Error: "."""


def resolve(packages: PhonePackages, intent: Intent) -> tuple[str, str]:
    """(package, full class name); raises NoActivity with Android's words."""
    if intent.component:
        return _explicit(packages, intent)
    if intent.action == MAIN and HOME_CATEGORY in intent.categories:
        return packages.home
    candidates = answering(packages, intent)
    for package, activity in candidates:
        if _owns_link(activity, intent):
            return package, activity.name
    if candidates:
        return candidates[0][0], candidates[0][1].name
    if (intent.action or "").startswith("android.settings.") and intent.package is None:
        return SETTINGS, f"{SETTINGS}.Settings"
    raise NoActivity(f"Activity not started, unable to resolve {intent}")


def answering(
    packages: PhonePackages, intent: Intent, kind: str = "activities"
) -> list[tuple[str, Component]]:
    """All components of a kind ("activities", "services", "receivers") with a fitting filter."""
    found: list[tuple[str, Component]] = []
    for package in packages.all():
        manifest = packages.manifest(package.name)
        if manifest is None or intent.package not in (None, package.name):
            continue
        if package.name not in packages.disabled:
            parts: tuple[Component, ...] = getattr(manifest, kind)
            found += [(package.name, part) for part in parts if _answers(part, intent)]
    return found


def _owns_link(activity: Component, intent: Intent) -> bool:
    """A filter that names the link's host comes before the browser (verified app links)."""
    host = urlsplit(intent.data or "").netloc
    return bool(host) and any(host in f.hosts for f in activity.filters)


def launcher_activity(packages: PhonePackages, package: str) -> str | None:
    """Full class name of what a tap on the package's icon starts; None when disabled."""
    found = packages.get(package)
    if found is None or package in packages.disabled:
        return None
    return found.launch_activity


def _explicit(packages: PhonePackages, intent: Intent) -> tuple[str, str]:
    if intent.component is None:
        raise NoActivity("intent names no component")
    package, name = intent.component
    found = packages.get(package)
    if found is None or name not in found.activities or package in packages.disabled:
        raise NoActivity(f"Activity class {{{package}/{name}}} does not exist.")
    return package, name


def _answers(activity: Component, intent: Intent) -> bool:
    wanted = {c for c in intent.categories if c != "android.intent.category.DEFAULT"}
    url = urlsplit(intent.data) if intent.data else None
    for f in activity.filters:
        if intent.action not in (None, *f.actions) or not wanted <= set(f.categories):
            continue
        if intent.action is None and (url is None or not f.schemes):
            continue
        if url is None and not f.schemes:
            return intent.action != MAIN or LAUNCHER in intent.categories
        if url is not None and url.scheme in f.schemes and (not f.hosts or url.netloc in f.hosts):
            return True
    return False
