"""A phone that restarted by itself: what broke then is neither ours nor the app's."""

from itertools import pairwise

from harness.attribution.case import Case
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import lean
from harness.attribution.wording import slots_for
from harness.domain.recovery import Rung
from harness.domain.vocabulary import Layer, Outcome, Party

_TOLERANCE = 3.0
"""Seconds by which two looks at the phone's uptime may disagree; adb takes its time."""


def _restarted(case: Case) -> Match | None:
    if case.bare:
        return None
    if any(seen.facts.rung == Rung.REBOOT for seen in case.witnesses.recoveries):
        return None  # we asked for it
    looks = [
        (seen, seen.facts.uptime)
        for seen in case.witnesses.conditions
        if seen.facts.uptime is not None
    ]
    for (earlier, before), (later, after) in pairwise(looks):
        passed = later.mono - earlier.mono
        counted_on = after + _TOLERANCE >= before + passed
        # Begun anew after the earlier look, the count cannot be longer than what passed since.
        if counted_on or after > passed + _TOLERANCE:
            continue
        if later.mono - after > case.window[1] + _TOLERANCE:
            continue
        return Match(
            lean(Party.DEVICE, 0.88, Party.HARNESS),
            "The phone restarted while the scenario ran, and nobody had asked it to.",
            (earlier.id, later.id),
            slots_for(case, None),
            next_control="The same scenario once more.",
        )
    return None


RESTART = (
    Rule(
        "device_restarted",
        Layer.DEVICE,
        Party.DEVICE,
        Outcome.FAILED,
        "The phone counts its uptime from a moment within the scenario.",
        "Somebody who restarted the phone on purpose.",
        _restarted,
        "The phone restarted in the middle; the app and the service show no fault.",
    ),
)
