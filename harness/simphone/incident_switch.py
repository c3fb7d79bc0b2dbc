"""Switches an incident on: at the service for all phones, on one phone where it is that one's."""

from __future__ import annotations

from harness.simphone.phone_verbs import PHONE_VERBS
from harness.simphone.service.incidents import INCIDENTS
from harness.simphone.target import Target


async def switch_incident(target: Target, name: str) -> None:
    """Ends the present incident and starts `name`; raises ValueError for an unknown one."""
    trouble = target.service.trouble
    before = INCIDENTS[trouble.incident]
    trouble.set_incident(name)
    await target.service.settled()
    for verb, _, over in before.phone:
        await PHONE_VERBS[verb].act(target, over)
    for verb, value, _ in INCIDENTS[name].phone:
        await PHONE_VERBS[verb].act(target, value)
