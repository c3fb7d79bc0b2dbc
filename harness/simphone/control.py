"""The control address of one simulated phone: incidents, faults, device conditions.

    GET    /state                  what is switched on, and the app's state
    PUT    /incident  {"name"}     for the whole service, thus for all phones; what breaks
                                   a phone breaks the one that is asked
    GET    /faults                 the table: name, where, true party, scopes, and for rows
                                   of the phone the value, and whether it is one moment's
    PUT    /faults    [{"name", "scope"}]   replaces the single faults; scope "*" by default
    DELETE /faults                 switches them all off
    POST   /phone     {"verb", "value"}     a row of the table whose `where` is "phone", or of
                                   lab_verbs.py
    GET    /requests               method and path of what the service was asked
    GET    /planted                the files of a used phone, as they were planted; for tests only
    GET    /files                  the app's files and the shared ones as they are now; likewise

Bad input is answered with 400 and one sentence.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import cast

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from harness.simphone.app.build import PACKAGE
from harness.simphone.app.faults import APP_FAULTS
from harness.simphone.incident_switch import switch_incident
from harness.simphone.kept_files import kept_files
from harness.simphone.lab_verbs import LAB_VERBS
from harness.simphone.phone_verbs import PHONE_VERBS
from harness.simphone.service.faults import FAULTS
from harness.simphone.service.incidents import INCIDENTS
from harness.simphone.service.plain_server import PlainServer
from harness.simphone.target import Target
from harness.simphone.used.planted import Planted

Endpoint = Callable[[Request], Awaitable[JSONResponse]]


class Control:
    """Starts and stops the control address."""

    def __init__(self, target: Target) -> None:
        self._target = target
        routes = [
            Route("/state", self._checked(self._state), methods=["GET"]),
            Route("/incident", self._checked(self._incident), methods=["PUT"]),
            Route("/faults", self._checked(self._faults), methods=["GET", "PUT", "DELETE"]),
            Route("/phone", self._checked(self._phone), methods=["POST"]),
            Route("/requests", self._checked(self._requests), methods=["GET"]),
            Route("/planted", self._checked(self._planted), methods=["GET"]),
            Route("/files", self._checked(self._files), methods=["GET"]),
        ]
        self._server = PlainServer(Starlette(routes=routes))
        self.url = ""

    @property
    def planted(self) -> tuple[Planted, ...]:
        """What `GET /planted` tells."""
        return self._target.planted

    async def start(self) -> str:
        """The address, `http://127.0.0.1:PORT`."""
        self.url = f"http://127.0.0.1:{await self._server.start()}"
        return self.url

    async def stop(self) -> None:
        """Ends it."""
        await self._server.stop()

    def _checked(self, endpoint: Endpoint) -> Endpoint:
        async def answer(request: Request) -> JSONResponse:
            try:
                return await endpoint(request)
            except (ValueError, KeyError, TypeError) as error:
                return JSONResponse({"error": str(error)}, status_code=400)

        return answer

    async def _state(self, _request: Request) -> JSONResponse:
        phone, service = self._target.phone, self._target.service
        conditions = phone.conditions
        running = bool(phone.processes.of_package(PACKAGE))
        return JSONResponse(
            {
                "incident": service.trouble.incident,
                "faults": _pairs(service.trouble.active) + _pairs(phone.app_faults.active),
                "phone": {
                    "airplane": conditions.airplane,
                    "wifi": conditions.wifi,
                    "validated": conditions.validated,
                    "captive_portal": conditions.captive_portal,
                    "clock_offset": phone.clock.offset,
                    "free_bytes": phone.fs.usage("/data")[1],
                },
                "app": {"installed": phone.packages.get(PACKAGE) is not None, "running": running},
            }
        )

    async def _incident(self, request: Request) -> JSONResponse:
        name = str(_object(await request.json())["name"])
        await switch_incident(self._target, name)
        return JSONResponse({"incident": name, "about": INCIDENTS[name].about})

    async def _faults(self, request: Request) -> JSONResponse:
        if request.method == "GET":
            return JSONResponse(fault_table())
        wanted: list[object] = []
        if request.method == "PUT":
            body: object = await request.json()
            if not isinstance(body, list):
                raise ValueError('faults are a list of {"name", "scope"}')
            wanted = cast("list[object]", body)
        pairs = [_pair(item) for item in wanted]
        await set_faults(self._target, pairs)
        return JSONResponse(_pairs(tuple(pairs)))

    async def _phone(self, request: Request) -> JSONResponse:
        body = _object(await request.json())
        name = str(body["verb"]).replace("-", "_")
        verb = PHONE_VERBS.get(name) or LAB_VERBS.get(name)
        if verb is None:
            raise ValueError(
                f"unknown verb {name!r}; known: {', '.join((*PHONE_VERBS, *LAB_VERBS))}"
            )
        await verb.act(self._target, body.get("value", True))
        return JSONResponse({"verb": name, "party": verb.party})

    async def _requests(self, _request: Request) -> JSONResponse:
        return JSONResponse([list(pair) for pair in self._target.service.gate.asked])

    async def _planted(self, _request: Request) -> JSONResponse:
        return JSONResponse([item.row() for item in self._target.planted])

    async def _files(self, _request: Request) -> JSONResponse:
        return JSONResponse(kept_files(self._target.phone, PACKAGE))


async def set_faults(target: Target, pairs: list[tuple[str, str]]) -> None:
    """Replaces service and app faults by one list; raises ValueError for unknown names."""
    for_app = [pair for pair in pairs if pair[0] in APP_FAULTS]
    for_service = [pair for pair in pairs if pair[0] not in APP_FAULTS]
    unknown = [name for name, _ in for_service if name not in FAULTS]
    if unknown:
        raise ValueError(f"unknown fault {unknown[0]!r}; see GET /faults")
    for name, scope in for_app:
        needed = APP_FAULTS[name].service
        if needed is not None:
            for_service.append((needed, scope))
    target.phone.app_faults.set_faults(for_app)
    target.service.trouble.set_faults(for_service)
    await target.service.settled()


def fault_table() -> list[dict[str, object]]:
    """Every fault that can be switched on, with the party that is truly at fault then."""
    service = [_row(fault, "service", fault.scopes) for fault in FAULTS.values()]
    app = [_row(fault, "app", fault.scopes) for fault in APP_FAULTS.values()]
    return service + app + [_row(verb, "phone", verb.scopes) for verb in PHONE_VERBS.values()]


def _row(row: object, where: str, scopes: tuple[str, ...]) -> dict[str, object]:
    named = {key: getattr(row, key) for key in ("name", "party", "outcome", "about")}
    more = {"value": getattr(row, "value", True), "moment": getattr(row, "moment", False)}
    return {**named, **more, "where": where, "scopes": list(scopes)}


def _pairs(active: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"name": name, "scope": scope} for name, scope in active]


def _pair(item: object) -> tuple[str, str]:
    body = _object(item)
    return str(body["name"]), str(body.get("scope", "*"))


def _object(body: object) -> dict[str, object]:
    if not isinstance(body, dict):
        raise ValueError(f"an object is due, not {body!r}")
    return cast("dict[str, object]", body)
