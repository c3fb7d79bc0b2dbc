"""Our own request."""

from harness.adapters.proxy.canary_host import CANARY_HOST
from harness.recorder.canary import Canary, is_canary
from tests.recorder.flows import flow


def test_it_is_answered_with_its_token() -> None:
    made = flow(status=None, path="/abc123")
    made.request.host = CANARY_HOST
    assert is_canary(made)
    Canary().request(made)
    assert made.response is not None
    assert (made.response.status_code, made.response.headers["x-harness-canary"]) == (204, "abc123")


def test_others_are_left_alone() -> None:
    made = flow(status=None)
    Canary().request(made)
    assert made.response is None
    assert not is_canary(made)
