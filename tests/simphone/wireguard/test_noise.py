"""Messages of the protocol; that a real server takes them is test_tunnel.py's."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from harness.simphone.wireguard.noise import INITIATION, Handshake, NoiseError, Session

PRIVATE, PEER = bytes(range(1, 33)), bytes(range(33, 65))


def test_an_initiation_has_the_size_and_head_of_the_protocol() -> None:
    made = Handshake(PRIVATE, PEER, now=1_700_000_000.5)
    assert len(made.initiation) == 148
    assert made.initiation[:4] == bytes([INITIATION, 0, 0, 0])
    assert made.initiation[4:8] == made.index.to_bytes(4, "little")
    assert made.initiation[-16:] == bytes(16), "no cookie"
    assert Handshake(PRIVATE, PEER).initiation[8:40] != made.initiation[8:40], "a new key each time"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"\x02", "no answer to a handshake"),
        (b"\x02" + bytes(91), "another handshake"),
        (None, "forged"),
    ],
)
def test_an_answer_of_someone_else_is_refused(answer: bytes | None, said: str) -> None:
    made = Handshake(PRIVATE, PEER)
    forged = b"\x02" + bytes(7) + made.index.to_bytes(4, "little") + PEER + bytes(48)
    with pytest.raises(NoiseError, match=said):
        made.finish(answer or forged)


def test_each_message_has_a_number_and_counts_once() -> None:
    key = ChaCha20Poly1305(bytes(32))
    ours, theirs = Session(7, key, key), Session(8, key, key)
    first, second = ours.seal(b"hello"), ours.seal(b"")
    assert theirs.open(first) == b"hello" + bytes(11)
    assert theirs.open(second) == b""
    with pytest.raises(NoiseError, match="came before"):
        theirs.open(first)
    third = bytearray(ours.seal(b"x"))
    third[-1] ^= 1
    with pytest.raises(NoiseError, match="forged"):
        theirs.open(bytes(third))
