"""Tells a phone's control address which incident to play. Real phones have none."""

from __future__ import annotations

import httpx

from harness.ports import InstrumentError


def set_incident(control: str, name: str) -> None:
    """PUT /incident. Raises InstrumentError; an unknown name is told as the phone says it."""
    action = f"set incident {name} at {control}"
    try:
        answer = httpx.put(
            f"{control.rstrip('/')}/incident", json={"name": name}, timeout=10.0, trust_env=False
        )
    except httpx.HTTPError as error:
        raise InstrumentError("tools", action, str(error)) from error
    if not answer.is_success:
        raise InstrumentError("tools", action, answer.text[:300], advice="harness explain")
