"""Stands for the SDK's `emulator`: a simulated phone answers at its port, as adb expects it.

    emulator -avd NAME -port N [-http-proxy http://HOST:PORT] …

Forwards N+1 to the phone of STAND_IN_PHONE (HOST:PORT) and tells the adb server of
ANDROID_ADB_SERVER_PORT, as the real one does; again whenever the phone's adbd was
restarted. Writes its own process id to STAND_IN_PID. With a proxy the phone of the control
address STAND_IN_CONTROL sends its connections there, as QEMU does, for as long as we live; one
that nobody listens at is left out, as by the real one.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import sys
import threading
import time
import urllib.request
from pathlib import Path
from types import FrameType


def main(words: list[str]) -> int:
    Path(os.environ["STAND_IN_PID"]).write_text(str(os.getpid()), encoding="utf-8")
    if words[words.index("-avd") + 1] == "missing":
        sys.stdout.write("PANIC: Unknown AVD name [missing], use -list-avds to see it.\n")
        return 1
    if "-http-proxy" in words:
        use_proxy(words[words.index("-http-proxy") + 1].removeprefix("http://"))
    port = int(words[words.index("-port") + 1]) + 1
    host, _, phone_port = os.environ["STAND_IN_PHONE"].rpartition(":")
    with socket.create_server(("127.0.0.1", port)) as server:
        announce(port)
        while True:
            near, _ = server.accept()
            try:
                far = socket.create_connection((host, int(phone_port)))
            except OSError:  # its adbd is not back yet
                near.close()
                threading.Thread(target=announce, args=(port,), daemon=True).start()
                continue
            threading.Thread(target=serve, args=(near, far, port), daemon=True).start()


def use_proxy(address: str) -> None:
    """Tells the phone; as long as we live."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
    except OSError:
        sys.stdout.write("WARNING | Ignoring invalid http proxy: could not connect\n")
        return
    tell({"verb": "host_proxy", "value": address})
    signal.signal(signal.SIGTERM, end)
    atexit.register(tell, {"verb": "host_proxy", "value": False})


def end(_number: int, _frame: FrameType | None) -> None:
    """As the emulator: orderly."""
    sys.exit(0)


def tell(said: dict[str, object]) -> None:
    """To the phone's control address."""
    url = os.environ["STAND_IN_CONTROL"] + "/phone"
    head = {"Content-Type": "application/json"}
    asked = urllib.request.Request(url, json.dumps(said).encode(), head)  # noqa: S310 - our own
    urllib.request.urlopen(asked, timeout=5).close()  # noqa: S310 - our own


def announce(port: int) -> None:
    """`host:emulator:PORT` to the adb server; the phone takes a moment to boot."""
    time.sleep(0.5)
    message = f"host:emulator:{port}"
    with socket.create_connection(
        ("127.0.0.1", int(os.environ["ANDROID_ADB_SERVER_PORT"]))
    ) as server:
        server.sendall(f"{len(message):04x}{message}".encode())


def serve(near: socket.socket, far: socket.socket, port: int) -> None:
    """One connection of the adb server; when it is over, the server is told to come again."""
    back = threading.Thread(target=copy, args=(far, near), daemon=True)
    back.start()
    copy(near, far)
    back.join()
    announce(port)


def copy(source: socket.socket, target: socket.socket) -> None:
    """Until one side ends."""
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for one in (source, target):
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
