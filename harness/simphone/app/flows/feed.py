"""The feed: loading, the clip in front, scrolling."""

from __future__ import annotations

from harness.simphone.app.context import Context
from harness.simphone.app.flows.failing import Failure
from harness.simphone.app.reactions import label_for

PATH = "/aweme/v1/feed/"


async def load_feed(context: Context) -> None:
    """Fetches the feed and the clip in front."""
    state = context.state
    state.feed_error = ""
    if not await context.may_ask("feed"):
        return
    try:
        if context.faults.has("malformed-request", "feed"):
            await context.api.malformed(
                context.api.hosts.api, "/aweme/v1/feed/", context.seconds("feed")
            )
        state.videos = await context.api.feed(context.seconds("feed"))
    except Failure as error:
        context.failed("/aweme/v1/feed/", error)
        state.feed_error = context.t(label_for(error))
    context.render()
    await play(context)


async def play(context: Context) -> None:
    """Fetches the clip in front into the video cache."""
    state = context.state
    if not state.videos:
        return
    clip = state.videos[state.video % len(state.videos)]
    path = f"cache/cachev2/{clip.clip_id}.mdl"
    if context.files.folder.has(path):
        return
    try:
        data = await context.api.clip(clip.url)
        context.files.folder.write(path, data)
    except Failure as error:
        context.failed(f"play {clip.clip_id}", error)
    except OSError as error:
        context.log("VideoCache", f"{path}: {error}", "W")
    context.track("video_play", item_id=clip.clip_id)


async def scroll(context: Context, direction: str) -> None:
    """Next clip when the finger goes up, the one before when it goes down."""
    state = context.state
    if state.videos and direction in ("up", "down"):
        state.video = (state.video + (1 if direction == "up" else -1)) % len(state.videos)
        context.render()
        context.spawn(play(context))
