"""/proc of the phone, made from its processes, clock and mounts at each read."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Protocol

from harness.simphone.contracts import Clock, PhoneSpec, Process, Processes
from harness.simphone.network.tcp_sockets import HEAD as TCP_HEAD
from harness.simphone.network.udp_sockets import HEAD
from harness.simphone.storage.generated import (
    Generated,
    GeneratedFolder,
    GeneratedLink,
    Reader,
)
from harness.simphone.storage.identity import context_of
from harness.simphone.storage.mounts import Mount

KERNEL = "6.1.57-android14-11"
BOOTS = uuid.UUID("8b0f7e0e-8f5c-4f57-9d0e-2f6d2a6c1f10")
"""Name space of the boots' identities, which the kernel makes at random."""
PROCESS_FILES = ("attr", "cgroup", "cmdline", "comm", "mounts", "ns", "oom_score_adj", "status")


class ProcTree(Protocol):
    """The part of the file system that /proc needs."""

    def register_generated(self, path_prefix: str, reader: Reader) -> None: ...
    def mounts(self, *, ns: str = "init") -> tuple[Mount, ...]: ...


class ProcPhone(Protocol):
    """The parts of the phone that /proc shows."""

    @property
    def spec(self) -> PhoneSpec: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def processes(self) -> Processes: ...


def namespace_of(process: Process) -> str:
    """The mount namespace a process lives in: apps and the zygote have their own."""
    if process.package is not None or process.name.startswith("zygote"):
        return "zygote"
    return "init"


def register_proc(
    fs: ProcTree,
    phone: ProcPhone,
    *,
    unix_sockets: Callable[[], Iterable[str]] = tuple,
    udp_table: Callable[[], bytes] = lambda: HEAD,
    tcp_table: Callable[[], bytes] = TCP_HEAD.encode,
    memory_kb: tuple[int, int] = (7_600_000, 3_200_000),
) -> None:
    """Plants /proc. `unix_sockets` gives names as /proc/net/unix shows them (`@abstract`);
    `udp_table` and `tcp_table` are /proc/net/udp and /proc/net/tcp;
    `memory_kb` is total and available memory."""

    def uptime(_path: str, _ns: str) -> bytes:
        up = phone.clock.uptime()
        return f"{up:.2f} {up * 6:.2f}\n".encode()

    def net_unix(_path: str, _ns: str) -> bytes:
        head = "Num       RefCount Protocol Flags    Type St Inode Path\n"
        rows = (
            f"0000000000000000: 00000002 00000000 00010000 0001 01 {20000 + i} {name}\n"
            for i, name in enumerate(unix_sockets())
        )
        return (head + "".join(rows)).encode()

    def mount_lines(_path: str, ns: str) -> bytes:
        rows = (f"{m.source} {m.target} {m.kind} {m.line().split('(')[1][:-1]} 0 0\n"
                for m in fs.mounts(ns=ns))  # fmt: skip
        return "".join(rows).encode()

    def proc(path: str, ns: str) -> bytes | Generated | None:
        parts = path.split("/")[2:]
        processes = {str(p.pid): p for p in phone.processes.all()}
        if not parts:
            return GeneratedFolder((*processes, "self"))
        if parts[0] == "self":
            process = Process(pid=1, uid=2000, name="sh", started=0.0)
        elif parts[0] in processes:
            process = processes[parts[0]]
        else:
            return None
        if parts[1:] == ["mounts"]:
            return mount_lines(path, namespace_of(process) if parts[0] != "self" else ns)
        return _process_file(process, parts[1:])

    def boot_id(_path: str, _ns: str) -> bytes:
        return f"{uuid.uuid5(BOOTS, f'{phone.spec.serialno} {phone.clock.boot}')}\n".encode()

    fs.register_generated("/proc", proc)
    fs.register_generated("/proc/uptime", uptime)
    fs.register_generated("/proc/net/unix", net_unix)
    fs.register_generated("/proc/net/udp", lambda _path, _ns: udp_table())
    fs.register_generated("/proc/net/tcp", lambda _path, _ns: tcp_table())
    fs.register_generated("/proc/sys/kernel/random/boot_id", boot_id)
    fs.register_generated("/proc/mounts", mount_lines)
    for path, data in _standing(*memory_kb).items():
        fs.register_generated(path, lambda _path, _ns, data=data: data)


def _standing(total: int, free: int) -> dict[str, bytes]:
    """Files that never change; memory in kB."""
    memory = f"MemTotal: {total:>14} kB\nMemFree: {free // 3:>15} kB\nMemAvailable: {free:>10} kB\n"
    cores = "".join(
        f"processor\t: {n}\nBogoMIPS\t: 38.40\nCPU architecture: 8\n\n" for n in range(8)
    )
    return {
        "/proc/net/tcp6": TCP_HEAD.encode(),
        "/proc/net/udp6": HEAD,
        "/proc/meminfo": memory.encode(),
        "/proc/cpuinfo": cores.encode(),
        "/proc/version": f"Linux version {KERNEL} (build@host) #1 SMP PREEMPT\n".encode(),
        "/proc/loadavg": b"1.02 0.98 0.91 2/1203 9999\n",
    }


def _process_file(process: Process, rest: list[str]) -> bytes | Generated | None:
    name, pid = process.name, process.pid
    status = (
        f"Name:\t{name[-15:]}\nState:\tS (sleeping)\nTgid:\t{pid}\nPid:\t{pid}\n"
        f"PPid:\t{process.ppid}\nUid:\t{process.uid}\t{process.uid}\t{process.uid}\t{process.uid}\n"
    )
    files: dict[str, bytes | Generated] = {
        "": GeneratedFolder(PROCESS_FILES),
        "cmdline": name.encode() + b"\0",
        "comm": name[-15:].encode() + b"\n",
        "status": status.encode(),
        "oom_score_adj": b"0\n",
        "cgroup": f"0::/uid_{process.uid}/pid_{pid}\n".encode(),
        "attr": GeneratedFolder(("current",)),
        "attr/current": context_of(process.uid).encode(),
        "ns": GeneratedFolder(("mnt", "pid")),
        "ns/mnt": GeneratedLink(f"mnt:[{_namespace_inode(process)}]"),
    }
    return files.get("/".join(rest))


def _namespace_inode(process: Process) -> int:
    return 4026531841 + (namespace_of(process) == "zygote")
