"""The real adb and adbutils against the daemon."""

import socket
import socketserver
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import override

import pytest
from adbutils import AdbClient, AdbDevice, AdbError

from harness.simphone.adbd import Authorization
from tests.simphone.adbd.real_adb import AdbServer, Attached, Loop
from tests.simphone.adbd.standins import Phone

ODD_NAME = "odd ü, 'quoted' $x.txt"
Attach = Callable[[Phone], Attached]


@pytest.fixture(scope="session")
def loop() -> Iterator[Loop]:
    made = Loop()
    yield made
    made.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AdbServer]:
    made = AdbServer(tmp_path_factory.mktemp("adb"))
    assert made.run("start-server").returncode == 0
    yield made
    made.run("kill-server")


@pytest.fixture
def attach(loop: Loop, server: AdbServer) -> Iterator[Attach]:
    attached: list[Attached] = []

    def make(phone: Phone) -> Attached:
        attached.append(Attached(server, loop, phone))
        return attached[-1]

    yield make
    for one in attached:
        one.close()


@pytest.fixture
def phone(attach: Attach) -> Attached:
    made = attach(Phone())
    assert made.connect() == f"connected to {made.serial}"
    return made


@pytest.fixture
def device(phone: Attached) -> AdbDevice:
    return AdbClient("127.0.0.1", phone.server.port, socket_timeout=20).device(phone.serial)


class Upper(socketserver.BaseRequestHandler):
    @override
    def handle(self) -> None:
        while data := self.request.recv(65536):
            self.request.sendall(data.upper())


@contextmanager
def upper_server() -> Generator[int]:
    """A server on this machine that answers in capitals; its port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Upper) as made:
        made.daemon_threads = True
        threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
        yield made.server_address[1]
        made.shutdown()


def ask(port: int, data: bytes) -> bytes:
    """Sends `data`, gathers as many bytes; fewer when the connection ends."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as app:
        threading.Thread(target=app.sendall, args=(data,), daemon=True).start()
        heard = b""
        while len(heard) < len(data) and (piece := app.recv(65536)):
            heard += piece
        return heard


def test_the_device_list_shows_the_phone(phone: Attached) -> None:
    line = next(
        x
        for x in phone.server.run("devices", "-l").stdout.decode().splitlines()
        if x.startswith(phone.serial)
    )

    assert "device product:shiba model:Pixel_8 device:shiba" in line
    assert {"shell_v2", "abb_exec", "ls_v2"} <= set(phone.says("features").split())


def test_shell_streams_and_exit_codes(phone: Attached) -> None:
    assert phone.says("shell", "echo hi") == "hi\n"
    assert phone.adb("shell", "exit 42").returncode == 42
    refused = phone.adb("shell", "nope")
    assert (refused.returncode, refused.stdout) == (127, b"")
    assert refused.stderr == b"sh: nope: inaccessible or not found\n"
    assert phone.adb("shell", "cat", stdin=b"x" * 500_000).stdout == b"x" * 500_000
    assert phone.adb("shell", stdin=b"echo piped\n").stdout == b"piped\n"
    assert phone.says("shell", "-x", "complain v1") == "v1\n"
    assert len(phone.adb("exec-out", "flood 3000000").stdout) == 3_000_000


def test_a_package_is_streamed_into_the_phone(phone: Attached) -> None:
    apk = phone.server.folder / "some.apk"
    apk.write_bytes(bytes(2_000_000))

    assert phone.says("install", "-r", str(apk)).endswith("Success\n")
    assert phone.phone.shell.argvs[-1] == ["cmd", "package", "install", "-r", "-S", "2000000"]


def test_folders_go_there_and_back(phone: Attached) -> None:
    folder = phone.server.folder / "to-push"
    (folder / "sub" / "deep").mkdir(parents=True)
    contents = {
        ODD_NAME: b"odd",
        "empty": b"",
        "sub/large": bytes(range(256)) * 4000,
        "sub/deep/x": b"x",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)

    phone.says("push", str(folder), "/sdcard/pushed")
    back = phone.server.folder / "pulled"
    phone.says("pull", "-a", "/sdcard/pushed", str(back))

    for name, content in contents.items():
        assert (back / name).read_bytes() == content
        assert int((back / name).stat().st_mtime) == int((folder / name).stat().st_mtime)
    assert ODD_NAME in phone.says("ls", "/sdcard/pushed")
    denied = phone.adb("push", str(folder / "empty"), "/system/x")
    assert denied.returncode == 1
    assert b"remote couldn't create file: Read-only file system" in denied.stderr


def test_reverse_carries_an_apps_connection_to_the_host(phone: Attached) -> None:
    ports = phone.phone.network.ports
    with upper_server() as port:
        assert phone.says("reverse", "tcp:8080", f"tcp:{port}") == ""
        assert phone.says("reverse", "--list") == f"host-1 tcp:8080 tcp:{port}\n\n"
        taken = phone.adb("reverse", "--no-rebind", "tcp:8080", "tcp:1")
        assert (taken.returncode, taken.stderr.strip()) == (
            1,
            b"adb: error: cannot rebind existing socket",
        )
        assert phone.says("reverse", "tcp:8080", f"tcp:{port}") == ""
        assert ask(ports[8080], b"hello") == b"HELLO"
        assert ask(ports[8080], b"bulk" * 500_000) == b"BULK" * 500_000

        any_port = int(phone.says("reverse", "tcp:0", f"tcp:{port}"))
        assert ask(ports[any_port], b"too") == b"TOO"
        assert phone.says("reverse", "--remove", "tcp:8080") == ""
        assert phone.adb("reverse", "--remove", "tcp:8080").returncode == 1
        assert phone.says("reverse", "--remove-all") == ""
        assert ports == {}


def test_a_refused_reverse_connects_and_then_ends(phone: Attached) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        phone.says("reverse", "tcp:8080", f"tcp:{unused.getsockname()[1]}")
        os_port = phone.phone.network.ports[8080]
        with socket.create_connection(("127.0.0.1", os_port), timeout=20) as app:
            assert app.recv(10) == b""


def test_forward_reaches_a_socket_of_the_phone(phone: Attached) -> None:
    with upper_server() as port:
        phone.phone.local["tcp:7912"] = port
        local = int(phone.says("forward", "tcp:0", "tcp:7912"))
        assert ask(local, b"hello") == b"HELLO"
        refused = int(phone.says("forward", "tcp:0", "tcp:6790"))
        with socket.create_connection(("127.0.0.1", refused), timeout=20) as app:
            assert app.recv(10) == b""
        assert phone.phone.asked.count("tcp:6790") == 2  # before and after it was held
        phone.says("forward", "--remove-all")


def test_root_restarts_adbd_and_reverse_is_empty_after_it(phone: Attached) -> None:
    phone.says("reverse", "tcp:8080", "tcp:1")
    assert phone.says("root") == "restarting adbd as root\n"
    phone.wait_for("device")
    assert phone.says("shell", "id") == "uid=0\n"
    assert phone.phone.network.ports == {}
    assert phone.says("reverse", "--list").strip() == ""
    assert phone.says("root") == "adbd is already running as root\n"


def test_a_drop_is_survived(phone: Attached) -> None:
    phone.loop.call(phone.daemon.drop_connections)
    phone.wait_for("device")
    assert phone.says("shell", "echo back") == "back\n"


def test_reboot(phone: Attached) -> None:
    assert phone.adb("reboot").returncode == 0
    phone.server.run("-s", phone.serial, "wait-for-any-disconnect")
    phone.wait_for("device")
    assert phone.phone.reboots == 1


@pytest.mark.parametrize(("into", "state"), [("recovery", "recovery"), ("sideload", "sideload")])
def test_reboot_into_a_recovery_that_serves_no_shell(
    phone: Attached, into: str, state: str
) -> None:
    assert phone.adb("reboot", into).returncode == 0
    phone.wait_for(state)
    refused = phone.adb("shell", "echo in")
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert b"error: closed" in refused.stderr
    assert phone.adb("reboot").returncode == 0
    phone.wait_for("device")
    assert phone.says("shell", "echo back") == "back\n"


def test_a_boot_loader_is_nothing_that_adb_sees(phone: Attached) -> None:
    assert phone.adb("reboot", "bootloader").returncode == 0
    phone.server.run("-s", phone.serial, "wait-for-any-disconnect")
    assert phone.connect().startswith(("failed to connect", "cannot connect", "already connected"))
    assert phone.state() in ("", "offline")
    phone.loop.run(phone.daemon.reboot())
    phone.wait_for("device")


def test_authorization(attach: Attach, server: AdbServer) -> None:
    locked, trusting, offered = attach(Phone()), attach(Phone()), attach(Phone())

    locked.daemon.set_authorization(Authorization.UNAUTHORIZED)
    locked.connect()
    locked.wait_for("unauthorized")

    trusting.daemon.set_authorization(Authorization.SIGNATURE)
    trusting.connect()
    trusting.wait_for("unauthorized")
    trusting.loop.call(trusting.daemon.allow_offered_keys)
    trusting.wait_for("device")
    trusting.loop.call(trusting.daemon.drop_connections)  # now by its signature alone
    trusting.wait_for("device")

    offered.daemon.set_authorization(Authorization.OFFERED)
    offered.connect()
    offered.wait_for("device")
    assert offered.says("shell", "echo in") == "in\n"


def test_states_other_than_device(attach: Attach) -> None:
    recovery = attach(Phone())
    recovery.daemon.set_state("recovery")
    recovery.connect()

    assert recovery.state() == "recovery"


def test_adbutils(phone: Attached, device: AdbDevice) -> None:
    assert device.shell("echo v1") == "v1"
    framed = device.shell2("exit 7", v2=True)
    assert framed.returncode == 7
    device.sync.push(b"content", f"/sdcard/new/{ODD_NAME}")
    assert device.sync.stat(f"/sdcard/new/{ODD_NAME}").size == 7
    assert device.sync.read_bytes(f"/sdcard/new/{ODD_NAME}") == b"content"
    listed = [file.path for file in device.sync.iter_directory("/sdcard/new")]
    assert listed == [".", "..", ODD_NAME]
    assert not device.sync.exists("/sdcard/gone")
    device.sync.pull("/sdcard/new", phone.server.folder / "adbutils")
    assert (phone.server.folder / "adbutils" / ODD_NAME).read_bytes() == b"content"

    device.reverse("tcp:8080", "tcp:9")
    assert [(r.remote, r.local) for r in device.reverse_list()] == [("tcp:8080", "tcp:9")]
    with pytest.raises(AdbError, match="cannot rebind"):
        device.reverse("tcp:8080", "tcp:10", norebind=True)
    device.reverse_remove_all()
    assert device.reverse_list() == []
