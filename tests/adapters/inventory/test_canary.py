"""Empty is not closed, and closed is not empty: only proof tells."""

import pytest

from harness.adapters.inventory.canary import canary_probes, judge_canary, storage_probe
from harness.domain.inventory import Canary

MISSING = "ls: /storage/emulated/0/Android/data/a.b: No such file or directory"
DENIED = "ls: /storage/emulated/0/Android/data/a.b: Permission denied"
OTHER = "/storage/emulated/0/Android/data/org.other/files/x"


@pytest.mark.parametrize(
    ("answers", "earlier", "result"),
    [
        ({"own_data": "cache\nfiles"}, None, "open"),
        ({"own_data": "", "other_data": OTHER}, None, "open"),
        ({"own_data": MISSING, "other_data": OTHER}, None, "open"),
        ({"own_data": DENIED, "other_data": OTHER}, None, "closed"),
        ({"own_data": "ls: x: Operation not permitted"}, None, "closed"),
        (
            {"own_data": "", "storage_stats": "code: 9 bytes\nexternal data: 512 bytes"},
            None,
            "closed",
        ),
        ({"own_data": "", "storage_stats": "external data: 0 bytes"}, None, "not_proved"),
        ({"own_data": ""}, None, "not_proved"),
        ({"own_data": MISSING}, None, "not_proved"),
        ({}, None, "not_proved"),
        ({"own_data": MISSING}, Canary("open", ""), "open"),
        ({"own_data": MISSING}, Canary("closed", ""), "not_proved"),
        ({"own_data": ""}, Canary("open", ""), "not_proved"),
    ],
    ids=range(13),
)
def test_judge_canary(answers: dict[str, str], earlier: Canary | None, result: str) -> None:
    found = judge_canary(answers, earlier=earlier)

    assert found.result == result
    assert found.statement


def test_the_probes_ask_for_the_user() -> None:
    asked = canary_probes("/storage/emulated/10", "a.b")

    assert "'/storage/emulated/10/Android/data/a.b'" in asked["own_data"]
    assert storage_probe("a.b", 10)["storage_stats"].endswith("--user 10 a.b")
