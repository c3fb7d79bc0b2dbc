"""Caches, the app's own configuration, and its folders on shared storage."""

from __future__ import annotations

import json

from harness.simphone.android.package_data import external
from harness.simphone.android.volumes import shared_roots
from harness.simphone.media.stills import still
from harness.simphone.service.clips import clip_bytes
from harness.simphone.used.planting import Planting
from harness.simphone.used.things import DAY, HOUR, WATCHED

PICTURES = 9
SMALL_FILES = 5000
BIG_BYTES = 200_000_000


def plant_caches(planting: Planting) -> None:
    """What the app makes by itself while it is used."""
    _private(planting)
    _configuration(planting)
    _shared(planting)


def plant_bulk(planting: Planting) -> None:
    """Sizes at which tools for inventories break: many small files, an empty one, a big one."""
    for number in range(SMALL_FILES):
        path = f"files/stickers/{number // 100}/sticker {number}.bin"
        planting.put(path, number.to_bytes(4, "big") * (number % 16), "other", "sticker cache")
    planting.put("files/model/face.model", bytes(BIG_BYTES), "other", "face model")
    planting.put("files/model/lock", b"", "other", "face model")


def _private(planting: Planting) -> None:
    for number, watched in enumerate(WATCHED):
        data = clip_bytes(watched.clip_id)[: 30_000 - 4_000 * number]
        path = f"cache/cachev2/{watched.clip_id}.mdl"
        planting.put(path, data, "cache", "video cache", age=(number + 1) * HOUR)
    for number in (1, 2):
        post = {"aweme_id": f"73000000000000{number:05d}", "desc": f"post no. {number}, old"}
        path = f"cache/aweme_publish/{number}"
        planting.put(path, json.dumps(post).encode(), "cache", "published posts", age=5 * DAY)
    planting.put("cache/cache/journal", b"", "cache", "cache index")
    planting.put("code_cache/com.zhiliaoapp.musically/dex.bin", bytes(512), "cache", "code cache")
    planting.put("no_backup/androidx.work.workdb", bytes(1024), "database", "planned work")


def _configuration(planting: Planting) -> None:
    put = planting.put
    put("files/.msdata", planting.rng.randbytes(96), "other", "device risk data")
    put(
        "files/keva/repo/offline_mode/offline_mode.chk", planting.rng.randbytes(64), "other", "keva"
    )
    put("files/server.json", b'{"region":"useast1a"}', "settings", "server settings")
    put("files/tt_net_config.config", b'{"tnc":1}', "settings", "network settings")
    put("files/effects/My effect, v2 \u2728.json", b"{}", "other", "effect with an odd name")
    put("files/effects/two\nlines.txt", b"x", "other", "effect with a line break in its name")


def _shared(planting: Planting) -> None:
    phone, package = planting.phone, planting.package
    for root in shared_roots(phone.fs)[1:]:
        for kind in ("data", "media"):
            folder = external(phone.fs, package.name, package.uid, kind, root)
            _put_shared(planting, f"{folder}/files/on the card.bin", bytes(700), "other", "card")
    data = external(phone.fs, package.name, package.uid)
    media = external(phone.fs, package.name, package.uid, "media")

    for number in range(PICTURES):
        name = f"{planting.rng.getrandbits(160):040x}.cnt"
        path = f"{data}/cache/picture/fresco_cache/v2.ols100.1/{number * 11 % 100}/{name}"
        _put_shared(planting, path, still(500 + number), "cache", "picture cache")
    for name in ("My clip, part 1.mp4", "clip 2 😀.mp4"):
        _put_shared(
            planting,
            f"{data}/files/share/out/{name}",
            clip_bytes(WATCHED[0].clip_id),
            "other",
            f"shared {name}",
        )
    _put_shared(planting, f"{media}/stickers/hello there.webp", still(77), "other", "sticker")


def _put_shared(planting: Planting, path: str, content: bytes, kind: str, title: str) -> None:
    fs, uid = planting.phone.fs, planting.package.uid
    fs.mkdir(path.rpartition("/")[0], uid=uid, parents=True)
    fs.write(path, content, uid=uid, mtime=planting.now - 2 * DAY)
    planting.label(path, kind, title)
