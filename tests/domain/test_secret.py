"""A secret shows itself only to whoever types it."""

from harness.domain.secret import Secret


def test_no_text_form_shows_the_value() -> None:
    secret = Secret("hunter2")

    assert "hunter2" not in f"{secret} {secret!r} {[secret]}"
    assert secret.reveal() == "hunter2"
