from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.simphone.contracts import PhoneSpec, Process
from harness.simphone.storage import PhoneFileSystem, register_proc
from harness.simphone.storage.proc import namespace_of
from tests.simphone.storage.conftest import StandingClock

LIVE = [
    Process(1, 0, "init", 0),
    Process(400, 0, "zygote64", 0),
    Process(500, 10142, "com.example.app", 0, "com.example.app", 400),
]


@pytest.fixture
def proc(fs: PhoneFileSystem, clock: StandingClock) -> PhoneFileSystem:
    processes = SimpleNamespace(all=lambda: LIVE)
    phone = SimpleNamespace(spec=PhoneSpec("x"), clock=clock, processes=processes)
    register_proc(fs, cast("Any", phone), unix_sockets=lambda: ["@webview_devtools_remote_500"])
    return fs


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/proc/uptime", "12.50 75.00"),
        ("/proc/version", "Linux version 6.1"),
        ("/proc/meminfo", "MemAvailable:"),
        ("/proc/net/unix", "@webview_devtools_remote_500"),
        ("/proc/500/cmdline", "com.example.app\0"),
        ("/proc/500/status", "PPid:\t400"),
        ("/proc/500/attr/current", "u:r:runas_app"),
        ("/proc/mounts", "/dev/fuse /storage/emulated fuse rw,seclabel,relatime 0 0"),
        ("/proc/self/mounts", "/data f2fs"),
        ("/proc/500/mounts", "/data f2fs"),
        ("/proc/loadavg", "1.02"),
    ],
)
def test_files(proc: PhoneFileSystem, path: str, text: str) -> None:
    assert text in proc.read(path, uid=2000).decode()


def test_folders_and_namespaces(proc: PhoneFileSystem) -> None:
    assert {"1", "400", "500", "self", "net", "uptime"} <= set(proc.listdir("/proc"))
    assert proc.listdir("/proc/net") == ["tcp", "tcp6", "udp", "udp6", "unix"]
    assert [namespace_of(p) for p in LIVE] == ["init", "zygote", "zygote"]
    links = {proc.readlink(f"/proc/{p.pid}/ns/mnt") for p in LIVE}
    assert len(links) == 2
    with pytest.raises(FileNotFoundError):
        proc.read("/proc/77/cmdline")
