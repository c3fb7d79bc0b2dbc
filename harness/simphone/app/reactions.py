"""How the app answers a failure: a label, or a page that a person must pass.

Labels as public sources report them: no answer of any kind reads as missing
internet, a server's error as "Something went wrong".
"""

from __future__ import annotations

from harness.simphone.app.api import EnvelopeError, StatusError
from harness.simphone.network.failures import NetworkError, UnreadableAnswerError

LABELS = {
    7: "too_often",
    1034: "too_many",
    1009: "wrong_account",
    1033: "wrong_account",
    1011: "wrong_account",
    8: "expired",
    2096: "hidden_list",
}
GATES = {
    1105: "captcha",
    2135: "two-step",
    9001: "banned",
    9002: "age-gate",
    9003: "new-device",
}
TOO_MANY_REQUESTS = 429


def label_for(error: Exception) -> str:
    """The text's key for a failure."""
    if isinstance(error, EnvelopeError):
        return LABELS.get(error.code, "something_wrong")
    if isinstance(error, StatusError):
        return "too_often" if error.status == TOO_MANY_REQUESTS else "something_wrong"
    if isinstance(error, UnreadableAnswerError):
        return "something_wrong"
    if isinstance(error, NetworkError):
        return "no_internet"
    return "something_wrong"


def gate_for(error: Exception) -> str | None:
    """The page that a person must pass, when the refusal asks for one."""
    return GATES.get(error.code) if isinstance(error, EnvelopeError) else None


def log_line(error: Exception) -> str:
    """What the app's network stack writes to logcat."""
    if isinstance(error, NetworkError):
        return f"{error.java}: {error}"
    return str(error)
