"""The app's side: blocking sockets through a proxy, keep-alive, in a process of its own.

    python benchmarks/_client.py PROXY_PORT HOST CONNECTIONS REQUESTS

Prints one JSON object: seconds in all, and the latencies' median in milliseconds.
"""

from __future__ import annotations

import json
import socket
import ssl
import statistics
import sys
import threading
import time

REQUEST = (
    "GET /aweme/v1/user/profile/self/?device_id=7000000000000000009&iid=7000000000000000008"
    "&app_name=musical_ly&version_code=2024301040&device_platform=android HTTP/1.1\r\n"
    "Host: {host}\r\nUser-Agent: com.zhiliaoapp.musically/2024301040 (Linux; U; Android 14)\r\n"
    "Cookie: sessionid=0123456789abcdef0123456789abcdef; ttreq=1$abc\r\n"
    "X-Tt-Token: 01aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1.0.1\r\nX-Khronos: 1700000000\r\n"
    "X-Gorgon: 8404000000000000000000000000000000000000000000000000\r\n"
    "Accept-Encoding: gzip\r\nAccept: application/json\r\n\r\n"
)


class Connection:
    """CONNECT, TLS, then requests."""

    def __init__(self, port: int, host: str) -> None:
        raw = socket.create_connection(("127.0.0.1", port), timeout=60)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        raw.sendall(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode())
        head = b""
        while b"\r\n\r\n" not in head:
            head += raw.recv(4096)
        if b" 200 " not in head:
            raise OSError(f"CONNECT: {head!r}")
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self._stream = context.wrap_socket(raw, server_hostname=host)
        self._request = REQUEST.format(host=host).encode()

    def ask(self) -> float:
        """Seconds of one exchange. Raises OSError for any answer but 200."""
        begun = time.perf_counter()
        self._stream.sendall(self._request)
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._received()
        head, _, body = data.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise OSError(f"answer: {head!r}")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += self._received()
        return time.perf_counter() - begun

    def _received(self) -> bytes:
        data = self._stream.recv(65536)
        if not data:
            raise OSError("the proxy closed the connection")
        return data


def main(port: int, host: str, connections: int, requests: int) -> None:
    """Shares the requests out over the connections."""
    opened = [Connection(port, host) for _ in range(connections)]
    for connection in opened:
        connection.ask()  # handshakes and imports are not what is measured
    taken: list[list[float]] = [[] for _ in opened]

    def run(number: int) -> None:
        taken[number] = [opened[number].ask() for _ in range(requests // connections)]

    threads = [threading.Thread(target=run, args=(number,)) for number in range(connections)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    latencies = [value for part in taken for value in part]
    if len(latencies) != requests // connections * connections:
        sys.exit("a connection broke off")
    median = statistics.median(latencies) * 1000
    print(json.dumps({"seconds": seconds, "requests": len(latencies), "median_ms": median}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
