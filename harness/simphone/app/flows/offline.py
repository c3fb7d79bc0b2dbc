"""The offline page: downloading clips of the feed, waiting for what a download needs."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from harness.simphone.android.parts import android
from harness.simphone.app.context import Context
from harness.simphone.app.flows.failing import Failure
from harness.simphone.app.flows.kept import load_kept
from harness.simphone.app.kept.offline_videos import LOW_STORAGE_BYTES
from harness.simphone.app.reactions import label_for
from harness.simphone.app.state import Video

FEED_PAGE = 20
WAIT_SECONDS = 0.5


async def open_offline(context: Context, _value: str) -> None:
    """The row of the settings, and the offer in a feed without network."""
    if not await context.may_ask("offline"):
        return
    load_kept(context)
    page = context.state.offline
    page.error = ""
    context.track("enter_offline_mode_page", count=len(page.videos))
    if context.state.logged_in:
        _note_visit(context)
    context.show("offline-videos")


async def choose(context: Context, count: str) -> None:
    """One of 50, 100, 150, 200."""
    context.state.offline.chosen = int(count)
    context.render()


async def download(context: Context, _value: str) -> None:
    """Fills the list up to the chosen number, in the background."""
    page = context.state.offline
    if page.downloading or not context.state.logged_in or not await context.may_ask("offline"):
        return
    page.downloading, page.wanted, page.stopped, page.error = True, page.chosen, False, ""
    settings = replace(context.files.offline_settings(), limit=page.chosen)
    try:
        context.files.put_offline_settings(settings)
    except OSError as error:
        context.log("OfflineMode", f"settings: {error}", "W")
    context.track("offline_mode_cache_load_start", count=page.wanted)
    context.render()
    context.spawn(_fill(context))


async def pause(context: Context, _value: str) -> None:
    """The button of a running download."""
    context.state.offline.stopped = not context.state.offline.stopped
    context.render()


async def _fill(context: Context) -> None:
    page, reason = context.state.offline, "done"
    begin, seen = 0, set[str]()
    try:
        while len(page.videos) < page.wanted:
            await _until_possible(context)
            clips = await context.api.feed(begin=begin, count=FEED_PAGE)
            begin += len(clips)
            if {clip.clip_id for clip in clips} <= seen:
                break  # the feed has ended, or goes round in circles
            seen |= {clip.clip_id for clip in clips}
            for clip in clips:
                if len(page.videos) < page.wanted:
                    await _fetch(context, clip)
    except Failure as error:
        context.failed("/aweme/v1/feed/", error)
        page.error, reason = context.t(label_for(error)), type(error).__name__
    except OSError as error:
        context.log("OfflineMode", f"{error}", "W")
        page.error, reason = context.t("pause_storage"), "STORAGE_NOT_ENOUGH"
    page.downloading, page.pause = False, ""
    context.track("offline_mode_cache_load_end", reason=reason, count=len(page.videos))
    _redraw(context)


async def _fetch(context: Context, clip: Video) -> None:
    sec_uid = context.state.sec_uid
    if any(video.clip_id == clip.clip_id for video in context.state.offline.videos):
        return
    await _until_possible(context)
    data = await context.api.clip(clip.url)
    video = context.files.offline.add(
        clip.clip_id,
        sec_uid,
        data,
        now=context.phone.clock.now(),
        caption=clip.caption,
        author=clip.author,
    )
    context.state.offline.videos = (video, *context.state.offline.videos)
    _redraw(context)


async def _until_possible(context: Context) -> None:
    """Waits while something keeps the download from going on, and says what."""
    page = context.state.offline
    while True:
        label = _obstacle(context)
        words = context.t(label) if label else ""
        if words != page.pause:
            page.pause = words
            _redraw(context)
        if not label:
            return
        await asyncio.sleep(WAIT_SECONDS)


def _obstacle(context: Context) -> str:
    """The label of USER_PAUSE, PAUSE_STORAGE, PAUSE_NO_NETWORK or PAUSE_NOT_WIFI; "" = none."""
    if context.state.offline.stopped:
        return "paused"
    if context.phone.fs.usage("/data")[1] < LOW_STORAGE_BYTES:
        return "pause_storage"
    if not context.phone.network.online(context.package.uid):
        return "pause_no_network"
    return "" if android(context.phone).conditions.wifi else "pause_not_wifi"


def _note_visit(context: Context) -> None:
    settings = replace(context.files.offline_settings(), last_visit=context.phone.clock.now())
    try:
        context.files.put_offline_settings(settings)
    except OSError as error:
        context.log("OfflineMode", f"settings: {error}", "W")


def _redraw(context: Context) -> None:
    if context.state.page == "offline-videos":
        context.render()
