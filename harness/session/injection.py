"""Faults that a run switches on at its phone's control address. Real phones have none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import httpx

from harness.ports import InstrumentError

TIMEOUT = 15.0
"""Seconds for one call of the control address."""


@dataclass(frozen=True, slots=True)
class Injection:
    """One fault. `scope`: what it touches, "*" for all that it can. `at_step`: it happens at
    one moment, in the middle of the scenario, instead of being there from the start."""

    name: str
    scope: str = "*"
    value: object = True
    at_step: bool = False

    def __str__(self) -> str:
        scope = "" if self.scope == "*" else f":{self.scope}"
        value = "" if self.value is True else f"={json.dumps(self.value)}"
        return f"{self.name}{scope}{value}{'@step' if self.at_step else ''}"


def parse_injection(text: str) -> Injection:
    """Reads NAME[:SCOPE][=VALUE][@step]. Raises ValueError with a sentence for the user."""
    rest, at, moment = text.partition("@")
    rest, equals, value = rest.partition("=")
    name, _, scope = rest.partition(":")
    if not name or (at and moment != "step"):
        raise ValueError(f"--fault {text}: write NAME[:SCOPE][=VALUE][@step]")
    try:
        read: object = json.loads(value) if equals else True
    except ValueError:
        raise ValueError(f"--fault {text}: {value!r} is no number, true or false") from None
    return Injection(name, scope or "*", read, bool(at))


def fault_table(control: str) -> list[dict[str, Any]]:
    """What can be switched on there, each row with its true party. Raises InstrumentError."""
    return told_rows(control, "/faults")


def told_rows(control: str, path: str, *, timeout: float = TIMEOUT) -> list[dict[str, Any]]:
    """A list that the control address tells at `path`. Raises InstrumentError."""
    found = _call("GET", control, path, None, timeout)
    if not isinstance(found, list):
        raise InstrumentError("tools", f"read {path} of {control}", f"no list: {found!r:.200}")
    return [cast("dict[str, Any]", row) for row in cast("list[object]", found)]


def inject(control: str, injections: Sequence[Injection]) -> None:
    """Switches these on; the phone's own by its verbs. Raises InstrumentError."""
    if not injections:
        return
    where = {str(row["name"]): str(row["where"]) for row in fault_table(control)}
    unknown = [entry.name for entry in injections if entry.name not in where]
    if unknown:
        raise InstrumentError(
            "tools", f"switch on faults at {control}", f"it has no fault {', '.join(unknown)}"
        )
    for entry in injections:
        if where[entry.name] == "phone":
            _call("POST", control, "/phone", {"verb": entry.name, "value": entry.value})
    others = [entry for entry in injections if where[entry.name] != "phone"]
    if others:
        rows = [{"name": entry.name, "scope": entry.scope} for entry in others]
        _call("PUT", control, "/faults", rows)


def ask_phone(control: str, verb: str, value: object) -> None:
    """Does one thing to the phone behind the address. Raises InstrumentError."""
    _call("POST", control, "/phone", {"verb": verb, "value": value})


def _call(method: str, control: str, path: str, body: object, timeout: float = TIMEOUT) -> object:
    url = f"{control.rstrip('/')}{path}"
    try:
        answer = httpx.request(method, url, json=body, timeout=timeout, trust_env=False)
        if not answer.is_success:
            raise InstrumentError("tools", f"{method} {url}", answer.text[:300])
        return answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise InstrumentError("tools", f"{method} {url}", str(error)) from error
