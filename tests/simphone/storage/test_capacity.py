import pytest

from harness.simphone.storage.capacity import Capacity


def test_room_is_taken_given_back_and_runs_out() -> None:
    volume = Capacity(1000)
    volume.free_bytes = 10
    volume.take(4, "/f")
    volume.take(-2, "/f")

    assert volume.free_bytes == 8
    with pytest.raises(OSError, match="No space left on device"):
        volume.take(9, "/f")
    volume.take(-5000, "/f")
    assert volume.free_bytes == 1000


def test_on_a_crowded_phone_nothing_becomes_free() -> None:
    volume = Capacity(1000)
    volume.free_bytes, volume.crowded = 0, True
    volume.take(-500, "/f")
    assert volume.free_bytes == 0
