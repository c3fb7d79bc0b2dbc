import pytest

from harness.simphone.adbd import sync_wire
from harness.simphone.contracts import Stat

FOUND = Stat(0o100644, 2000, 1028, 5, 1_700_000_000.9, 42, dev=7, nlink=1, atime=1.5, ctime=2.5)


def test_stat_v1_is_mode_size_time() -> None:
    assert sync_wire.stat_v1(FOUND) == b"STAT" + bytes.fromhex("a4810000 05000000 00f15365")
    assert sync_wire.stat_v1(None) == b"STAT" + bytes(12)


def test_stat_v2_has_72_bytes_and_its_error() -> None:
    found = sync_wire.stat_v2(b"STA2", FOUND, 0)
    missing = sync_wire.stat_v2(b"LST2", None, 2)

    assert (len(found), len(missing)) == (72, 72)
    assert missing == b"LST2\x02" + bytes(67)
    assert found[4:8] == bytes(4)
    assert int.from_bytes(found[8:16], "little") == 7
    assert int.from_bytes(found[16:24], "little") == 42
    assert int.from_bytes(found[40:48], "little") == 5


def test_sizes_above_4_gib_are_cut_in_v1_only() -> None:
    large = Stat(0o100644, 0, 0, (1 << 32) + 3, 0.0, 1)

    assert sync_wire.stat_v1(large)[8:12] == b"\x03\0\0\0"
    assert int.from_bytes(sync_wire.stat_v2(b"STA2", large, 0)[40:48], "little") == (1 << 32) + 3


@pytest.mark.parametrize("name", ["plain", "ü \n'", "bad\udcff"])
def test_entries_end_with_the_counted_name(name: str) -> None:
    raw = name.encode(errors="surrogateescape")
    counted = len(raw).to_bytes(4, "little") + raw

    assert sync_wire.entry_v1(name, FOUND) == b"DENT" + sync_wire.stat_v1(FOUND)[4:] + counted
    assert sync_wire.entry_v2(name, FOUND, 0).endswith(counted)


def test_ends_are_as_long_as_an_entry_without_name() -> None:
    assert sync_wire.end_v1() == b"DONE" + bytes(16)
    assert sync_wire.end_v2() == b"DONE" + bytes(72)


def test_data_is_cut_at_64_kib() -> None:
    records = sync_wire.data(bytes(65537))

    assert records[:8] == b"DATA\0\0\x01\0"
    assert records[8 + 65536 :] == b"DATA\x01\0\0\0\0"
    assert sync_wire.data(b"") == b""


def test_a_failure_carries_its_text() -> None:
    assert sync_wire.fail("no") == b"FAIL\x02\0\0\0no"
