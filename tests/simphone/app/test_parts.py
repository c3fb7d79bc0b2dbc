"""Small parts of the app: numbers, texts, ids, faults, reactions, headers."""

from __future__ import annotations

import pytest

from harness.simphone.app import faults, reactions
from harness.simphone.app.api import EnvelopeError, StatusError
from harness.simphone.app.drift import drift, rename
from harness.simphone.app.headers import Install, headers, query
from harness.simphone.app.texts import en
from harness.simphone.contracts import Package, PhoneSpec
from harness.simphone.network.failures import (
    OfflineError,
    TlsRefusedError,
    UnreadableAnswerError,
)
from harness.simphone.service.accounts import mixed, unmixed
from harness.simphone.ui.node import Node

APP = Package(
    name="com.zhiliaoapp.musically",
    version_code=2024301040,
    version_name="43.1.4",
    uid=10180,
    code_path="/data/app/x",
    min_sdk=21,
    target_sdk=34,
    debuggable=True,
    first_install=0.0,
    last_update=0.0,
)


@pytest.mark.parametrize(
    ("error", "label", "gate"),
    [
        (OfflineError("x"), "no_internet", None),
        (TlsRefusedError("x"), "no_internet", None),
        (UnreadableAnswerError("x"), "something_wrong", None),
        (StatusError(503), "something_wrong", None),
        (StatusError(429), "too_often", None),
        (EnvelopeError(7, ""), "too_often", None),
        (EnvelopeError(1034, ""), "too_many", None),
        (EnvelopeError(1009, ""), "wrong_account", None),
        (EnvelopeError(1105, ""), "something_wrong", "captcha"),
        (EnvelopeError(2135, ""), "something_wrong", "two-step"),
    ],
)
def test_reactions(error: Exception, label: str, gate: str | None) -> None:
    assert (reactions.label_for(error), reactions.gate_for(error)) == (label, gate)
    assert reactions.label_for(error) in en.TEXTS


def test_app_faults_are_per_screen() -> None:
    active = faults.ActiveAppFaults()
    active.set_faults([("crash", "login"), ("anr", "*")])
    assert active.has("crash", "login")
    assert not active.has("crash", "feed")
    assert active.has("anr", "feed")
    with pytest.raises(ValueError, match="unknown fault"):
        active.set_faults([("nope", "login")])
    with pytest.raises(ValueError, match="no scope"):
        active.set_faults([("stale-cache-shown", "feed")])


def test_drift_keeps_texts_and_rename_does_not() -> None:
    tree = Node(text="Log in", desc="Log in", rid="a:id/emm", children=[Node(hint="Password")])
    drift(tree)
    assert (tree.text, tree.desc, tree.rid) == ("Log in", None, "a:id/mmeq")
    rename(tree)
    assert tree.text != "Log in"
    assert tree.children[0].hint != "Password"


def test_form_encoding_is_reversible_and_not_plain() -> None:
    assert mixed("Aé7") == "44c6ac32"
    assert unmixed(mixed("Aé7")) == "Aé7"


def test_headers_and_query_have_the_known_shapes() -> None:
    spec = PhoneSpec(name="x")
    found = headers(spec, APP, 1_700_000_000.4, "01token", "sessionid=s")
    assert found["x-khronos"] == "1700000000"
    assert "Cronet/TTNetVersion:" in found["user-agent"]
    assert found["x-tt-trace-id"].count("-") == 3
    assert (found["x-tt-token"], found["cookie"]) == ("01token", "sessionid=s")
    assert "cookie" not in headers(spec, APP, 1.0, None, None)
    text = query(spec, APP, Install(), 1_700_000_000.0)
    assert "aid=1233" in text
    assert "version_code=430104" in text
