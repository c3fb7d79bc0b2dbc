"""How many files may be open."""

from __future__ import annotations

import resource
from resource import RLIM_INFINITY as ENDLESS

import pytest

from harness.recorder.descriptors import ENOUGH, raise_limit


@pytest.mark.parametrize(
    ("soft", "hard", "given"),
    [
        (1024, 4096, 4096),
        (1024, 1_048_576, ENOUGH),
        (1024, ENDLESS, ENOUGH),
        (4096, 4096, 4096),
        (ENOUGH + 1, 1_048_576, ENOUGH + 1),
        (ENDLESS, ENDLESS, ENDLESS),
    ],
)
def test_as_many_as_the_system_gives(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, given: int
) -> None:
    limits = [(soft, hard)]
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _, pair: limits.append(pair))
    assert raise_limit() == given
    assert limits[-1][1] == hard


def test_what_is_refused_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int, pair: tuple[int, int]) -> None:
        raise ValueError(f"not allowed: {pair}")

    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, 4096))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert raise_limit() == 256
