"""The recorder's options."""

from __future__ import annotations

from pathlib import Path

import pytest
from mitmproxy.test import taddons

from harness.recorder.settings import add_options, current, read_options
from tests.recorder.recording_stand_in import settings as expected


class Loaded:
    def load(self, loader: object) -> None:
        add_options(loader)  # type: ignore[arg-type] - mitmproxy gives its Loader


def test_options_become_one_record() -> None:
    with taddons.context(Loaded()) as context:
        context.options.update(
            harness_observations="/o.jsonl",
            harness_device="phone-1",
            harness_host="lab",
            harness_mitm="/c.mitm",
            harness_foreign_hosts="pass",
            harness_resolve=["a.test:443:127.0.0.1:9"],
            harness_auto_pass_after=2,
            harness_watch_stdin=True,
        )
        seen = current()
    assert seen.resolve.lookup("a.test", 443) == ("127.0.0.1", 9)
    assert seen == expected(
        observations=Path("/o.jsonl"),
        mitm=Path("/c.mitm"),
        foreign_pass=True,
        resolve=seen.resolve,
        auto_pass_after=2,
        watch_stdin=True,
    )


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "nowhere to write"),
        ({"harness_observations": "/o", "harness_foreign_hosts": "x"}, "use record or pass"),
        ({"harness_observations": "/o", "harness_resolve": ["nonsense"]}, "write HOST"),
    ],
)
def test_what_makes_no_sense_is_told(values: dict[str, object], told: str) -> None:
    given: dict[str, object] = {"harness_resolve": [], "harness_auto_pass_after": 0}
    given.update(values)
    with pytest.raises(ValueError, match=told):
        read_options(lambda name: given.get(name, ""))
