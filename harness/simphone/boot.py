"""What runs on a phone that has just booted, and the programs of its shell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

from harness.simphone.contracts import ROOT_UID, SHELL_UID, SYSTEM_UID, Command
from harness.simphone.run_as import run_as
from harness.simphone.toybox.versions import lacking

if TYPE_CHECKING:
    from harness.simphone.phone import Phone

PROGRAMS = (
    "harness.simphone.toybox",
    "harness.simphone.android.commands",
    "harness.simphone.ui.commands",
)

SERVICES = (
    ("init", ROOT_UID),
    ("kthreadd", ROOT_UID),
    ("ueventd", ROOT_UID),
    ("logd", 1036),
    ("servicemanager", SYSTEM_UID),
    ("vold", ROOT_UID),
    ("netd", ROOT_UID),
    ("zygote64", ROOT_UID),
    ("adbd", SHELL_UID),
    ("surfaceflinger", SYSTEM_UID),
    ("lmkd", 1069),
    ("system_server", SYSTEM_UID),
)
APPS = ("com.android.systemui", "com.android.phone")


def boot(phone: Phone) -> None:
    """Starts the system's processes and shows the home screen."""
    for name, uid in SERVICES:
        phone.processes.start(name, uid=uid)
    phone.processes.skip_to(1200)
    maker = phone.spec.maker
    for name in (APPS[0], maker.home[0], maker.keyboard.partition("/")[0], *APPS[1:]):
        package = phone.packages.get(name)
        if package is not None:
            phone.processes.start(name, uid=package.uid, package=name)
    count = phone.settings.get("global", "boot_count") or "0"
    phone.settings.put("global", "boot_count", str(int(count) + 1))
    phone.properties.set("sys.boot_completed", "1")
    phone.display.windows.home()


def register_programs(phone: Phone) -> None:
    """Gives the shell its programs; `cmd` and `abb` services come with Android's."""
    missing = lacking(phone.spec.api)
    for commands in _tables():
        phone.shell.register({n: c for n, c in commands.items() if n not in missing})
    phone.shell.register({"run-as": run_as})


def _tables() -> Iterator[Mapping[str, Command]]:
    for name in PROGRAMS:
        yield cast("Mapping[str, Command]", import_module(name).COMMANDS)
