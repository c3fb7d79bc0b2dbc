"""Volumes: the keys, `cmd media_session volume`, `media volume`, `dumpsys audio`.

Source: AOSP, frameworks/base/media and VolumeController of `cmd media_session`.
The index of a stream lies in the settings table `system`, as on a phone.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.program import Reply, arguments, program
from harness.simphone.contracts import Invocation, Settings

VOLUME_UP, VOLUME_DOWN, VOLUME_MUTE = 24, 25, 164  # android.view.KeyEvent
KEYS = frozenset({VOLUME_UP, VOLUME_DOWN, VOLUME_MUTE})
MUSIC = 3
MUTED = "volume_music_muted"


@dataclass(frozen=True, slots=True)
class AudioStream:
    """A stream of AudioSystem: its key in the settings, and its range."""

    name: str
    key: str
    low: int
    high: int
    start: int


STREAMS = {
    0: AudioStream("STREAM_VOICE_CALL", "volume_voice_earpiece", 1, 7, 4),
    1: AudioStream("STREAM_SYSTEM", "volume_system_speaker", 0, 7, 5),
    2: AudioStream("STREAM_RING", "volume_ring_speaker", 0, 7, 5),
    MUSIC: AudioStream("STREAM_MUSIC", "volume_music_speaker", 0, 15, 5),
    4: AudioStream("STREAM_ALARM", "volume_alarm_speaker", 1, 7, 6),
    5: AudioStream("STREAM_NOTIFICATION", "volume_notification_speaker", 0, 7, 5),
}


def index_of(settings: Settings, stream: AudioStream) -> int:
    """The stream's present index."""
    stored = settings.get("system", stream.key)
    return int(stored) if stored is not None and stored.isdigit() else stream.start


def set_index(settings: Settings, stream: AudioStream, index: int) -> int:
    """Sets it within the stream's range; returns what it is then."""
    kept = min(stream.high, max(stream.low, index))
    settings.put("system", stream.key, str(kept))
    return kept


def press(settings: Settings, key: int) -> None:
    """One of KEYS: moves the music stream, or mutes it and back."""
    stream = STREAMS[MUSIC]
    if key == VOLUME_MUTE:
        muted = settings.get("system", MUTED) == "1"
        settings.put("system", MUTED, "0" if muted else "1")
        return
    step = 1 if key == VOLUME_UP else -1
    set_index(settings, stream, index_of(settings, stream) + step)


def dump_audio(phone: AndroidPhone, _: list[str]) -> str:
    """The stream volumes of `dumpsys audio`."""
    lines = ["", "Stream volumes (device: index)"]
    for number, stream in STREAMS.items():
        index = index_of(phone.settings, stream)
        muted = number == MUSIC and phone.settings.get("system", MUTED) == "1"
        lines += [
            f"- {stream.name}:",
            f"   Muted: {'true' if muted else 'false'}",
            f"   Min: {stream.low}",
            f"   Max: {stream.high}",
            f"   streamVolume:{0 if muted else index}",
            f"   Current: 2 (speaker): {index}, 40000000 (default): {stream.start}",
            "   Devices: speaker(2)",
        ]
    return "\n".join([*lines, ""])


def media_session(inv: Invocation) -> Reply:
    """`cmd media_session volume [--show] [--stream N] --get | --set I | --adj same|raise|lower`."""
    words = list(inv.argv[1:])
    if words[:1] != ["volume"]:
        return Reply(err=f"Error: unknown command '{' '.join(words)}'\n", code=255)
    return _volume(inv, words[1:])


def _volume(inv: Invocation, words: list[str]) -> Reply:
    given = arguments(words, {"--stream", "--set", "--adj"})
    number = given.value("--stream") or str(MUSIC)
    stream = STREAMS.get(int(number)) if number.isdigit() else None
    if stream is None:
        return Reply("[E] Error: Invalid stream type\n")
    settings = android(inv.phone).settings
    said = [f"[V] will control stream={number} ({stream.name})"]
    wanted, move = given.value("--set"), given.value("--adj")
    if wanted is not None:
        if not wanted.isdigit() or not stream.low <= int(wanted) <= stream.high:
            return Reply("\n".join([*said, "[E] Error: invalid volume index", ""]))
        said.append(f"[V] will set volume to index={wanted}")
        set_index(settings, stream, int(wanted))
    elif move is not None:
        step = {"same": 0, "raise": 1, "lower": -1}.get(move)
        if step is None:
            return Reply("\n".join([*said, "[E] Error: no volume adjustment", ""]))
        said.append(f"[V] will adjust volume ({move})")
        set_index(settings, stream, index_of(settings, stream) + step)
    said.append("[V] Connecting to AudioService")
    if given.has("--get"):
        now = index_of(settings, stream)
        said.append(f"[V] volume is {now} in range [{stream.low}..{stream.high}]")
    return Reply("\n".join([*said, ""]))


def _media(inv: Invocation) -> Reply:
    """`media volume …`; API 30 made a script of it that calls `cmd media_session`."""
    words = list(inv.argv[1:])
    if words[:1] == ["volume"]:
        return _volume(inv, words[1:])
    return Reply("usage: media [subcommand] [options]\n       media volume [options]\n", code=1)


COMMANDS = {"media": program(_media)}
