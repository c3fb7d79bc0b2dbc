"""Secrets in every place of the traffic: none reaches a file of the recorder.

Of some the recorder knows the value (the account's), of others only the name they stand
under or what they look like, as with a real app.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from urllib.parse import quote

from harness.adapters.har import export_har
from harness.adapters.observation_file import read_observations
from tests.faultlab.client import Session, raw
from tests.faultlab.client_http2 import Session2
from tests.faultlab.origin import Request, Wire
from tests.faultlab.origin_http1 import head
from tests.faultlab.origin_http2 import grpc
from tests.faultlab.rows.making import API, site, site2
from tests.faultlab.test_through import echo, frame
from tests.faultlab.through import through
from tests.leaks.artefacts import leaks
from tests.leaks.canaries import Canary

PASSWORD = Canary("password", "Pw-canary&7+x!")
USER = Canary("user name", "canary.user_77")
EMAIL = Canary("e-mail", "canary.person@example.org")
PHONE = Canary("phone number", "+4915123459876")
TOKEN = Canary("token", "01cafe5a1e0ff1ce5a1e0ff1ce5a1e0ff1ce-1.0.1")
JWT = Canary("web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLW9mLWNhbmFyeQ")
SESSION = Canary("cookie", "canarysession0123456789abcdef")
HANDLE = Canary("handle of a follower", "mila.canary42")
PERSON = Canary("id of a follower", "7234567890123456789")
ALL = (PASSWORD, USER, EMAIL, PHONE, TOKEN, JWT, SESSION, HANDLE, PERSON)


def mixed(text: str) -> str:
    return bytes(byte ^ 5 for byte in text.encode()).hex()


def reply(wire: Wire, request: Request) -> bool:
    """Secrets in each part of an answer, by the path asked for."""
    kind, body = (
        "application/json",
        json.dumps(
            {
                "message": "success",
                "data": {"session_key": SESSION.value, "email": EMAIL.value, "mobile": PHONE.value},
                "user": {"unique_id": USER.value, "token": TOKEN.value, "uid": int(PERSON.value)},
                "followers": [{"unique_id": HANDLE.value, "uid": PERSON.value}],
                "extra": json.dumps({"jwt": JWT.value, "access_token": TOKEN.value}),
                f"note for {EMAIL.value}": f"Bearer {JWT.value}",
            }
        ).encode(),
    )
    if request.path.startswith("/html"):
        kind = "text/html"
        body = f"<a href='mailto:{EMAIL.value}'>{PHONE.value}</a> {JWT.value}".encode()
    if request.path.startswith("/binary"):
        kind = "application/x-protobuf"
        body = b"\x0a\x0e" + PASSWORD.value.encode() + b"\x12" + HANDLE.value.encode()
    fields = {
        "Content-Type": kind,
        "Set-Cookie": f"sessionid={SESSION.value}; Path=/; Secure",
        "X-Tt-Token": TOKEN.value,
        "Location": f"https://{API}/next?ticket={TOKEN.value}&email={EMAIL.value}",
        "X-Note": f"for {EMAIL.value}",
    }
    if request.path.startswith("/gzip"):
        body = gzip.compress(body, mtime=0)
        fields["Content-Encoding"] = "gzip"
    wire.send(head(200, {**fields, "Content-Length": str(len(body))}) + body)
    return True


def ask_everything(session: Session) -> None:
    """Secrets in each part of a request."""
    headers = {
        "Authorization": f"Bearer {JWT.value}",
        "Cookie": f"sessionid={SESSION.value}; note={EMAIL.value}",
        "X-Tt-Token": TOKEN.value,
        "X-Forwarded-User": USER.value,
        "Referer": f"https://{API}/me?user={quote(EMAIL.value)}",
    }
    query = f"username={mixed(USER.value)}&mobile={quote(PHONE.value)}&uid={PERSON.value}"
    session.ask("GET", f"/users/{PERSON.value}/{EMAIL.value}/list?{query}", None, **headers)
    form = f"mix_mode=1&username={mixed(USER.value)}&password={mixed(PASSWORD.value)}"
    forms = "application/x-www-form-urlencoded"
    session.ask("POST", "/form", form.encode(), Content_Type=forms)
    document = {"login": {"password": PASSWORD.value, "note": f"I am {USER.value}, {PHONE.value}"}}
    body = json.dumps(document).encode()
    session.ask("POST", "/json", body, Content_Type="application/json")
    packed = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    session.ask("POST", "/gzip", gzip.compress(body, mtime=0), **packed)
    part = f'--b\r\nContent-Disposition: form-data; name="pw"\r\n\r\n{PASSWORD.value}\r\n--b--\r\n'
    session.ask("POST", "/html", part.encode(), Content_Type="multipart/form-data; boundary=b")
    protobuf = {"Content-Type": "application/x-protobuf"}
    session.ask("POST", "/binary", b"\x0a\x0e" + PASSWORD.value.encode(), **protobuf)
    session.ask("GET", f"/{quote(PASSWORD.value)}/{USER.value}?{USER.value}")


def test_no_place_in_the_traffic_leaks(tmp_path: Path) -> None:
    hosts = [site(API, reply), site("ws.corner-shop.example", echo)]
    hosts.append(
        site2("grpc.corner-shop.example", grpc(3, EMAIL.value, body=b"x" + JWT.value.encode()))
    )
    known = (PASSWORD.value, USER.value)
    with through(tmp_path, hosts, known_secrets=known, profile="tiktok") as lab:
        session = Session(lab.route, API)
        ask_everything(session)
        session.close()
        with raw(lab.route, "ws.corner-shop.example") as sock:
            assert sock is not None
            sock.sendall(
                f"GET /ws?token={TOKEN.value} HTTP/1.1\r\nHost: ws.corner-shop.example\r\n"
                "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                "Sec-WebSocket-Version: 13\r\n\r\n".encode()
            )
            sock.recv(4096)
            sock.sendall(frame(1, HANDLE.value.encode()))
            sock.recv(4096)
        with raw(lab.route, API) as sock:  # a request that is refused, and told with its text
            assert sock is not None
            sock.sendall(
                f"GET /x HTTP/1.1\r\nHost: {API}\r\n{TOKEN.value} {EMAIL.value}\r\n\r\n".encode()
            )
            sock.recv(4096)
        two = Session2(lab.route, "grpc.corner-shop.example")
        number = two.begin("/Shop/List", "POST", b"\0\0\0\0\0", content_type="application/grpc")
        two.wait(number, seconds=5)
        two.close()
        lab.proxy.stop()
        observations = lab.folder / "observations.jsonl"
        mitm = lab.folder / "capture.mitm"
        export_har(read_observations(observations), lab.folder / "capture.har", mitm=mitm)

        found = leaks([lab.folder], ALL)

        assert len(lab.exchanges()) >= 9
        assert not found, "\n".join(map(str, found))
