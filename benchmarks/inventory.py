"""Inventory of many files against one plain `adb shell find … -exec stat … {} +`, side by side.

    .venv/bin/python benchmarks/inventory.py [--files 100000] [--rounds 3] [--serial S --port P]

Without `--serial` a simulated phone is started for it; with it, the phone must be rooted and
its app's files/bench folder is made and removed. Prints one JSON line; exit 1 above the bar.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
import tracemalloc
from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from harness.adapters.adb.device import AdbDevice
from harness.adapters.adb.link import AdbLink
from harness.adapters.adb.server import start_server
from harness.adapters.child import free_port
from harness.adapters.inventory.take import Hashing, take_inventory
from harness.adapters.places import adb_binary
from harness.adapters.profile_file import load_profile
from harness.session.launch import launch

BAR = 1.5
PACKAGE = "com.zhiliaoapp.musically"
TREE = f"/data/user/0/{PACKAGE}"
KEY = bytes(32)


@contextmanager
def phone(serial: str | None, port: int) -> Generator[AdbDevice]:
    """The phone asked for, or a simulated one for the time of the measurement."""
    if serial is not None:
        yield AdbDevice("bench", serial, AdbLink("127.0.0.1", port))
        return
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(free_port(), log=Path(folder) / "adb.log")
        words = ["harness", "phone", "--count", "1", "--profile", "userdebug", "--json"]
        try:
            made = launch("bench", words, adb_port=server.link.port, log=Path(folder) / "log")
            try:
                yield AdbDevice("bench", made.serial, server.link)
            finally:
                made.stop()
        finally:
            server.stop()


def plant(device: AdbDevice, files: int, folder: Path) -> None:
    """`files` small files in folders of 1 000, by one archive."""
    archive = folder / "bench.tar"
    with tarfile.open(archive, "w") as tar:
        for number in range(files):
            entry = tarfile.TarInfo(f"bench/{number // 1000}/clip {number}.mp4")
            entry.size, entry.mtime = 3, 1_790_000_000
            tar.addfile(entry, BytesIO(b"abc"))
    device.push(archive, "/data/local/tmp/bench.tar", timeout=300)
    done = device.shell(f"cd {TREE}/files && tar -xf /data/local/tmp/bench.tar", timeout=900)
    if not done.ok:
        raise SystemExit(f"planting failed: exit {done.exit_code}: {done.stderr[:300]}")


def plain(device: AdbDevice) -> float:
    """Seconds of the plain command, by the adb binary, its output thrown away."""
    command = f"find {TREE} -type f -exec stat -c '%s|%Y|%i|%u|%n' {{}} +"
    words = [str(adb_binary()), "-P", str(device.link.port), "-s", device.serial, "shell", command]
    begun = time.perf_counter()
    subprocess.run(words, stdout=subprocess.DEVNULL, check=True, timeout=900)
    return time.perf_counter() - begun


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--files", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--serial")
    options.add_argument("--port", type=int, default=5037)
    given = options.parse_args()
    profile = load_profile("tiktok")
    with phone(given.serial, given.port) as device, tempfile.TemporaryDirectory() as folder:
        device.root()
        plant(device, given.files, Path(folder))
        try:
            plains, ours = [], []
            found = None
            for _ in range(given.rounds):
                plains.append(plain(device))
                begun = time.perf_counter()
                found = take_inventory(device, profile, hashing=Hashing.NONE, key=KEY)
                ours.append(time.perf_counter() - begun)
            tracemalloc.start()
            take_inventory(device, profile, hashing=Hashing.NONE, key=KEY)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        finally:
            device.shell(f"rm -rf {TREE}/files/bench /data/local/tmp/bench.tar", timeout=300)
        assert found is not None
        ratio = statistics.median(ours) / statistics.median(plains)
        result = {
            "files": len(found.items),
            "plain_seconds": [round(value, 2) for value in plains],
            "inventory_seconds": [round(value, 2) for value in ours],
            "ratio": round(ratio, 3),
            "bar": BAR,
            "round_trips": found.cost.round_trips,
            "received_bytes": found.cost.received,
            "peak_memory_bytes": peak,
            "phone": given.serial or "simulated, started for this",
            "host": f"{platform.machine()}, {os.cpu_count()} cores",
            "python": platform.python_version(),
        }
    print(json.dumps(result))
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
