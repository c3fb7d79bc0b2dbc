import base64

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils

from harness.simphone.adbd.authentication import (
    PUBLIC_KEY,
    SIGNATURE,
    Authorization,
    Challenge,
    Keyring,
    Step,
    parse_public_key,
)
from harness.simphone.adbd.packets import Command

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_text(key: rsa.RSAPrivateKey) -> bytes:
    """The key as adb writes it to adbkey.pub."""
    numbers = key.public_key().public_numbers()
    blob = (
        (64).to_bytes(4, "little")
        + bytes(4)
        + numbers.n.to_bytes(256, "little")
        + bytes(256)
        + numbers.e.to_bytes(4, "little")
    )
    return base64.b64encode(blob) + b" someone@host\0"


def sign(step: Step) -> bytes:
    assert step.send is not None
    digest = utils.Prehashed(hashes.SHA1())  # noqa: S303 - adb's protocol says SHA-1
    return KEY.sign(step.send.payload, padding.PKCS1v15(), digest)


def test_the_text_form_of_a_key_is_read() -> None:
    assert parse_public_key(key_text(KEY)).public_numbers() == KEY.public_key().public_numbers()


@pytest.mark.parametrize("text", [b"", b"!!! x@y", base64.b64encode(b"short")])
def test_other_text_is_not_a_key(text: bytes) -> None:
    with pytest.raises(ValueError, match="adb public key"):
        parse_public_key(text)


def test_without_challenge_everyone_is_accepted() -> None:
    assert Challenge(Authorization.ACCEPTED, Keyring()).start() == Step(accepted=True)


def test_a_challenge_is_a_new_token_of_20_bytes() -> None:
    challenge = Challenge(Authorization.SIGNATURE, Keyring())
    first, second = challenge.start().send, challenge.start().send

    assert first is not None
    assert second is not None
    assert (first.command, first.arg0, len(first.payload)) == (Command.AUTH, 1, 20)
    assert first.payload != second.payload


@pytest.mark.parametrize("mode", [Authorization.SIGNATURE, Authorization.OFFERED])
def test_a_trusted_keys_signature_is_accepted(mode: Authorization) -> None:
    keyring = Keyring()
    keyring.trust(key_text(KEY))
    challenge = Challenge(mode, keyring)

    assert challenge.receive(SIGNATURE, sign(challenge.start())) == Step(accepted=True)


def test_a_signature_of_another_token_is_not_accepted() -> None:
    keyring = Keyring()
    keyring.trust(key_text(KEY))
    challenge = Challenge(Authorization.SIGNATURE, keyring)
    old = sign(challenge.start())
    challenge.start()

    assert not challenge.receive(SIGNATURE, old).accepted


@pytest.mark.parametrize("mode", list(Authorization)[1:])
def test_an_unknown_keys_signature_is_answered_with_another_token(mode: Authorization) -> None:
    challenge = Challenge(mode, Keyring())
    answer = challenge.receive(SIGNATURE, sign(challenge.start()))

    assert answer.send is not None
    assert answer.send.command == Command.AUTH


def test_an_offered_key_is_allowed_and_trusted_from_then_on() -> None:
    keyring = Keyring()
    first, later = (Challenge(Authorization.OFFERED, keyring) for _ in range(2))

    assert first.receive(PUBLIC_KEY, key_text(KEY)).accepted
    assert later.receive(SIGNATURE, sign(later.start())).accepted


def test_with_signatures_an_offered_key_waits_for_the_owner() -> None:
    keyring = Keyring()
    challenge = Challenge(Authorization.SIGNATURE, keyring)

    assert challenge.receive(PUBLIC_KEY, key_text(KEY)) == Step()
    assert challenge.waiting
    assert keyring.trust_waiting() == 1
    assert challenge.receive(SIGNATURE, sign(challenge.start())).accepted


def test_unauthorized_never_answers_a_key_and_trusts_no_signature() -> None:
    keyring = Keyring()
    keyring.trust(key_text(KEY))
    challenge = Challenge(Authorization.UNAUTHORIZED, keyring)

    assert not challenge.receive(SIGNATURE, sign(challenge.start())).accepted
    assert challenge.receive(PUBLIC_KEY, key_text(KEY)) == Step()
    assert not challenge.waiting


@pytest.mark.parametrize("mode", list(Authorization))
def test_a_key_that_cannot_be_read_is_never_answered(mode: Authorization) -> None:
    challenge = Challenge(mode, Keyring())

    assert challenge.receive(PUBLIC_KEY, b"no key") == Step()
    assert not challenge.waiting
