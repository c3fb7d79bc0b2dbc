"""What a package's AndroidManifest.xml says, as far as the package manager needs it."""

from __future__ import annotations

from dataclasses import dataclass

from harness.simphone.android.apk.axml import AxmlError, Element, parse

MAIN = "android.intent.action.MAIN"
VIEW = "android.intent.action.VIEW"
LAUNCHER = "android.intent.category.LAUNCHER"


@dataclass(frozen=True, slots=True)
class IntentFilter:
    """One `<intent-filter>`."""

    actions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """An activity, service or receiver, with its full class name."""

    name: str
    exported: bool = False
    filters: tuple[IntentFilter, ...] = ()

    @property
    def launchable(self) -> bool:
        return any(MAIN in f.actions and LAUNCHER in f.categories for f in self.filters)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts of a manifest that decide how a package behaves."""

    package: str
    split: str = ""  # "" = base
    version_code: int = 0
    version_name: str = ""
    min_sdk: int = 1
    target_sdk: int = 1
    debuggable: bool = False
    allow_backup: bool = True
    test_only: bool = False
    label: str = ""
    permissions: tuple[str, ...] = ()
    activities: tuple[Component, ...] = ()
    services: tuple[Component, ...] = ()
    receivers: tuple[Component, ...] = ()
    instrumentation: tuple[str, str] | None = None  # runner, target package

    @property
    def launch_activity(self) -> str | None:
        """Full class name of the first launchable activity."""
        return next((a.name for a in self.activities if a.launchable), None)


def full_name(package: str, name: str) -> str:
    """`.Main` and `Main` belong to the package; other names stay."""
    if name.startswith("."):
        return package + name
    return name if "." in name else f"{package}.{name}"


def read_manifest(data: bytes) -> Manifest:
    """Reads binary XML; raises AxmlError when it is no manifest."""
    root = parse(data)
    package = root.text("package")
    if root.tag != "manifest" or not package:
        raise AxmlError("AndroidManifest.xml names no package")
    sdk = next(iter(root.all("uses-sdk")), Element("uses-sdk"))
    application = next(iter(root.all("application")), Element("application"))
    min_sdk = sdk.number("minSdkVersion", 1)
    return Manifest(
        package=package,
        split=root.text("split"),
        version_code=root.number("versionCode"),
        version_name=root.text("versionName"),
        min_sdk=min_sdk,
        target_sdk=sdk.number("targetSdkVersion", min_sdk),
        debuggable=application.flag("debuggable"),
        allow_backup=application.flag("allowBackup", default=True),
        test_only=application.flag("testOnly"),
        label=application.text("label"),
        permissions=_permissions(root),
        activities=_components(package, application, "activity"),
        services=_components(package, application, "service"),
        receivers=_components(package, application, "receiver"),
        instrumentation=_instrumentation(package, root),
    )


def _permissions(root: Element) -> tuple[str, ...]:
    names = [element.text("name") for element in root.all("uses-permission")]
    return tuple(dict.fromkeys(name for name in names if name))


def _components(package: str, application: Element, tag: str) -> tuple[Component, ...]:
    return tuple(
        Component(
            name=full_name(package, element.text("name")),
            exported=element.flag("exported", default=bool(element.all("intent-filter"))),
            filters=tuple(_filter(child) for child in element.all("intent-filter")),
        )
        for element in application.all(tag)
    )


def _filter(element: Element) -> IntentFilter:
    data = element.all("data")
    return IntentFilter(
        actions=tuple(child.text("name") for child in element.all("action")),
        categories=tuple(child.text("name") for child in element.all("category")),
        schemes=tuple(d.text("scheme") for d in data if "scheme" in d.attributes),
        hosts=tuple(d.text("host") for d in data if "host" in d.attributes),
    )


def _instrumentation(package: str, root: Element) -> tuple[str, str] | None:
    for element in root.all("instrumentation"):
        return full_name(package, element.text("name")), element.text("targetPackage")
    return None
