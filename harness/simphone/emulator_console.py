"""The emulator's text console, one port below adbd's: `adb emu`, telnet, Appium's `gsm*`.

Source: the Android Emulator's own help texts. What changes something that the phone shows
(power, place, fingerprint, messages, speed of the network) changes it; the rest is taken
and kept, as by an emulator whose guest does not look.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from typing import cast

from harness.simphone.android.notifications import Notification, post
from harness.simphone.android.parts import android
from harness.simphone.contracts import PhoneParts
from harness.simphone.makers.emulator import MESSAGES
from harness.simphone.phone import Phone

# adb takes what comes before the second OK for the greeting, whether it had a token or not.
GREETING = (
    "Android Console: Authentication required\r\n"
    "Android Console: type 'auth <auth_token>' to authenticate\r\n"
)
WELCOME = "Android Console: type 'help' for a list of commands\r\n"
SPEEDS = ("gsm", "hscsd", "gprs", "edge", "umts", "hsdpa", "lte", "evdo", "full")
DELAYS = {"gprs": 0.15, "edge": 0.08, "umts": 0.035, "none": 0.0}  # seconds


class Refused(ValueError):  # noqa: N818 - the console's own word is KO
    """What the console answers behind `KO: `."""


class EmulatorConsole:
    """Serves one phone's console on 127.0.0.1."""

    def __init__(self, phone: Phone, name: str) -> None:
        """`name` is the AVD's."""
        self._phone = phone
        self._name = name
        self._server: asyncio.Server | None = None
        self.kept: dict[str, str] = {}
        """What was set and changes nothing that is simulated: "gsm voice", "sensor light" …"""

    async def start(self, port: int) -> None:
        """Raises OSError when the port is taken."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", port)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server.close_clients()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"{GREETING}OK\r\n{WELCOME}OK\r\n".encode())
        with contextlib.suppress(OSError):
            while line := await reader.readline():
                words = line.decode(errors="replace").split()
                if words[:1] in (["quit"], ["exit"]):
                    break
                if words:
                    writer.write(self.answer(words).encode())
                    await writer.drain()
        with contextlib.suppress(OSError):
            writer.close()

    def answer(self, words: list[str]) -> str:
        """One command's answer, ended by OK or KO."""
        if words[0] == "auth":
            return f"{WELCOME}OK\r\n"
        command = COMMANDS.get(words[0])
        if command is None:
            return "KO: unknown command, try 'help'\r\n"
        try:
            text = command(self, words[1:])
        except Refused as refused:
            return f"KO: {refused}\r\n"
        return "".join(f"{line}\r\n" for line in text.splitlines()) + "OK\r\n"

    def help(self, _: list[str]) -> str:
        return "Android console commands:\n" + "\n".join(f"    {name}" for name in COMMANDS)

    def avd(self, words: list[str]) -> str:
        match words:
            case ["name"]:
                return self._name
            case ["status"]:
                return "virtual device is running"
            case ["start" | "stop" | "heartbeat", *_]:
                return ""
            case _:
                raise Refused("missing sub-command")

    def geo(self, words: list[str]) -> str:
        """`fix LONGITUDE LATITUDE [ALTITUDE]`."""
        if words[:1] != ["fix"] or len(words) < 3:
            raise Refused("argument '<longitude>' is missing, see 'help geo fix'")
        try:
            longitude, latitude, *rest = (float(word) for word in words[1:4])
        except ValueError:
            raise Refused("argument is not a number") from None
        state = self._phone.activities.state
        state.location = (latitude, longitude, rest[0] if rest else 0.0)
        return ""

    def power(self, words: list[str]) -> str:
        conditions = self._phone.conditions
        match words:
            case ["display"]:
                charging = "online" if conditions.charging else "offline"
                return f"AC: {charging}\nstatus: \ncapacity: {conditions.battery_level}"
            case ["ac", "on" | "off" as state]:
                conditions.charging = state == "on"
            case ["capacity", number] if number.isdigit() and int(number) <= 100:
                conditions.battery_level = int(number)
            case ["status" | "present" | "health" as what, value]:
                self.kept[f"power {what}"] = value
            case _:
                raise Refused('Usage: "power capacity <percentage>", "power ac on|off"')
        return ""

    def sms(self, words: list[str]) -> str:
        """`send NUMBER TEXT`: a message arrives, and the phone shows it."""
        if words[:1] != ["send"] or len(words) < 3:
            raise Refused("missing argument, try 'sms send <phonenumber> <text message>'")
        text = " ".join(words[2:])
        now = self._phone.clock.now()
        message = Notification(MESSAGES, 0, words[1], text, now, tag=f"{now:.6f}")
        post(android(cast("PhoneParts", self._phone)), message)
        return ""

    def network(self, words: list[str]) -> str:
        match words:
            case ["speed", name] if name in SPEEDS or name.replace(":", "").isdigit():
                self.kept["network speed"] = name
            case ["delay", name] if name in DELAYS:
                self._phone.network.way_out.delay = DELAYS[name]
            case ["status"]:
                speed = self.kept.get("network speed", "full")
                return f"Current network status:\n  speed: {speed}"
            case _:
                raise Refused("bad network command")
        return ""

    def gsm(self, words: list[str]) -> str:
        if len(words) < 2 and words != ["list"] and words != ["status"]:
            raise Refused("missing sub-command")
        if words == ["data", "off"] or words == ["data", "on"]:
            self._phone.conditions.mobile_data = words[1] == "on"
        self.kept[f"gsm {words[0]}"] = " ".join(words[1:])
        return ""


def _only_kept(kind: str) -> Callable[[EmulatorConsole, list[str]], str]:
    """A command that is remembered and does nothing else."""

    def run(console: EmulatorConsole, words: list[str]) -> str:
        if not words:
            raise Refused("missing sub-command")
        console.kept[f"{kind} {words[0]}"] = " ".join(words[1:])
        return ""

    return run


COMMANDS: Mapping[str, Callable[[EmulatorConsole, list[str]], str]] = {
    "help": EmulatorConsole.help,
    "avd": EmulatorConsole.avd,
    "geo": EmulatorConsole.geo,
    "gsm": EmulatorConsole.gsm,
    "network": EmulatorConsole.network,
    "power": EmulatorConsole.power,
    "sms": EmulatorConsole.sms,
    **{kind: _only_kept(kind) for kind in ("event", "finger", "sensor", "virtualscene-image")},
    "rotate": lambda _console, _words: "",
}
