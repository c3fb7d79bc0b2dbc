"""QUIC, which passes an HTTP proxy by: left alone, refused by the phone's own firewall, or noted
by its sockets (quic_watch.py).

A refusal ("port unreachable") makes an app fall back to TCP at once; silently dropped
packets would cost it seconds. The rule is not on the phone's disk: a reboot removes it.
"""

from __future__ import annotations

from harness.ports import DeviceControl, InstrumentError

LEAVE, BLOCK, RECORD = POLICIES = ("leave", "block", "record")
"""Values of `quic:` in devices.yaml."""

_RULE = "OUTPUT -p udp --dport 443 -j REJECT"
_TABLES = ("iptables -w", "ip6tables -w")


def block(device: DeviceControl) -> None:
    """Refuses UDP to port 443 from now on. Needs adb root. Raises InstrumentError."""
    for table in _TABLES:
        command = f"{table} -I {_RULE}"
        result = device.shell(command)
        if not result.ok:
            raise InstrumentError(
                "adb",
                f"block QUIC on {device.name}",
                f"{command!r} gave exit {result.exit_code}: {result.stderr.strip()}",
                advice="Say quic: leave in the phone's entry.",
            )


def unblock(device: DeviceControl) -> list[str]:
    """Takes our rule away, however often it is there; returns what is left of it."""
    if not device.is_root() and not device.root():
        return ["the rule against QUIC needs adb root to be removed; a reboot removes it too"]
    left: list[str] = []
    for table in _TABLES:
        device.shell(f"while {table} -D {_RULE} 2>/dev/null; do :; done")
        if device.shell(f"{table} -C {_RULE}").ok:
            left.append(f"the rule {_RULE!r} of {table.split()[0]} is still there")
    return left
