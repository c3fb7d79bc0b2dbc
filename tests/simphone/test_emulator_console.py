"""The emulator's console, by its answers and by what they change on the phone."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from harness.simphone.emulator_console import EmulatorConsole
from harness.simphone.fleet import Fleet, Wish
from tests.simphone.collected import shell

SHADE = "cmd statusbar expand-notifications; uiautomator dump /dev/tty"


@pytest.mark.parametrize(
    ("line", "answer", "look", "shown"),
    [
        ("avd name", "one\r\nOK", "", ""),
        ("avd status", "virtual device is running", "", ""),
        ("power capacity 12", "OK", "dumpsys battery", "  level: 12\n"),
        ("power ac off", "OK", "dumpsys battery", "USB powered: false"),
        ("power display", "capacity: 87", "", ""),
        ("power health good", "OK", "", ""),
        ("power capacity 300", "KO: ", "dumpsys battery", "  level: 87\n"),
        ("geo fix 13.4 52.5", "OK", "dumpsys location", "52.500000,13.400000"),
        ("geo fix here there", "KO: argument is not a number", "", ""),
        ("geo", "KO: ", "", ""),
        ("sms send 123 hello you", "OK", SHADE, "123: hello you"),
        ("sms", "KO: ", "", ""),
        ("network delay gprs", "OK", "", ""),
        ("network speed lte", "OK", "", ""),
        ("network status", "speed: full", "", ""),
        ("network nonsense", "KO: bad network command", "", ""),
        ("gsm data off", "OK", "settings get global mobile_data", "0\n"),
        ("gsm list", "OK", "", ""),
        ("gsm", "KO: ", "", ""),
        ("sensor set light 5", "OK", "", ""),
        ("finger", "KO: missing sub-command", "", ""),
        ("rotate", "OK", "", ""),
        ("auth abc", "Android Console: type 'help'", "", ""),
        ("help", "    power\r\n", "", ""),
        ("nonsense", "KO: unknown command", "", ""),
        ("avd", "KO: missing sub-command", "", ""),
    ],
)  # fmt: skip
def test_commands(tmp_path: Path, line: str, answer: str, look: str, shown: str) -> None:
    async def main() -> tuple[str, str]:
        fleet = Fleet([Wish("one", maker="emulator")], tmp_path)
        await fleet.start()
        try:
            phone = fleet.running[0].phone
            said = EmulatorConsole(phone, "one").answer(line.split())
            return said, (await shell(phone, look))[1] if look else ""
        finally:
            await fleet.stop()

    said, seen = asyncio.run(main())
    assert answer in said
    assert said.endswith("OK\r\n") or said.startswith("KO: ")
    assert shown in seen


def test_an_emulator_is_known_by_its_consoles_port(tmp_path: Path) -> None:
    async def main() -> tuple[str, int, str]:
        fleet = Fleet([Wish("one", maker="emulator")], tmp_path)
        await fleet.start()
        try:
            running = fleet.running[0]
            port = int(running.address.removeprefix("emulator-"))
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"avd name\r\nquit\r\n")
            said = (await reader.read()).decode()
            writer.close()
            return said, running.phone.adbd.port - port, running.phone.spec.model
        finally:
            await fleet.stop()

    said, above, model = asyncio.run(main())
    assert said.endswith("OK\r\none\r\nOK\r\n")
    assert (above, model) == (1, "sdk_gphone64_x86_64")
