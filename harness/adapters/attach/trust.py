"""Our authority in the phone's system store, where that is allowed, and out of it again.

Only memory is mounted over the store; nothing on the phone's disk changes, and a
reboot undoes all of it. Android 14 reads its authorities from a module of its own with
its own mount namespaces: there the folder is bound into each zygote and running app.
"""

from __future__ import annotations

from pathlib import Path

from harness.adapters.attach.journal import Trust
from harness.adapters.proxy.certificate import android_name
from harness.ports import DeviceControl, InstrumentError, ShellResult

SYSTEM_STORE = "/system/etc/security/cacerts"
APEX_STORE = "/apex/com.android.conscrypt/cacerts"
_COPY = "/data/local/tmp/harness-ca"
_SLOW = 60.0


def has_apex_store(device: DeviceControl) -> bool:
    """Looked up, not derived from the API level: modules are updated apart from Android."""
    return device.shell(f"[ -d {APEX_STORE} ]").ok


def plan_trust(device: DeviceControl, certificate: Path) -> Trust:
    """What will be changed, for the journal."""
    return Trust(name=android_name(certificate), apex=has_apex_store(device))


def install(device: DeviceControl, certificate: Path, trust: Trust) -> None:
    """Makes apps trust `certificate` (PEM). Needs adb root. Raises InstrumentError."""
    source = APEX_STORE if trust.apex else SYSTEM_STORE
    _run(device, f"rm -rf {_COPY} && mkdir -p {_COPY} && cp {source}/* {_COPY}/")
    device.push(certificate, f"{_COPY}/{trust.name}")
    _run(device, f"mount -t tmpfs tmpfs {SYSTEM_STORE}")
    _run(
        device,
        f"cp {_COPY}/* {SYSTEM_STORE}/ && chown root:root {SYSTEM_STORE}/* "
        f"&& chmod 644 {SYSTEM_STORE}/*",
    )
    # The label matters where SELinux is on, and cannot be set where it is not.
    device.shell(f"chmod 755 {SYSTEM_STORE}; chcon u:object_r:system_file:s0 {SYSTEM_STORE}/*")
    if trust.apex:
        _everywhere(device, f"mount --bind {SYSTEM_STORE} {APEX_STORE}")
    _run(device, f"rm -rf {_COPY}")
    check(device, trust)


def check(device: DeviceControl, trust: Trust) -> None:
    """The certificate is where the zygote looks. Raises InstrumentError if not.

    Up to Android 9 there is no nsenter; what is mounted by adb reaches the zygote there.
    """
    path = f"{APEX_STORE if trust.apex else SYSTEM_STORE}/{trust.name}"
    zygotes = _zygotes(device)
    inside = zygotes and (trust.apex or device.shell("command -v nsenter").ok)
    look = f"nsenter --mount=/proc/{zygotes[0]}/ns/mnt ls {path}" if inside else f"ls {path}"
    if not device.shell(look).ok:
        raise InstrumentError(
            "adb",
            f"put our certificate into the system store of {device.name}",
            f"{path} is not seen by the zygote",
            advice="Run: harness reset",
        )


def remove(device: DeviceControl, trust: Trust) -> list[str]:
    """Takes the mounts away; returns what is still there (nothing when all is well)."""
    seen = f"[ -f {SYSTEM_STORE}/{trust.name} ] || [ -f {APEX_STORE}/{trust.name} ]"
    for _ in range(3):  # an interrupted run may have mounted twice
        if trust.apex:
            _everywhere(
                device, f"[ ! -f {APEX_STORE}/{trust.name} ] || umount {APEX_STORE}", strict=False
            )
        device.shell(f"[ ! -f {SYSTEM_STORE}/{trust.name} ] || umount {SYSTEM_STORE}")
        if not device.shell(seen).ok:
            break
    device.shell(f"rm -rf {_COPY}")
    left = device.shell(seen).ok
    return [f"{trust.name} is still in the system store; a reboot removes it"] if left else []


def _zygotes(device: DeviceControl) -> list[str]:
    result = device.shell("pidof zygote64; pidof zygote; true")
    return [pid for pid in result.stdout.split() if pid.isdigit()]


def _everywhere(device: DeviceControl, command: str, *, strict: bool = True) -> None:
    """Runs `command` in our namespace, in each zygote's and in each running app's."""
    first = device.shell(command)
    zygotes = _zygotes(device)
    table = device.shell("ps -A -o PID,PPID").stdout.splitlines()
    rows = [line.split() for line in table[1:]]
    apps = [row[0] for row in rows if len(row) == 2 and row[1] in zygotes]
    for pid in zygotes:
        result = device.shell(_within(pid, command))
        if strict and not result.ok:
            raise _failed(device, command, result)
    # An app may be gone by now, which is no failure.
    if apps:
        inside = f"nsenter --mount=/proc/$p/ns/mnt sh -c '{command}'"
        device.shell(f"for p in {' '.join(apps)}; do {inside}; done; true", timeout=_SLOW)
    if strict and not zygotes and not first.ok:
        raise _failed(device, command, first)


def _within(pid: str, command: str) -> str:
    return f"nsenter --mount=/proc/{pid}/ns/mnt sh -c '{command}'"


def _run(device: DeviceControl, command: str) -> None:
    result = device.shell(command, timeout=_SLOW)
    if not result.ok:
        raise _failed(device, command, result)


def _failed(device: DeviceControl, command: str, result: ShellResult) -> InstrumentError:
    return InstrumentError(
        "adb",
        f"put our certificate into the system store of {device.name}",
        f"{command!r} gave exit {result.exit_code}: {result.stderr.strip()}",
        advice="Run: harness reset; or set may_change_trust: false for this phone.",
    )
