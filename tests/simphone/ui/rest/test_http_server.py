import asyncio
import contextlib

from harness.simphone.ui.rest.faults import ConnectionDroppedError
from harness.simphone.ui.rest.http_server import HttpServer, Response


async def answer(method: str, path: str, body: bytes) -> Response:
    if path == "/drop":
        raise ConnectionDroppedError(path)
    return Response(200, f"{method} {path} {len(body)}".encode(), "text/plain")


def talk(*requests: bytes) -> bytes:
    """All that comes back on one connection for these bytes, sent piece by piece."""

    async def main() -> bytes:
        server = HttpServer(answer)
        port = await server.start()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in requests:
            writer.write(request)
            await writer.drain()
            await asyncio.sleep(0.01)
        with contextlib.suppress(OSError):  # the server may have closed already
            writer.write_eof()
        received = await asyncio.wait_for(reader.read(), 2)
        writer.close()
        await server.close()
        return received

    return asyncio.run(main())


GET = b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n"


def test_one_connection_serves_many_requests() -> None:
    received = talk(GET, GET + GET)
    assert received.count(b"HTTP/1.1 200") == 3
    assert received.count(b"GET /a 0") == 3


def test_a_body_may_come_in_pieces() -> None:
    head = b"POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n"
    assert b"POST /b 6" in talk(head, b"abc", b"def")
    chunked = b"POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
    assert b"POST /c 3" in talk(chunked, b"0\r\n\r\n")


def test_a_wish_to_close_is_kept() -> None:
    close = b"GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert talk(close, GET).count(b"HTTP/1.1 200") == 1


def test_no_answer_for_a_dropped_or_unreadable_request() -> None:
    assert talk(b"GET /drop HTTP/1.1\r\nHost: x\r\n\r\n") == b""
    assert talk(b"\x16\x03\x01 this is not HTTP\r\n\r\n") == b""


def test_closing_ends_open_connections() -> None:
    async def main() -> None:
        server = HttpServer(answer)
        port = await server.start()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET)
        await reader.readuntil(b"GET /a 0")
        await asyncio.wait_for(server.close(), 2)
        assert await asyncio.wait_for(reader.read(), 2) == b""
        writer.close()

    asyncio.run(main())
