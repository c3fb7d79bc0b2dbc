"""All ways through one redactor."""

from harness.domain.profile import Secrets
from harness.redaction.redactor import Redactor

REDACTOR = Redactor(b"k" * 32, secrets=Secrets(pseudonym=("handle",)), known=["hunter2!", "anna_k"])


def test_known_values_are_removed_on_every_way() -> None:
    outputs = [
        REDACTOR.text("anna_k typed hunter2!"),
        REDACTOR.path("/user/anna_k/x"),
        REDACTOR.url("https://a.test/anna_k?x=hunter2%21"),
        str(REDACTOR.headers([("X-Note", "for anna_k"), ("accept", "hunter2!")])),
        REDACTOR.body(b'{"note":"anna_k"}', "application/json").decode(),
        REDACTOR.body(b"646b6b645a6e", "text/plain").decode(),  # anna_k, each byte XOR 5
    ]
    assert not [text for text in outputs if "anna_k" in text or "hunter2" in text]
    assert "646b6b64" not in outputs[-1]


def test_values_that_the_profile_asks_for() -> None:
    assert REDACTOR.value("follower_count", 12) == 12
    assert REDACTOR.value("handle", "someone") == REDACTOR.tag("someone")
    assert REDACTOR.value("session_key", "abc") == "<dropped>"
    assert REDACTOR.value("title", "a@b.example") == REDACTOR.tag("a@b.example")
    assert REDACTOR.value("title", None) is None


def test_without_known_values_bytes_pass_as_they_are() -> None:
    assert Redactor(b"k" * 32).body(b"plain", "text/plain") == b"plain"


def test_documents() -> None:
    assert REDACTOR.document({"token": "x"}) == {"token": "<dropped>"}
