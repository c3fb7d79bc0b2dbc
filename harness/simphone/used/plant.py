"""Plants the account and the content of a used phone, the same for the same seed."""

from __future__ import annotations

import json
import random

from harness.simphone.app.files import AppFiles, OfflineSettings
from harness.simphone.contracts import Package, PhoneParts
from harness.simphone.media.stills import clip, still
from harness.simphone.service.accounts import Account
from harness.simphone.service.clips import clip_bytes
from harness.simphone.used.account import plant_account
from harness.simphone.used.cached import plant_bulk, plant_caches
from harness.simphone.used.databases import fillings
from harness.simphone.used.odd import plant_odd
from harness.simphone.used.planted import Planted
from harness.simphone.used.planting import Planting
from harness.simphone.used.survey import survey
from harness.simphone.used.things import DAY, DRAFTS, OFFLINE, SAVED, SEARCHES

INSTALLED_AGO, UPDATED_AGO = 41 * DAY, 9 * DAY
CAMERA = "/storage/emulated/0/DCIM/Camera"


def plant(
    phone: PhoneParts,
    package: Package,
    account: Account,
    *,
    token: str | None,
    seed: int,
    odd: bool = False,
    large: bool = False,
) -> list[Planted]:
    """Fills the app's storage; `token` is the session of a logged-in app.

    `odd` adds names and sizes that break tools, in every place; `large` thousands of small
    files and one of 200 MB.

    Returns every file that lies there now and in the camera folder.
    """
    files = AppFiles(phone.fs, phone.clock, package.name, package.uid, package.volume)
    now = phone.clock.now()
    planting = Planting(phone, package, account, files, random.Random(seed), now)
    package.stopped = package.not_launched = False
    package.first_install, package.last_update = now - INSTALLED_AGO, now - UPDATED_AGO
    plant_account(planting, token)
    _drafts(planting)
    _offline(planting)
    _saved(planting)
    _databases(planting)
    _settings(planting)
    plant_caches(planting)
    if odd:
        plant_odd(planting)
    if large:
        plant_bulk(planting)
    return survey(phone.fs, package.name, planting.labels)


def _drafts(planting: Planting) -> None:
    for number, thing in enumerate(DRAFTS):
        made = planting.now - thing.age
        draft_id = f"{round(made * 1000)}{planting.rng.randrange(100, 1000)}"
        draft = planting.files.drafts.add(
            draft_id,
            planting.account.uid,
            thing.title,
            video=clip(900 + number, thing.frames),
            cover=still(900 + number),
            now=made,
        )
        for name in ("video.mp4", "cover.jpg", "draft.json"):
            planting.label(f"{draft.path}/{name}", "draft", f'draft "{thing.title}"')
    planting.label("databases/aweme_draft.db", "database", "list of drafts")


def _offline(planting: Planting) -> None:
    for thing in OFFLINE:
        video = planting.files.offline.add(
            thing.clip.clip_id,
            planting.account.sec_uid,
            clip_bytes(thing.clip.clip_id),
            now=planting.now - thing.age,
            caption=thing.clip.caption,
            author=thing.clip.author,
        )
        title = f'offline video "{thing.clip.caption}"'
        planting.label(video.path, "offline_video", title, on_server=True)
    planting.files.put_offline_settings(OfflineSettings(planting.now - 20 * DAY, 50))
    planting.label("shared_prefs/offline_mode.xml", "settings", "offline mode settings")
    planting.label("databases/offlinemode.db", "database", "list of offline videos")


def _saved(planting: Planting) -> None:
    fs, uid = planting.phone.fs, planting.package.uid
    for thing in SAVED:
        path = f"{CAMERA}/{thing.name}"
        data, when = clip_bytes(thing.clip.clip_id), planting.now - thing.age
        fs.write(path, data, uid=uid, mtime=when, ns="zygote")
        planting.label(path, "saved_video", f'saved video "{thing.name}"', on_server=True)


def _databases(planting: Planting) -> None:
    now_ms = round(planting.now * 1000)
    for filling in fillings(planting.account, now_ms, planting.rng):
        planting.files.databases.change(
            filling.database, filling.create, filling.insert, filling.rows
        )
        kind = "messages" if filling.title == "messages" else "database"
        planting.label(
            f"databases/{filling.database}", kind, filling.title, on_server=filling.on_server
        )


def _settings(planting: Planting) -> None:
    files = planting.files
    files.put_preferences("search", {"recent_history": json.dumps(SEARCHES, ensure_ascii=False)})
    planting.label("shared_prefs/search.xml", "settings", "search history")
    files.put_preferences(
        "aweme-app",
        {
            "auto_play": True,
            "captions": "en",
            "data_saver": False,
            "dark_mode": True,
            "first_launch_time": round((planting.now - INSTALLED_AGO) * 1000),
        },
    )
    planting.label("shared_prefs/aweme-app.xml", "settings", "app settings")
