"""`app_process`: Java programs from a jar. One is known: openatx/uiautomator2's server.

It prints nothing, serves HTTP at the port of `-p` until its stream ends, and is a
process of the phone meanwhile. Any other class cannot be run here, which ends as on
a phone whose class path does not hold the class.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, cast

from harness.simphone.contracts import Invocation, PhoneParts
from harness.simphone.ui.display import PhoneDisplay
from harness.simphone.ui.rest.http_server import HttpServer, Response
from harness.simphone.ui.u2_calls import CallError, U2Phone, answer

_U2_MAIN = "com.wetest.uia2.Main"
_DEFAULT_PORT = 9008
_ABORTED = 134
_NO_METHOD, _SERVER_ERROR = -32601, -32001  # JSON-RPC, and jsonrpc4j's


async def app_process(invocation: Invocation) -> int:
    """Runs `[OPTION…] PARENT-DIR CLASS [ARG…]` with CLASSPATH of the environment."""
    words = [word for word in invocation.argv[1:] if not word.startswith("--")]
    name = words[1] if len(words) > 1 else ""
    phone, display = invocation.phone, invocation.phone.display
    if name != _U2_MAIN or not _has_jar(invocation) or not isinstance(display, PhoneDisplay):
        phone.log.write("AndroidRuntime", f"java.lang.ClassNotFoundException: {name}", priority="E")
        await invocation.stderr.write(b"Aborted\n")
        return _ABORTED
    port = words[words.index("-p") + 1] if "-p" in words[:-1] else str(_DEFAULT_PORT)
    if not port.isdigit():
        await invocation.stderr.write(f"bad port {port}\n".encode())
        return 1
    await _serve(phone, display, int(port))
    return 0


def _has_jar(invocation: Invocation) -> bool:
    try:
        invocation.phone.fs.stat(invocation.env.get("CLASSPATH", ""), uid=invocation.uid)
    except OSError:
        return False
    return True


async def _serve(phone: PhoneParts, display: PhoneDisplay, port: int) -> None:
    """Until it is cancelled, which is how the stream's end reaches a program."""
    at = U2Phone(phone, display)

    async def reply(method: str, target: str, body: bytes) -> Response:
        if target == "/ping":
            return Response(200, b"pong", "text/plain")
        if (method, target) == ("POST", "/jsonrpc/0"):
            return Response(200, json.dumps(await _rpc(at, body)).encode())
        return Response(404, b"Not Found", "text/plain")

    server = HttpServer(reply)
    phone.network.listen(port, await server.start())
    try:
        await asyncio.Event().wait()
    finally:
        phone.network.unlisten(port)
        await server.close()


async def _rpc(at: U2Phone, body: bytes) -> dict[str, Any]:
    try:
        asked = cast("dict[str, Any]", json.loads(body))
        number, method = asked.get("id"), str(asked["method"])
    except (ValueError, KeyError, AttributeError) as error:
        return _failed(None, -32700, f"Parse error: {error}")
    try:
        return {
            "jsonrpc": "2.0",
            "id": number,
            "result": await answer(at, method, asked.get("params")),
        }
    except LookupError:
        return _failed(number, _NO_METHOD, f"method not found: {method}")
    except CallError as error:
        return _failed(number, _SERVER_ERROR, ": ".join(error.args))


def _failed(number: object, code: int, message: str) -> dict[str, Any]:
    error = {"code": code, "message": message, "data": message}
    return {"jsonrpc": "2.0", "id": number, "error": error}
