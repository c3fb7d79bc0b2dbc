"""A phone with the WireGuard app: its commands, as far as the attach package sends them."""

from __future__ import annotations

import re
from pathlib import Path

from tests.adapters.attach.phone_stand_in import StandIn

STORED = "/data/data/com.wireguard.android/files/harness.conf"
SPOOL = "/data/local/tmp/harness-wg.conf"
AGENT = "  NetworkAgentInfo{{network{{{0}}} nc{{[ Transports: {1} Capabilities: INTERNET&VALIDATED"
DUMP = """Packages:
  Package [com.wireguard.android] (abc):
    userId=10190
"""


class TunnelPhone(StandIn):
    """`obeys`: the app takes our orders; `other_vpn`: somebody else's is up."""

    def __init__(
        self, *, installed: bool = True, obeys: bool = True, other_vpn: bool = False,
        rootable: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(rootable=rootable)
        self.installed, self.obeys = installed, obeys
        self.up = other_vpn
        self.app_op: str | None = None

    def push(self, source: Path, target: str, *, mode: int = 0o644, timeout: float = 60.0) -> None:
        if "wg" in target or target.endswith("harness.conf"):
            assert mode == 0o600
            self.files[target] = source.read_text()
            return
        super().push(source, target, mode=mode, timeout=timeout)

    def _run(self, command: str) -> tuple[str, int]:
        if command.startswith("dumpsys -t 5 connectivity"):
            agents = [AGENT.format(101, "WIFI")] + ([AGENT.format(103, "VPN")] if self.up else [])
            return "Active default network: 101\n" + "\n".join(agents), 0
        if command.startswith("dumpsys package"):
            return DUMP, 0
        if command.startswith("pm path"):
            return "", 0 if self.installed else 1
        if command.startswith("appops"):
            return self._app_op(command)
        if command.startswith(("am ", "restorecon", "sleep")):
            return self._order(command), 0
        if command.startswith("mkdir -p /data/data/com.wireguard"):
            self.files[STORED] = self.files.pop(SPOOL)
            return "", 0
        if command.startswith("rm -f /data/data/com.wireguard") or "harness.conf" in command:
            if command.startswith("[ -e"):
                return "", 0 if command.split()[2] in self.files else 1
            for path in command.split()[2:]:
                self.files.pop(path, None)
            return "", 0
        return super()._run(command)

    def _app_op(self, command: str) -> tuple[str, int]:
        words = command.split()
        if words[1] == "set":
            self.app_op = None if words[-1] == "ignore" else words[-1]
            return "", 0
        return ("No operations.\n" if self.app_op is None else
                f"ACTIVATE_VPN: {self.app_op}\n"), 0  # fmt: skip

    def _order(self, command: str) -> str:
        asked = re.search(r"SET_TUNNEL_(UP|DOWN) -n (\S+) --es tunnel harness", command)
        if asked is not None and self.obeys:
            assert asked[2] == r"com.wireguard.android/.model.TunnelManager\$IntentReceiver"
            allowed = self.app_op == "allow" and STORED in self.files
            self.up = asked[1] == "UP" and allowed
        return "Broadcast completed: result=0\n"
