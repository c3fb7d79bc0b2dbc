"""Names and sizes at which tools for inventories break, in every place that an app has."""

from __future__ import annotations

from harness.simphone.android.package_data import ce, de, external, make_sandboxes
from harness.simphone.android.volumes import shared_roots
from harness.simphone.service.clips import clip_bytes
from harness.simphone.used.planting import Planting
from harness.simphone.used.things import DAY, WATCHED

NAMES = (
    "two words", "comma, and = sign", "it's \"quoted\"", "back\\slash", "line\nbreak.bin",
    "party \N{PARTY POPPER}", "été", "-rf", "$(reboot) `id` *?", "Row: 1 _id=2, _data=x",
    "trailing space ", ".hidden", "%s|%Y", "percent%20",
)  # fmt: skip
SIZES = (0, 1, 511, 4096, 70_000)
SANDBOX_SINCE = 33  # API level
VIDEOS = "/storage/emulated/0/Movies/TikTok"
HIDDEN = (".pending-1796200000-half, written.mp4", ".trashed-1798200000-thrown away.mp4")
SAVED = ("Trip, day 1\nand 2.mp4", "Row: 0 _id=7, _data=x.mp4", "kiss \N{SPARKLING HEART}.mp4")


def plant_odd(planting: Planting) -> None:
    """At least two odd names in each place; at most `SIZES[-1]` bytes each."""
    package, phone = planting.package, planting.phone
    root = ce(package.name, package.volume)
    places = [f"{root}/{folder}" for folder in ("files/odd", "cache", "code_cache", "no_backup")]
    places += [f"{de(package.name, package.volume)}/{folder}" for folder in ("files", "cache")]
    for top in shared_roots(phone.fs):
        for kind in ("data", "media", "obb"):
            places.append(external(phone.fs, package.name, package.uid, kind, top))
        places.append(f"{places[-3]}/cache")
    if phone.spec.api >= SANDBOX_SINCE:
        places += make_sandboxes(phone.fs, package.name, package.uid)
    for number, place in enumerate(places):
        for turn in range(len(NAMES) if number == 0 else 2):
            odd = NAMES[(number + turn * 5) % len(NAMES)]
            data = bytes([65 + number % 26]) * SIZES[(number + turn) % len(SIZES)]
            _put(planting, f"{place}/{turn} {odd}" if odd[0] != "-" else f"{place}/{odd}", data)
    for name in HIDDEN:
        _put(planting, f"{VIDEOS}/{name}", bytes(300), ns="zygote")
    for number, name in enumerate(SAVED):
        _save(planting, f"{VIDEOS}/{name}", 10 + number)


def _put(planting: Planting, path: str, data: bytes, ns: str = "init") -> None:
    fs, uid = planting.phone.fs, planting.package.uid
    fs.mkdir(path.rpartition("/")[0], uid=uid, parents=True)
    fs.write(path, data, uid=uid, mtime=planting.now - 3 * DAY, ns=ns)
    planting.label(path, "other", "file with an odd name")


def _save(planting: Planting, path: str, days: int) -> None:
    fs, uid = planting.phone.fs, planting.package.uid
    data = clip_bytes(WATCHED[days % len(WATCHED)].clip_id)
    fs.mkdir(path.rpartition("/")[0], uid=uid, parents=True)
    fs.write(path, data, uid=uid, mtime=planting.now - days * DAY, ns="zygote")
    title = f'saved video "{path.rpartition("/")[2]}"'
    planting.label(path, "saved_video", title, on_server=True)
