"""What our proxy made by itself never becomes the service's or the app's fault."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from harness.domain.facts.device import DeviceConditions
from harness.domain.verdict import Verdict
from harness.domain.vocabulary import Party
from tests.attribution.build import TIKTOK, capture, exchange, judged, probe, site
from tests.attribution.log_in_facts import API, CANARY, FEED, screen
from tests.attribution.proxy_made import ALL, EARLIER, OUR_MACHINE, Line

type Kinds = tuple[dict[str, tuple[Line, ...]], ...]

INNOCENT = {Party.SERVER, Party.CLIENT}

PROBES: dict[str, tuple[Line, ...]] = {
    "no probe": (),
    "probe ok": ((20.3, probe(host=API)),),
}
SITES: dict[str, tuple[Line, ...]] = {"no site": (), "site ok": ((20.4, site("ok")),)}
OTHERS: dict[str, tuple[Line, ...]] = {
    "alone": (),
    "others answered": (FEED, exchange(0.8, host=API, path="/aweme/v1/x/")),
}
SCREENS: dict[str, tuple[Line, ...]] = {
    "no text": (),
    "no internet": (screen(14.0, "no_internet"),),
    "something wrong": (screen(14.0, "something_wrong", spinner=True),),
}
PHONES: dict[str, tuple[Line, ...]] = {
    "phone unread": (),
    "phone fine": (
        (0.9, DeviceConditions(airplane=False, network=True, validated=True, clock_offset=0.0)),
        (0.4, CANARY),
    ),
}


SCRIPT: dict[str, Any] = {"step_begun": 0.5, "step_end": 20.0}
LATER: dict[str, Any] = {"step_begun": 12.0, "step_end": 20.0}


def around(*kinds: dict[str, tuple[Line, ...]]) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Everything else that may be seen with it, in all combinations."""
    for parts in product(*(kind.items() for kind in kinds)):
        yield ", ".join(name for name, _ in parts), tuple(f for _, facts in parts for f in facts)


def blames(verdict: Verdict) -> str | None:
    if verdict.party not in INNOCENT:
        return None
    return f"{verdict.party} {verdict.confidence} by {verdict.rule}"


def in_scenario(
    cause: tuple[Line, ...], kinds: Kinds, script: dict[str, Any] = SCRIPT
) -> dict[str, str]:
    """What was wrongly said, by what else was seen."""
    told = {name: blames(judged(*cause, *more, **script)) for name, more in around(*kinds)}
    return {name: text for name, text in told.items() if text is not None}


def in_capture(cause: tuple[Line, ...], kinds: Kinds) -> dict[str, str]:
    """The same without a scenario, for the whole and for each failed exchange."""
    found: dict[str, str] = {}
    for name, more in around(*kinds):
        for verdict in capture(*cause, *more, profile=TIKTOK).verdicts:
            told = blames(verdict)
            if told is not None:
                found[name] = told
    return found


EVERYTHING = (PROBES, SITES, OTHERS, SCREENS, PHONES)
ITSELF = (SCREENS,)


@pytest.mark.parametrize("cause", ALL)
def test_in_a_scenario(cause: str) -> None:
    assert in_scenario(ALL[cause], EVERYTHING) == {}


@pytest.mark.parametrize("cause", ALL)
def test_in_a_bare_capture(cause: str) -> None:
    assert in_capture(ALL[cause], EVERYTHING) == {}


@pytest.mark.parametrize("cause", OUR_MACHINE)
def test_when_our_machine_reaches_nothing(cause: str) -> None:
    assert in_scenario(OUR_MACHINE[cause], ITSELF) == {}
    assert in_capture(OUR_MACHINE[cause], ITSELF) == {}


@pytest.mark.parametrize("cause", EARLIER)
def test_when_it_was_over_before_the_step(cause: str) -> None:
    assert in_scenario(EARLIER[cause], (PROBES, SITES, SCREENS), LATER) == {}
