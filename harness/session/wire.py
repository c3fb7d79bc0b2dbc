"""Gates that the service put up, read from its answers while the step runs."""

from __future__ import annotations

from collections.abc import Iterable

from harness.domain.facts.traffic import Exchange
from harness.domain.observation import Observation
from harness.domain.profile import AppProfile, CodeMeaning
from harness.domain.vocabulary import Outcome


def meaning_of(profile: AppProfile, exchange: Exchange) -> CodeMeaning | None:
    """What the app-level code of an answer says, if the profile knows it."""
    envelope = exchange.envelope
    if envelope is None:
        return None
    return next(
        (
            meaning
            for meaning in profile.codes
            if meaning.family == envelope.family and meaning.code == envelope.code
        ),
        None,
    )


def gate_on_wire(profile: AppProfile, observations: Iterable[Observation]) -> CodeMeaning | None:
    """The first answer that stands for a gate (captcha, rate limit, two-step …)."""
    for observation in observations:
        if isinstance(observation.facts, Exchange):
            meaning = meaning_of(profile, observation.facts)
            if meaning is not None and meaning.outcome == Outcome.BLOCKED:
                return meaning
    return None
