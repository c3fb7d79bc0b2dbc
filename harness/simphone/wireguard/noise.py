"""WireGuard's handshake and transport messages, the initiator's side.

After the protocol paper (Donenfeld, "WireGuard: Next Generation Kernel Network Tunnel", 5.4):
Noise_IKpsk2 with X25519, ChaCha20-Poly1305 and BLAKE2s; no pre-shared key, no cookies.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import struct
import time
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

INITIATION, RESPONSE, TRANSPORT = 1, 2, 4
RESPONSE_SIZE = 92
_CONSTRUCTION = b"Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s"
_IDENTIFIER = b"WireGuard v1 zx2c4 Jason@zx2c4.com"
_LABEL_MAC1 = b"mac1----"
_NO_PSK = bytes(32)
_TAI64_EPOCH = 0x400000000000000A


class NoiseError(ValueError):
    """A message that the other side did not make for us."""


def _hash(data: bytes) -> bytes:
    return hashlib.blake2s(data).digest()


def _mac(key: bytes, data: bytes) -> bytes:
    return hashlib.blake2s(data, key=key, digest_size=16).digest()


def _derive(key: bytes, data: bytes, count: int) -> list[bytes]:
    """HKDF with HMAC-BLAKE2s."""
    secret = hmac.new(key, data, hashlib.blake2s).digest()
    found: list[bytes] = []
    for number in range(1, count + 1):
        last = found[-1] if found else b""
        found.append(hmac.new(secret, last + bytes([number]), hashlib.blake2s).digest())
    return found


def _nonce(counter: int) -> bytes:
    return bytes(4) + struct.pack("<Q", counter)


def _timestamp(now: float) -> bytes:
    """TAI64N."""
    whole = int(now)
    return struct.pack(">QI", _TAI64_EPOCH + whole, int((now - whole) * 1e9))


@dataclass(slots=True)
class Session:
    """The two keys of a finished handshake; each message gets the next number."""

    theirs: int  # index by which the other side knows it
    sending: ChaCha20Poly1305
    receiving: ChaCha20Poly1305
    sent: int = 0
    newest: int = -1

    def seal(self, packet: bytes) -> bytes:
        """A transport message; an empty packet is a keepalive."""
        padded = packet + bytes(-len(packet) % 16)
        head = struct.pack("<IIQ", TRANSPORT, self.theirs, self.sent)
        sealed = self.sending.encrypt(_nonce(self.sent), padded, None)
        self.sent += 1
        return head + sealed

    def open(self, message: bytes) -> bytes:
        """The packet, padded. Raises NoiseError; a number that came before is one as well."""
        _, _, counter = struct.unpack_from("<IIQ", message)
        if counter <= self.newest:
            raise NoiseError(f"number {counter} came before")
        try:
            packet = self.receiving.decrypt(_nonce(counter), message[16:], None)
        except InvalidTag as error:
            raise NoiseError("a forged transport message") from error
        self.newest = counter
        return packet


class Handshake:
    """One try: `initiation` is sent, the answer goes to `finish`."""

    def __init__(self, private: bytes, peer: bytes, *, now: float | None = None) -> None:
        """`private`: ours, `peer`: the other side's public key; 32 bytes each."""
        self._own = X25519PrivateKey.from_private_bytes(private)
        self._peer = X25519PublicKey.from_public_bytes(peer)
        self._peer_bytes = peer
        self._ephemeral = X25519PrivateKey.generate()
        self.index = secrets.randbits(32)
        self._chain = _hash(_CONSTRUCTION)
        self._hashed = _hash(_hash(self._chain + _IDENTIFIER) + peer)
        self.initiation = self._initiate(time.time() if now is None else now)

    def _initiate(self, now: float) -> bytes:
        ephemeral = self._ephemeral.public_key().public_bytes_raw()
        self._mix(ephemeral)
        (self._chain,) = _derive(self._chain, ephemeral, 1)
        key = self._agree(self._ephemeral, self._peer)
        static = self._encrypt(key, self._own.public_key().public_bytes_raw())
        key = self._agree(self._own, self._peer)
        stamp = self._encrypt(key, _timestamp(now))
        message = struct.pack("<II", INITIATION, self.index) + ephemeral + static + stamp
        return message + _mac(_hash(_LABEL_MAC1 + self._peer_bytes), message) + bytes(16)

    def finish(self, message: bytes) -> Session:
        """Raises NoiseError for an answer that is none to this try."""
        if len(message) != RESPONSE_SIZE or message[0] != RESPONSE:
            raise NoiseError("no answer to a handshake")
        theirs, ours = struct.unpack_from("<II", message, 4)
        if ours != self.index:
            raise NoiseError("an answer to another handshake")
        point = message[12:44]
        self._mix(point)
        (self._chain,) = _derive(self._chain, point, 1)
        ephemeral = X25519PublicKey.from_public_bytes(point)
        self._agree(self._ephemeral, ephemeral)
        self._agree(self._own, ephemeral)
        self._chain, mixed, key = _derive(self._chain, _NO_PSK, 3)
        self._mix(mixed)
        try:
            ChaCha20Poly1305(key).decrypt(_nonce(0), message[44:60], self._hashed)
        except InvalidTag as error:
            raise NoiseError("a forged answer to the handshake") from error
        sending, receiving = _derive(self._chain, b"", 2)
        return Session(theirs, ChaCha20Poly1305(sending), ChaCha20Poly1305(receiving))

    def _mix(self, data: bytes) -> None:
        self._hashed = _hash(self._hashed + data)

    def _agree(self, own: X25519PrivateKey, other: X25519PublicKey) -> bytes:
        self._chain, key = _derive(self._chain, own.exchange(other), 2)
        return key

    def _encrypt(self, key: bytes, data: bytes) -> bytes:
        sealed = ChaCha20Poly1305(key).encrypt(_nonce(0), data, self._hashed)
        self._mix(sealed)
        return sealed
