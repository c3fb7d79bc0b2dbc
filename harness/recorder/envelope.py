"""Reads the app-level answer inside a body as the app profile says. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Protocol

from harness.domain.facts.traffic import Envelope
from harness.domain.profile import AppProfile, EnvelopeShape, Need
from harness.recorder.host_roles import HostRoles
from harness.recorder.json_path import MISSING, as_int, as_value, first, look_up
from harness.recorder.standard_refusal import standard_refusal
from harness.redaction.redactor import Redactor

_LONGEST_MESSAGE = 200
_HEADER = "header:"
"""A path of a profile may name a header of the answer: "header:x-tt-logid"."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the profile reads out of one body."""

    envelope: Envelope | None = None
    values: dict[str, int | str | None] = field(default_factory=dict[str, int | str | None])
    shape_missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """The request, as the profile's patterns look at it."""

    method: str
    host: str
    path: str  # as sent, without query


class ReadsAnswers(Protocol):
    """Makes an Answer of a body: by one profile, or by whichever knows the host."""

    def read(
        self, asked: Asked, document: object, headers: Mapping[str, str], status: int
    ) -> Answer: ...


class AnswerReader:
    """Applies one profile; made once for a capture."""

    def __init__(self, profile: AppProfile, roles: HostRoles, redactor: Redactor) -> None:
        self._profile = profile
        self._roles = roles
        self._redactor = redactor
        self._needs = lru_cache(maxsize=256)(self._needs_of)

    def read(
        self, asked: Asked, document: object, headers: Mapping[str, str], status: int
    ) -> Answer:
        """`headers`: of the answer, looked up without regard to case."""
        role = self._roles.role(asked.host)
        envelope = self._envelope(asked, role, document, headers)
        if not self._profile.envelopes and 200 <= status < 300:
            envelope = standard_refusal(document, self._redactor)
        needs = self._needs(asked, role)
        if not needs:
            return Answer(envelope)
        values: dict[str, int | str | None] = {}
        for need in needs:
            for name, path in need.values.items():
                found = look_up(document, path)
                if found is not MISSING:
                    values[name] = self._redactor.value(name, as_value(found))
        success = 200 <= status < 300 and not (envelope and envelope.refuses)
        expected = dict.fromkeys(path for need in needs for path in need.expects)
        missing = [path for path in expected if look_up(document, path) is MISSING]
        return Answer(envelope, values, tuple(missing) if success else ())

    def _needs_of(self, asked: Asked, role: str | None) -> list[Need]:
        return [need for need in self._profile.needs.values() if _asks(need, asked, role)]

    def _envelope(
        self, asked: Asked, role: str | None, document: object, headers: Mapping[str, str]
    ) -> Envelope | None:
        for shape in self._profile.envelopes:
            if shape.hosts and role not in shape.hosts:
                continue
            if shape.paths and not any(fnmatchcase(asked.path, path) for path in shape.paths):
                continue
            code = _code(shape, document)
            if code is None:
                continue
            message = first(document, shape.message)
            logid = _text(document, headers, shape.logid)
            return Envelope(
                family=shape.family,
                code=code,
                message=self._redactor.text(message[:_LONGEST_MESSAGE])
                if isinstance(message, str)
                else "",
                logid=logid,
                server_time=_server_time(first(document, shape.server_time), logid),
            )
        return None


def _asks(need: Need, asked: Asked, role: str | None) -> bool:
    return any(
        fnmatchcase(asked.path, endpoint.path)
        and (endpoint.method is None or endpoint.method.upper() == asked.method.upper())
        and (not endpoint.host_roles or role in endpoint.host_roles)
        for endpoint in need.endpoints
    )


def _code(shape: EnvelopeShape, document: object) -> int | None:
    """0 for a success; None where the document has not this shape."""
    success = bool(shape.success_when) and all(
        str(look_up(document, path)) == wanted for path, wanted in shape.success_when.items()
    )
    code = as_int(first(document, shape.code))
    return 0 if success and code is None else code


def _text(document: object, headers: Mapping[str, str], paths: tuple[str, ...]) -> str | None:
    for path in paths:
        if path.startswith(_HEADER):
            found: object = headers.get(path.removeprefix(_HEADER))
        else:
            found = look_up(document, path)
        if isinstance(found, str) and found:
            return found[:128]
    return None


def _server_time(value: object, logid: str | None) -> float | None:
    """Seconds or milliseconds of the body, else the 14 digits that a logid begins with (UTC)."""
    number = as_int(value)
    if number is not None and number > 0:
        return number / 1000 if number > 10**11 else float(number)
    if logid is not None and logid[:14].isdigit():
        try:
            moment = datetime.strptime(logid[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            return None
        return moment.timestamp()
    return None
