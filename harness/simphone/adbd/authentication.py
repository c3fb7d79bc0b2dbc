"""Who may connect: adb's RSA challenge, as the phone sees it.

The phone sends a token of 20 bytes; the host signs it as if it were a SHA-1
digest. A signature by an unknown key is answered with another token, upon
which the host offers its public key and the phone's owner is asked. Source:
AOSP `adb/protocol.txt` (A_AUTH) and `libcrypto_utils/android_pubkey.cpp`.
"""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils

from harness.simphone.adbd.packets import Command, Packet

TOKEN, SIGNATURE, PUBLIC_KEY = 1, 2, 3
TOKEN_SIZE = 20  # bytes; the size of a SHA-1 digest
_MODULUS_SIZE = 256  # bytes of a 2048-bit modulus
_KEY_SIZE = 8 + 2 * _MODULUS_SIZE + 4  # words, n0inv, modulus, rr, exponent


class Authorization(StrEnum):
    """How the phone treats a host that connects."""

    ACCEPTED = "accepted"  # no challenge at all
    SIGNATURE = "signature"  # trusted keys get in; others wait until the owner allows them
    OFFERED = "offered"  # a key offered is allowed at once, and trusted from then on
    UNAUTHORIZED = "unauthorized"  # nobody gets in; a key offered is never answered


def parse_public_key(offered: bytes) -> rsa.RSAPublicKey:
    """The key in adb's text form: base64 of Android's struct, a blank, user@host.

    Raises:
        ValueError: not such a text.
    """
    text = offered.rstrip(b"\0").split(b" ", 1)[0].strip()
    try:
        blob = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(f"adb public key is not base64: {error}") from error
    if len(blob) != _KEY_SIZE:
        raise ValueError(f"adb public key has {len(blob)} bytes instead of {_KEY_SIZE}")
    modulus = int.from_bytes(blob[8 : 8 + _MODULUS_SIZE], "little")
    exponent = int.from_bytes(blob[-4:], "little")
    return rsa.RSAPublicNumbers(exponent, modulus).public_key()


class Keyring:
    """The host keys that the phone trusts, and those waiting for its owner."""

    def __init__(self) -> None:
        self._trusted: list[rsa.RSAPublicKey] = []
        self._waiting: list[rsa.RSAPublicKey] = []

    def trust(self, offered: bytes) -> None:
        """Trusts a key (the text of `adbkey.pub`). Raises ValueError for other text."""
        self._trusted.append(parse_public_key(offered))

    def keep_waiting(self, offered: bytes) -> None:
        """Keeps a key until `trust_waiting`. Raises ValueError for other text."""
        self._waiting.append(parse_public_key(offered))

    def trust_waiting(self) -> int:
        """The owner taps Allow: trusts all waiting keys, returns how many."""
        count = len(self._waiting)
        self._trusted += self._waiting
        self._waiting.clear()
        return count

    def verifies(self, token: bytes, signature: bytes) -> bool:
        """Whether a trusted key made `signature` of `token`."""
        return any(_made_by(key, token, signature) for key in self._trusted)


def _made_by(key: rsa.RSAPublicKey, token: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, token, padding.PKCS1v15(), utils.Prehashed(hashes.SHA1()))  # noqa: S303 - adb's protocol says SHA-1
    except InvalidSignature:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: send a packet, let the host in, or neither (stay silent)."""

    send: Packet | None = None
    accepted: bool = False


class Challenge:
    """The exchange with one host connection."""

    def __init__(self, mode: Authorization, keyring: Keyring) -> None:
        self._mode = mode
        self._keyring = keyring
        self._token = b""
        self._waiting = False

    @property
    def waiting(self) -> bool:
        """The host's key lies before the phone's owner."""
        return self._waiting

    def start(self) -> Step:
        if self._mode is Authorization.ACCEPTED:
            return Step(accepted=True)
        return self._ask()

    def receive(self, kind: int, payload: bytes) -> Step:
        """Takes the host's AUTH packet."""
        if kind == SIGNATURE:
            known = self._keyring.verifies(self._token, payload)
            if known and self._mode is not Authorization.UNAUTHORIZED:
                return Step(accepted=True)
            return self._ask()
        if kind == PUBLIC_KEY:
            return self._offered(payload)
        return Step()

    def _ask(self) -> Step:
        self._token = os.urandom(TOKEN_SIZE)
        return Step(send=Packet(Command.AUTH, TOKEN, 0, self._token))

    def _offered(self, payload: bytes) -> Step:
        try:
            if self._mode is Authorization.OFFERED:
                self._keyring.trust(payload)
                return Step(accepted=True)
            if self._mode is Authorization.SIGNATURE:
                self._keyring.keep_waiting(payload)
                self._waiting = True
        except ValueError:
            return Step()  # as adbd: a key it cannot read is never asked about
        return Step()
