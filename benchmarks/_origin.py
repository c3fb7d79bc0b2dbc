"""A small TLS origin in a process of its own: keep-alive HTTP/1.1, one JSON answer.

    python benchmarks/_origin.py CERTIFICATE_AND_KEY.pem

Prints its port, serves until its standard input ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import sys

BODY = (
    b'{"status_code":0,"status_msg":"","extra":{"now":1700000000000,"logid":"20260304050607AB"},'
    b'"user":{"uid":"7000000000000000001","unique_id":"bench","nickname":"Bench","follower_count":'
    b'1284,"following_count":97,"total_favorited":20913,"sec_uid":"MS4wLjABAAAAbenchbenchbench"},'
    b'"log_pb":{"impr_id":"20260304050607AB"},"padding":"' + b"x" * 200 + b'"}'
)
ANSWER = (
    b"HTTP/1.1 200 OK\r\nServer: bench\r\nContent-Type: application/json\r\n"
    b"X-Tt-Logid: 20260304050607AB\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)
)


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Requests without a body, one after the other."""
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(ANSWER)
            await writer.drain()
    writer.close()


async def serve(pem: str) -> None:
    """Until standard input ends."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
