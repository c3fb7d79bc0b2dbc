import asyncio
import stat
import struct

import pytest

from harness.simphone.adbd.sync_service import pushed_mode
from tests.simphone.adbd.host import connected
from tests.simphone.adbd.standins import MemoryFileSystem, Phone

QUIT = b"QUIT" + bytes(4)


def ask(kind: bytes, path: str) -> bytes:
    raw = path.encode(errors="surrogateescape")
    return kind + len(raw).to_bytes(4, "little") + raw


def send(path: str, content: bytes, mode: int = 0o100644, mtime: int = 1234) -> bytes:
    data = b"DATA" + len(content).to_bytes(4, "little") + content
    return ask(b"SEND", f"{path},{mode}") + data + b"DONE" + mtime.to_bytes(4, "little")


def talk(fs: MemoryFileSystem, *requests: bytes, root: bool = False) -> bytes:
    async def scenario() -> bytes:
        async with connected(Phone(fs=fs, adb_root=root)) as (host, _):
            return await host.talk("sync:", b"".join(requests) + QUIT)

    return asyncio.run(scenario())


@pytest.fixture
def fs() -> MemoryFileSystem:
    made = MemoryFileSystem()
    made.write("/data/a", b"content", mode=0o640, mtime=99.0)
    made.symlink("/data", "/link")
    return made


@pytest.mark.parametrize(
    ("asked", "pushed"), [(0o100644, 0o666), (0o100755, 0o777), (0o600, 0o666), (0o444, 0o444)]
)
def test_the_owners_permissions_are_given_to_all(asked: int, pushed: int) -> None:
    assert pushed_mode(asked) == pushed


def test_several_requests_on_one_stream(fs: MemoryFileSystem) -> None:
    answer = talk(fs, ask(b"STAT", "/data/a"), ask(b"STAT", "/gone"), ask(b"LST2", "/gone"))

    assert answer[:16] == b"STAT" + struct.pack("<III", stat.S_IFREG | 0o640, 7, 99)
    assert answer[16:32] == b"STAT" + bytes(12)
    assert answer[32:40] == b"LST2\x02\0\0\0"


@pytest.mark.parametrize(
    ("kind", "path", "is_link"),
    [
        (b"LST2", "/link", True),
        (b"STA2", "/link", False),
        (b"LST2", "/link/", False),
        (b"LST2", "/link/.", False),
    ],
)
def test_links_are_followed_as_the_kernel_does(
    fs: MemoryFileSystem, kind: bytes, path: str, is_link: bool
) -> None:
    mode = int.from_bytes(talk(fs, ask(kind, path))[24:28], "little")

    assert stat.S_ISLNK(mode) is is_link


@pytest.mark.parametrize(("kind", "fixed"), [(b"LIST", 20), (b"LIS2", 76)])
def test_a_folder_is_listed_with_its_dots(fs: MemoryFileSystem, kind: bytes, fixed: int) -> None:
    answer = talk(fs, ask(kind, "/data//"))
    names: list[bytes] = []
    while not answer.startswith(b"DONE"):
        length = int.from_bytes(answer[fixed - 4 : fixed], "little")
        names.append(answer[fixed : fixed + length])
        answer = answer[fixed + length :]

    assert names == [b".", b"..", b"a"]
    assert answer == b"DONE" + bytes(fixed - 4)


def test_what_is_no_folder_looks_empty(fs: MemoryFileSystem) -> None:
    assert talk(fs, ask(b"LIST", "/data/a")) == b"DONE" + bytes(16)


def test_a_file_is_pushed_with_time_owner_mode_and_parents(fs: MemoryFileSystem) -> None:
    assert talk(fs, send("/data/new/deep/f, x", b"hello")) == b"OKAY" + bytes(4)

    found = fs.stat("/data/new/deep/f, x")
    assert (found.mode, found.uid, found.mtime) == (stat.S_IFREG | 0o666, 2000, 1234.0)
    assert fs.read("/data/new/deep/f, x") == b"hello"
    assert fs.stat("/data/new").mode == stat.S_IFDIR | 0o775


def test_root_owns_what_it_pushes_over_a_file_of_another(fs: MemoryFileSystem) -> None:
    fs.write("/data/theirs", b"old", uid=10_123)
    talk(fs, send("/data/theirs", b"new"), root=True)

    assert (fs.read("/data/theirs"), fs.stat("/data/theirs").uid) == (b"new", 0)


def test_a_link_is_pushed_as_a_link(fs: MemoryFileSystem) -> None:
    talk(fs, send("/data/l", b"/data/a\0", mode=stat.S_IFLNK | 0o777))

    assert stat.S_ISLNK(fs.stat("/data/l", follow=False).mode)
    assert fs.stat("/data/l").size == 7


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/system/x", b"couldn't create file: Read-only file system"),
        ("/root-only/x/y", b"couldn't create file: Permission denied"),
        ("/system/new/x", b"secure_mkdirs failed: Read-only file system"),
    ],
)
def test_a_refused_push_fails_after_done_and_the_stream_goes_on(
    fs: MemoryFileSystem, path: str, problem: bytes
) -> None:
    answer = talk(fs, send(path, b"x" * 1000), send("/data/ok", b"y"))

    expected = b"FAIL" + len(problem).to_bytes(4, "little") + problem
    assert answer == expected + b"OKAY" + bytes(4)


def test_a_large_file_is_pulled_in_records_of_64_kib(fs: MemoryFileSystem) -> None:
    content = bytes(range(256)) * 3000
    fs.write("/data/large", content)
    answer = talk(fs, ask(b"RECV", "/data/large"))
    pulled = b""
    while answer.startswith(b"DATA"):
        length = int.from_bytes(answer[4:8], "little")
        assert length <= 65536
        pulled += answer[8 : 8 + length]
        answer = answer[8 + length :]

    assert (pulled, answer) == (content, b"DONE" + bytes(4))


def test_an_empty_file_is_pulled(fs: MemoryFileSystem) -> None:
    fs.write("/data/empty", b"")

    assert talk(fs, ask(b"RECV", "/data/empty")) == b"DONE" + bytes(4)


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/gone", "No such file or directory"), ("/root-only/x", "Permission denied")],
)
def test_what_cannot_be_read_fails_with_its_reason(
    fs: MemoryFileSystem, path: str, reason: str
) -> None:
    assert talk(fs, ask(b"RECV", path)).endswith(f"open failed: {reason}".encode())


@pytest.mark.parametrize(
    ("request_bytes", "text"),
    [
        (ask(b"STAT", "/" + "x" * 1024), b"path too long"),
        (ask(b"NOPE", "/"), b"unknown command b'NOPE'"),
        (ask(b"SEND", "/data/x") + b"DONE\0\0\0\0", b"missing , in ID_SEND"),
        (ask(b"SEND", "/data/x,1") + b"NOPE\0\0\0\0", b"invalid data message b'NOPE' 0"),
    ],
)
def test_bad_requests(fs: MemoryFileSystem, request_bytes: bytes, text: bytes) -> None:
    assert text in talk(fs, request_bytes)
