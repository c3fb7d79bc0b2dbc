"""Several reads of the phone in one shell call: one round trip instead of ten."""

from __future__ import annotations

from collections.abc import Mapping

from harness.ports import DeviceControl

_MARK = "@@harness"


def read_batch(
    phone: DeviceControl, commands: Mapping[str, str], *, timeout: float = 20.0
) -> dict[str, str]:
    """stdout by name; a command that failed gives "". Raises InstrumentError("adb", …)."""
    script = "; ".join(
        f"echo {_MARK} {name}; ({command}) 2>/dev/null; echo" for name, command in commands.items()
    )
    text = phone.shell(script, timeout=timeout).stdout
    found = dict.fromkeys(commands, "")
    for part in text.split(_MARK)[1:]:
        name, _, body = part.partition("\n")
        if name.strip() in found:
            found[name.strip()] = body
    return found
