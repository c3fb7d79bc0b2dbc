"""The phone's state at one moment: network, clock, space, battery, lock."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from harness.adapters.adb.batch import read_batch
from harness.adapters.adb.text.battery import read_battery
from harness.adapters.adb.text.clock import COMMAND, ClockReading, read_clock
from harness.adapters.adb.text.network import read_connectivity
from harness.adapters.adb.text.settings import proxy_of, read_setting, read_switch
from harness.adapters.adb.text.storage import read_df, read_diskstats
from harness.adapters.adb.text.window import read_locked, read_screen_on
from harness.domain.facts.device import DeviceConditions
from harness.ports import DeviceControl

LOW_MEMORY = 0.04
"""Share of memory still available under which Android kills whatever is not in front."""

COMMANDS = {
    "airplane": "settings get global airplane_mode_on",
    "wifi": "settings get global wifi_on",
    "data": "settings get global mobile_data",
    "private_dns": "settings get global private_dns_mode",
    "http_proxy": "settings get global http_proxy",
    "connectivity": "dumpsys -t 5 connectivity || dumpsys connectivity",
    "df": "df -k /data",
    "diskstats": "dumpsys diskstats | head -n 8",
    "battery": "dumpsys battery",
    "window": "dumpsys window",
    "power": "dumpsys power | grep mWakefulness=",
    "memory": "cat /proc/meminfo",
    "uptime": "cat /proc/uptime",
}


def read_conditions(phone: DeviceControl, *, proxy_expected: str | None = None) -> DeviceConditions:
    """Raises InstrumentError when the phone is gone; what cannot be read is None."""
    text = read_batch(phone, COMMANDS)
    clock = measure_clock(phone)
    network = read_connectivity(text["connectivity"])
    space = read_df(text["df"]) or read_diskstats(text["diskstats"])
    return DeviceConditions(
        airplane=read_switch(text["airplane"]),
        wifi=_wifi(text["wifi"]),
        mobile_data=read_switch(text["data"]),
        network=network.network,
        validated=network.validated,
        captive_portal=network.captive_portal,
        vpn=network.vpn,
        private_dns=read_setting(text["private_dns"]) or None,
        http_proxy=proxy_of(read_setting(text["http_proxy"])),
        proxy_expected=proxy_expected,
        clock_offset=clock.offset if clock else None,
        clock_uncertainty=clock.uncertainty if clock else None,
        free_bytes=space[1] if space else None,
        total_bytes=space[0] if space else None,
        battery=read_battery(text["battery"]),
        screen_on=read_screen_on(text["power"]),
        locked=read_locked(text["window"]),
        memory_low=memory_low(text["memory"]),
        uptime=read_uptime(text["uptime"]),
    )


def measure_clock(
    phone: DeviceControl, *, wall: Callable[[], float] = time.time
) -> ClockReading | None:
    """The phone's clock against ours; None when `date` gave nothing to read."""
    before = wall()
    result = phone.shell(COMMAND)
    return read_clock(result.stdout, before, wall())


def memory_low(meminfo: str) -> bool | None:
    """Hardly any memory is available; None when /proc/meminfo does not say."""
    total = re.search(r"^MemTotal:\s+(\d+)", meminfo, re.MULTILINE)
    available = re.search(r"^MemAvailable:\s+(\d+)", meminfo, re.MULTILINE)
    if total is None or available is None or not int(total[1]):
        return None
    return int(available[1]) / int(total[1]) < LOW_MEMORY


def read_uptime(text: str) -> float | None:
    """Seconds since the start, the first number of /proc/uptime (proc(5)); None without one."""
    found = re.match(r"\s*(\d+(?:\.\d+)?)\s", text)
    return float(found[1]) if found else None


def _wifi(text: str) -> bool | None:
    # Settings.Global.WIFI_ON: 0 off, 1 on, 2 on in spite of airplane mode, 3 off because of it
    return {"0": False, "1": True, "2": True, "3": False}.get(text.strip())
