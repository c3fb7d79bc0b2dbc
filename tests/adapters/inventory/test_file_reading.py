"""Hashes and contents of many files in one call."""

import pytest

from harness.adapters.inventory.file_reading import (
    ContentReader,
    as_stdin,
    is_plain,
    read_hashes,
    read_odd_hashes,
)

A, B = "a" * 64, "b" * 64
MARK = b"@0123456789"


def test_hashes_by_path() -> None:
    text = f"{A}  /d/x y\n{B}  /d/z  z\nsha256sum: /d/q: Permission denied\n"

    assert read_hashes(text) == {"/d/x y": A, "/d/z  z": B}


def test_hashes_of_odd_names_come_in_order_and_may_be_missing() -> None:
    text = f"@0123456789\n{A}  -\n@0123456789\n@0123456789\n{B}  -\n"

    assert read_odd_hashes(text, MARK, ["/a\n", "/gone\\", "/b\n"]) == {"/a\n": A, "/b\n": B}


@pytest.mark.parametrize(
    ("path", "plain"), [("/a b,'x 😀", True), ("/a\nb", False), ("/a\\b", False), ("/a\r", False)]
)
def test_is_plain(path: str, plain: bool) -> None:
    assert is_plain(path) is plain


def test_paths_go_in_with_nuls() -> None:
    assert as_stdin(["/a b", "/ü\n"]) == "/a b\0/ü\n\0".encode()


@pytest.mark.parametrize("step", [1, 5, 1000])
def test_contents_may_hold_anything_and_be_cut_anywhere(step: int) -> None:
    contents = [b"SQLite\0\n@01234", b"", b"\n\n", bytes(range(256))]
    stream = b"".join(b"@0123456789\n" + content for content in contents)
    found: list[tuple[str, bytes]] = []
    reader = ContentReader(
        MARK, ["/a", "/b", "/c", "/d"], lambda path, content: found.append((path, content))
    )
    for at in range(0, len(stream), step):
        reader.feed(stream[at : at + step])
    reader.close()

    assert found == list(zip(["/a", "/b", "/c", "/d"], contents, strict=True))
