"""Saving the clip in front to the phone's shared storage."""

from __future__ import annotations

import hashlib

from harness.simphone.app.context import Context
from harness.simphone.app.flows.failing import Failure
from harness.simphone.app.reactions import label_for
from harness.simphone.app.state import Video

FOLDER = "/storage/emulated/0/DCIM/Camera"
PENDING_DAYS = 7
DAY = 86_400


async def save_video(context: Context, _value: str) -> None:
    """The entry of the share sheet; the sheet closes at once."""
    state = context.state
    state.pages = [page for page in state.pages if page != "share-sheet"]
    context.render()
    if state.videos and await context.may_ask("feed"):
        context.spawn(_save(context, state.videos[state.video % len(state.videos)]))


async def _save(context: Context, clip: Video) -> None:
    try:
        data = await _bytes(context, clip)
        path = write_saved(context, clip.clip_id, data)
    except Failure as error:
        context.failed(f"save {clip.clip_id}", error)
        label = label_for(error)
    except OSError as error:
        context.log("SaveVideo", f"{error}", "W")
        label = "storage_full"
    else:
        context.track("download", item_id=clip.clip_id, path=path)
        label = "video_saved"
    context.phone.display.toast(context.package.name, context.t(label))


async def _bytes(context: Context, clip: Video) -> bytes:
    """From the video cache when it is there, else from the CDN."""
    try:
        return context.files.folder.read(f"cache/cachev2/{clip.clip_id}.mdl")
    except OSError:
        return await context.api.clip(clip.url)


def write_saved(context: Context, clip_id: str, data: bytes) -> str:
    """Writes DCIM/Camera/<hash>.mp4 by way of a pending file, as MediaStore has apps do."""
    fs, uid, now = context.phone.fs, context.package.uid, context.phone.clock.now()
    name = f"{hashlib.sha256(f'{clip_id} {now}'.encode()).hexdigest()[:32]}.mp4"
    pending = f"{FOLDER}/.pending-{int(now) + PENDING_DAYS * DAY}-{name}"
    fs.write(pending, data, uid=uid, ns="zygote")
    fs.rename(pending, f"{FOLDER}/{name}", uid=uid, ns="zygote")
    return f"{FOLDER}/{name}"
