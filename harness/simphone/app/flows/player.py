"""Playing an offline video; it needs no network."""

from __future__ import annotations

import asyncio

from harness.simphone.app.context import Context
from harness.simphone.app.kept.offline_videos import OfflineVideo
from harness.simphone.app.screens.offline import clip_picture
from harness.simphone.app.state import Player
from harness.simphone.media.mp4_reader import UnplayableError, read_mp4

PAGE = "offline-player"
TICK_SECONDS = 1.0


async def play_offline(context: Context, clip_id: str) -> None:
    """A tile of the offline videos."""
    found = next((v for v in context.state.offline.videos if v.clip_id == clip_id), None)
    if found is None or not await context.may_ask("offline"):
        return
    player = context.state.player = _opened(context, found)
    context.track("offline_video_play", item_id=clip_id, success=not player.broken)
    context.show(PAGE)
    context.spawn(_run(context, player))


async def toggle(context: Context, _value: str) -> None:
    """A tap on the picture."""
    context.state.player.playing = not context.state.player.playing
    context.render()


def _opened(context: Context, video: OfflineVideo) -> Player:
    player = Player(video.caption, video.author, clip_picture(video.clip_id))
    try:
        movie = read_mp4(context.files.offline.read(video))
    except (OSError, UnplayableError) as error:
        context.log("MediaPlayer", f"error (1, -1010): {video.path}: {error}", "E")
        player.broken = True
        return player
    player.broken = context.faults.has("opens-nothing", "offline")
    player.seconds, player.playing = movie.seconds, not player.broken
    return player


async def _run(context: Context, player: Player) -> None:
    """Moves the bar while the page is shown; at its end the video begins again."""
    uptime = context.phone.clock.uptime
    before = uptime()
    while context.state.player is player and context.state.page == PAGE and not player.broken:
        await asyncio.sleep(TICK_SECONDS)
        now = uptime()
        if player.playing:
            player.position = (player.position + now - before) % max(player.seconds, TICK_SECONDS)
            if context.state.page == PAGE:
                context.render()
        before = now
