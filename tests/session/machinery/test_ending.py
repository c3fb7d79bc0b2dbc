"""What a run with a broken machinery may end as, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.session.machinery.ending import Ending, Said, word_of, wrongs

PASSED = Said("login", "passed", "none", "passed")
OURS = Said("login", "inconclusive", "harness", "harness_instrument_failed")
GOOD = Ending("k", "appium-killed", 0, (PASSED,), 20.0, facts=50, facts_before=2)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"recovered": ("wait",)},
        {"exit": 15, "verdicts": (OURS,)},
        {"exit": 17, "verdicts": (Said("login", "failed", "device", "device_no_network"),)},
        {"exit": 20, "verdicts": ()},
        {"exit": 18, "verdicts": ()},
        {"phone": "after reset"},
        {"fault": "sigint", "exit": 19, "verdicts": ()},
        {"fault": "sigterm", "exit": 19, "verdicts": ()},
        {"fault": "sigkill", "exit": -9, "verdicts": ()},
        {"fault": "sigkill", "exit": 0},
        {"fault": "host-dns-dead", "exit": 17, "verdicts": (Said("x", "failed", "network", "r"),)},
    ],
)
def test_what_is_allowed(changes: dict[str, Any]) -> None:
    assert wrongs(replace(GOOD, **changes)) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"exit": 1}, "exit code 1"),
        ({"exit": 10}, "exit code 10"),
        ({"exit": 19}, "exit code 19"),
        ({"exit": -9}, "exit code -9"),
        ({"fault": "sigint", "exit": -9}, "exit code -9"),
        ({"exit": None}, "did not end"),
        (
            {"verdicts": (Said("login", "failed", "server", "http_server_error"),)},
            "server is blamed",
        ),
        ({"verdicts": (Said("login", "failed", "client", "client_never_asked"),)}, "client"),
        ({"verdicts": (Said("login", "failed", "account", "x"),)}, "account"),
        ({"verdicts": (Said("login", "failed", "network", "x"),)}, "network"),
        ({"facts_before": 0}, "no fact"),
        ({"phone": "global settings: +http_proxy=127.0.0.1:8080"}, "left changed"),
        ({"traceback": True}, "traceback"),
        ({"unreadable": "no observations"}, "cannot be read"),
    ],
)
def test_what_must_not_be(changes: dict[str, Any], said: str) -> None:
    (wrong,) = wrongs(replace(GOOD, **changes))

    assert said in wrong


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, "passed"),
        ({"recovered": ("wait",)}, "recovered"),
        ({"verdicts": (OURS,)}, "harness"),
        ({"exit": None}, "no end"),
        ({"exit": 19}, "interrupted"),
        ({"exit": 20, "verdicts": ()}, "exit 20"),
    ],
)
def test_one_word(changes: dict[str, Any], word: str) -> None:
    assert word_of(replace(GOOD, **changes)) == word
