"""Volumes by keys, by command, and as `dumpsys audio` tells them."""

import pytest

from harness.simphone.android import audio
from tests.simphone.android.phone import FakePhone


@pytest.mark.parametrize(
    ("line", "said", "index"),
    [
        ("cmd media_session volume --stream 3 --get", "[V] volume is 5 in range [0..15]\n", "5"),
        ("cmd media_session volume --set 9", "will set volume to index=9", "9"),
        ("media volume --stream 3 --adj raise --get", "[V] volume is 6 in range", "6"),
        ("media volume --set 99", "[E] Error: invalid volume index", "5"),
        ("media volume --adj up", "[E] Error: no volume adjustment", "5"),
        ("media volume --stream 77 --get", "[E] Error: Invalid stream type", "5"),
    ],
)
def test_volume(phone: FakePhone, line: str, said: str, index: str) -> None:
    out, _, code = phone.run(line)
    assert said in out
    assert code == 0
    assert phone.settings.get("system", "volume_music_speaker") == index


@pytest.mark.parametrize(
    ("line", "code"), [("media play", 1), ("cmd media_session play", 255), ("media", 1)]
)
def test_what_is_no_volume(phone: FakePhone, line: str, code: int) -> None:
    assert phone.run(line)[2] == code


def test_keys_stay_within_the_range(phone: FakePhone) -> None:
    for _ in range(20):
        audio.press(phone.settings, audio.VOLUME_UP)
    assert audio.index_of(phone.settings, audio.STREAMS[audio.MUSIC]) == 15
    audio.press(phone.settings, audio.VOLUME_DOWN)
    assert phone.settings.get("system", "volume_music_speaker") == "14"


def test_mute_is_a_switch(phone: FakePhone) -> None:
    for muted in ("true", "false"):
        audio.press(phone.settings, audio.VOLUME_MUTE)
        dump = phone.run("dumpsys audio")[0]
        music = dump.partition("- STREAM_MUSIC:")[2].partition("- STREAM_")[0]
        assert f"Muted: {muted}" in music
