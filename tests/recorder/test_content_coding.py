"""Undoing content-encodings."""

import gzip
import zlib
from typing import Any

import brotli
import pytest
import zstandard

from harness.recorder import content_coding
from harness.recorder.content_coding import CutBodyError, TooLargeError, decode

TEXT = b'{"a":1}' * 50
_RAW: Any = zlib.compressobj(wbits=-15)
CODED = {
    "": TEXT,
    "identity": TEXT,
    "gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstandard.ZstdCompressor().compress(TEXT),
}


@pytest.mark.parametrize("coding", CODED)
def test_round_trip(coding: str) -> None:
    assert decode(CODED[coding], coding) == TEXT
    assert decode(b"", coding) == b""


def test_deflate_without_its_head_works_as_browsers_take_it() -> None:
    assert decode(_RAW.compress(TEXT) + _RAW.flush(), "deflate") == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_cut_stream_is_damage(coding: str) -> None:
    with pytest.raises(CutBodyError):
        decode(CODED[coding][:-5], coding)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_garbage_is_damage(coding: str) -> None:
    with pytest.raises(CutBodyError):
        decode(b"\x01\x02garbage and more of it", coding)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_not_decoded(coding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_coding, "MOST", 100)
    with pytest.raises(TooLargeError):
        decode(CODED[coding], coding)
