"""Which controls follow the host-side probe."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.adapters import probes
from harness.domain.facts.control import ControlMade
from harness.domain.resolve import ResolveMap


@pytest.mark.parametrize(
    ("stages", "names"),
    [
        ({"dns": "ok", "tcp": "ok", "tls": "ok", "http": "ok"}, []),
        ({"dns": "failed: name not resolved (errno -2)"}, ["second_resolver"]),
        ({"dns": "ok", "tcp": "failed: refused"}, []),
        ({"dns": "ok", "tcp": "ok", "tls": "failed: reset"}, ["other_name"]),
        ({"dns": "ok", "tcp": "ok", "tls": "failed: closed"}, ["other_name"]),
        ({"dns": "ok", "tcp": "ok", "tls": "failed: timed out"}, ["other_name"]),
        ({"dns": "ok", "tcp": "ok", "tls": "failed: certificate expired"}, []),
    ],
)
def test_only_what_can_still_tell_something(
    stages: dict[str, str], names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def making(name: str) -> Callable[..., ControlMade]:
        def make(*_: object, **__: object) -> ControlMade:
            return ControlMade(name, "ok", "s", stages=stages)

        return make

    monkeypatch.setattr(probes, "probe", making("host_probe"))
    monkeypatch.setattr(probes, "second_resolver", making("second_resolver"))
    monkeypatch.setattr(probes, "other_name", making("other_name"))
    found = probes.reach_host("a.example", 443, resolve=ResolveMap(), upstream_ca=None)
    assert [control.name for control in found] == ["host_probe", *names]
