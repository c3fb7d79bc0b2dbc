"""The WireGuard app, by the commands that reach it."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.simphone.android.intents import Intent
from harness.simphone.wireguard import app
from harness.simphone.wireguard.config import TunnelConfig
from tests.simphone.wireguard.test_config import TEXT


class Network:
    """Of a phone: which tunnels come and go."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def enter_tunnel(self, name: str, way: object, uids: frozenset[int]) -> None:
        del way
        self.seen.append(f"up {name} {sorted(uids)}")

    def leave_tunnel(self, name: str) -> None:
        self.seen.append(f"down {name}")


class Quick:
    """A tunnel that comes up at once, or not at all."""

    where: tuple[str, int] | None = None

    def __init__(self, config: TunnelConfig) -> None:
        self.config = config

    async def start(self, *, endpoint: tuple[str, int]) -> None:
        Quick.where = endpoint
        if endpoint[1] == 1:
            raise TimeoutError("no handshake")


def played(
    monkeypatch: pytest.MonkeyPatch, *, action: str = "UP", uid: int = 0, mode: str = "allow",
    text: str = TEXT, component: tuple[str, str] = app.RECEIVER, there: bool = True,
) -> tuple[list[str], list[str]]:  # fmt: skip
    """(what the network saw, what the log says) after one broadcast."""
    monkeypatch.setattr(app, "Tunnel", Quick)
    said: list[str] = []
    network = Network()

    def write(_tag: str, line: str) -> None:
        said.append(line)

    def read(_path: str) -> bytes:
        return text.encode()

    packages = {app.PACKAGE: SimpleNamespace(uid=app.UID)} if there else {}
    packages["a.b"] = SimpleNamespace(uid=10_180)
    phone: Any = SimpleNamespace(
        packages=packages,
        network=network,
        log=SimpleNamespace(write=write),
        activities=SimpleNamespace(
            state=SimpleNamespace(app_ops={app.PACKAGE: {"ACTIVATE_VPN": mode}})
        ),
        fs=SimpleNamespace(read=read),
    )
    intent = Intent(f"{app.PACKAGE}.action.SET_TUNNEL_{action}", component=component,
                    extras={"tunnel": "harness"})  # fmt: skip

    async def run() -> None:
        app.ordered(phone, intent, cast("Any", SimpleNamespace(uid=uid)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    asyncio.run(run())
    return network.seen, said


def test_up_for_the_apps_of_its_file_by_the_hosts_loopback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert played(monkeypatch) == (["up harness [10180]"], [])
    assert Quick.where == ("127.0.0.1", 51_820)


def test_down(monkeypatch: pytest.MonkeyPatch) -> None:
    assert played(monkeypatch, action="DOWN") == (["down harness"], [])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"uid": 2_000}, "Permission Denial"),
        ({"component": ("x", "y")}, "Permission Denial"),
        ({"mode": "default"}, "no consent"),
        ({"text": "nonsense"}, "Bad config"),
        ({"text": TEXT.replace("51820", "1")}, "no handshake"),
        ({"there": False}, None),
    ],
)
def test_what_is_not_allowed_or_wrong_changes_nothing(
    changes: dict[str, Any], said: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, lines = played(monkeypatch, **changes)
    assert seen == []
    assert (said is None and not lines) or (said is not None and said in lines[0])
