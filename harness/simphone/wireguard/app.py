"""The WireGuard app on the phone: tunnels are files of its own, intents switch them.

As com.wireguard.android: FileConfigStore keeps `files/NAME.conf`; TunnelManager$IntentReceiver
takes SET_TUNNEL_UP and SET_TUNNEL_DOWN of whoever holds CONTROL_TUNNELS, which adb's shell does
not, where the app's own setting allows remote control (here it does).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from harness.simphone.android import package_data
from harness.simphone.android.apk.manifest import Manifest
from harness.simphone.android.intents import Intent
from harness.simphone.contracts import ROOT_UID, Invocation, Package
from harness.simphone.wireguard.config import TunnelConfig, read_config
from harness.simphone.wireguard.tunnel import Tunnel
from harness.simphone.wireguard.uplink import TunnelUplink

if TYPE_CHECKING:
    from harness.simphone.android.parts import AndroidPhone

PACKAGE = "com.wireguard.android"
UID = 10_190
RECEIVER = (PACKAGE, f"{PACKAGE}.model.TunnelManager$IntentReceiver")
_ACTION = f"{PACKAGE}.action.SET_TUNNEL_"
_HOST_OF_EMULATOR = "10.0.2.2"
_APP_OP = "ACTIVATE_VPN"
_STARTING: set[asyncio.Task[None]] = set()


def install(phone: AndroidPhone) -> None:
    """As a person did it from the store, who has allowed remote control as well."""
    created = phone.clock.now()
    package = Package(
        name=PACKAGE,
        version_code=509,
        version_name="1.0.20231018",
        uid=UID,
        code_path=f"/data/app/~~wireguard/{PACKAGE}",
        min_sdk=24,
        target_sdk=34,
        debuggable=False,
        first_install=created,
        last_update=created,
        installer="com.android.vending",
    )
    package.ce_inode = package_data.create(phone.fs, PACKAGE, UID)
    phone.packages.preinstall(package, Manifest(package=PACKAGE))


def ordered(phone: AndroidPhone, intent: Intent, invocation: Invocation) -> None:
    """A broadcast; what is not for this app, or not allowed, changes nothing."""
    action = intent.action or ""
    if phone.packages.get(PACKAGE) is None or not action.startswith(_ACTION):
        return
    if intent.component != RECEIVER or invocation.uid != ROOT_UID:
        phone.log.write("ActivityManager", f"Permission Denial: broadcasting {action}")
        return
    name = intent.extras.get("tunnel", "")
    if action.removeprefix(_ACTION) == "DOWN":
        phone.network.leave_tunnel(name)
        return
    modes = phone.activities.state.app_ops.get(PACKAGE, {})
    path = f"{package_data.ce(PACKAGE)}/files/{name}.conf"
    if modes.get(_APP_OP) != "allow":
        phone.log.write("WireGuard/TunnelManager", f"Unable to bring up {name}: no consent")
        return
    try:
        config = read_config(phone.fs.read(path).decode())
    except (OSError, ValueError) as error:
        phone.log.write("WireGuard/TunnelManager", f"Bad config {name}: {error}")
        return
    task = asyncio.ensure_future(_up(phone, name, config))
    _STARTING.add(task)
    task.add_done_callback(_STARTING.discard)


async def _up(phone: AndroidPhone, name: str, config: TunnelConfig) -> None:
    host, port = config.endpoint
    endpoint = ("127.0.0.1", port) if host == _HOST_OF_EMULATOR else (host, port)
    tunnel = Tunnel(config)
    try:
        await tunnel.start(endpoint=endpoint)
    except OSError as error:
        phone.log.write("WireGuard/GoBackend", f"{name}: {error}")
        return
    packages = [phone.packages.get(package) for package in config.applications]
    uids = frozenset(package.uid for package in packages if package is not None)
    phone.network.enter_tunnel(name, TunnelUplink(tunnel), uids)
