"""A whole look at a phone made of a folder, in every tier."""

import hashlib
import sqlite3
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from harness.adapters.inventory.part_reading import LARGEST
from harness.adapters.inventory.take import Hashing, chosen_package, take_inventory
from harness.adapters.profile_file import load_profile
from harness.domain.inventory import Inventory, Item, MediaRow
from harness.domain.storage import Area, Tier
from harness.ports import InstrumentError
from tests.adapters.inventory.host_phone import CE, PACKAGE, HostPhone

KEY = b"0123456789abcdef"
TIKTOK = load_profile("tiktok")
SHARED = "/data/media/0"
ODD = "a, b\nc\\d 😀 'x'.mp4"


def database(folder: Path) -> bytes:
    link = sqlite3.connect(folder / "d.db")
    link.execute("CREATE TABLE local_draft (draft_id TEXT PRIMARY KEY, title TEXT, create_time)")
    link.execute("INSERT INTO local_draft VALUES ('7', 'private title', 1790000000000)")
    link.commit()
    link.close()
    return (folder / "d.db").read_bytes()


@pytest.fixture
def phone(tmp_path: Path) -> HostPhone:
    made = HostPhone(tmp_path)
    made.put(f"{CE}/files/draft/7/{ODD}", b"draft")
    made.put(f"{CE}/files/offlinemode/MS4wSECRET/99.mp4", b"offline")
    made.put(f"{CE}/databases/aweme_draft.db", database(tmp_path))
    made.put(f"{CE}/databases/MS4wSECRET_im.db", b"encrypted")
    made.put(
        f"{CE}/shared_prefs/aweme_user.xml", b"<map><string name='current_foreground_uid'/></map>"
    )
    made.put(f"{CE}/cache/x.mdl", b"")
    made.put(f"/data/user_de/0/{PACKAGE}/shared_prefs/y.xml", b"no xml")
    made.put(f"{SHARED}/Android/data/{PACKAGE}/cache/p.cnt", b"p")
    made.put(f"{SHARED}/DCIM/Camera/clip 1.mp4", b"saved")
    made.put(f"{SHARED}/DCIM/Camera/mine.jpg", b"of the person")
    made.put(f"{SHARED}/DCIM/TikTok/b.mp4", b"too")
    made.put(f"{SHARED}/Android/media/{PACKAGE}/s.webp", b"sticker")
    made.rows(
        row(17, PACKAGE, "DCIM/Camera/clip 1.mp4"),
        row(18, PACKAGE, f"Android/media/{PACKAGE}/s.webp"),
    )
    return made


def row(number: int, owner: str, path: str) -> str:
    return (
        f"_id={number}, owner_package_name={owner}, is_pending=0, is_trashed=0,"
        f" _data=/storage/emulated/0/{path}"
    )


def look(phone: HostPhone, **more: object) -> Inventory:
    return take_inventory(phone, TIKTOK, key=KEY, **more)  # pyright: ignore[reportArgumentType]


def by_path(found: Inventory) -> dict[str, Item]:
    return {item.path: item for item in found.items}


def test_root_sees_everything_once_with_class_and_hash(phone: HostPhone) -> None:
    phone.set("root")
    found = look(phone)

    items = by_path(found)
    assert found.tier is Tier.ADB_ROOT
    assert found.unseen == ()
    assert len(found.items) == len(items) == 11
    draft = items[f"files/draft/7/{ODD}"]
    assert (draft.area, draft.content, draft.size) == (Area.CE, "draft", 5)
    assert draft.sha256 == hashlib.sha256(b"draft").hexdigest()
    assert draft.modified == 1_790_000_000
    assert items["cache/p.cnt"].area is Area.EXTERNAL_CACHE
    assert items["cache/x.mdl"].sha256 is None
    assert items["s.webp"].area is Area.MEDIA
    assert items["s.webp"].media == MediaRow(18, PACKAGE)
    saved = items["DCIM/Camera/clip 1.mp4"]
    assert (saved.content, saved.media) == ("saved_video", MediaRow(17, PACKAGE))
    assert items["DCIM/TikTok/b.mp4"].content == "saved_video"
    assert "DCIM/Camera/mine.jpg" not in items


def test_accounts_and_titles_do_not_leave_the_phone(phone: HostPhone) -> None:
    phone.set("root")
    found = look(phone)

    text = repr(found)
    assert "MS4wSECRET" not in text
    assert "private title" not in text
    (offline,) = [item for item in found.items if item.content == "offline_video"]
    (messages,) = [item for item in found.items if item.content == "messages"]
    tag = offline.path.split("/")[2]
    assert tag.startswith("~")
    assert messages.path == f"databases/{tag}_im.db"


def test_parts_are_read_and_what_cannot_be_read_says_so(phone: HostPhone) -> None:
    phone.set("root")
    items = by_path(look(phone))

    drafts = items["databases/aweme_draft.db"].parts
    assert drafts is not None
    assert [(table.table, table.rows[0].item) for table in drafts.tables] == [("local_draft", "7")]
    user = items["shared_prefs/aweme_user.xml"].parts
    assert user is not None
    assert [part.key for part in user.preferences] == ["current_foreground_uid"]
    problems = {
        path.rpartition("/")[2].removeprefix("~"): item.parts.problem
        for path, item in items.items()
        if item.parts and item.parts.problem
    }
    assert len(problems) == 2
    assert all(problem.startswith("it is no ") for problem in problems.values() if problem)
    assert all(item.parts is None for item in look(phone, parts=False).items)


def test_package_state_clock_and_cost(phone: HostPhone) -> None:
    found = look(phone)

    assert found.state.uid == 10180
    assert (found.state.ce_inode, found.state.de_inode) == (4711, 4712)
    assert found.state.splits == ("base", "config.en")
    assert found.state.backup.allowed is True
    assert found.clock_offset is not None
    assert abs(found.clock_offset) < 5
    assert 0 < found.cost.round_trips < 12
    assert found.cost.received > 100


@pytest.mark.parametrize(
    ("flags", "tier", "count", "areas"),
    [
        (
            (),
            Tier.SHELL_OPEN,
            4,
            {"ce", "cache", "code_cache", "no_backup", "de", "de_cache", "sandbox"},
        ),
        (("debuggable",), Tier.RUN_AS, 11, {"sandbox"}),
    ],
    ids=["shell", "run-as"],
)
def test_other_tiers_say_what_they_cannot_see(
    phone: HostPhone, flags: tuple[str, ...], tier: Tier, count: int, areas: set[str]
) -> None:
    phone.set(*flags)
    found = look(phone)

    assert found.tier is tier
    assert len(found.items) == count
    assert {gap.area.value for gap in found.unseen} == areas


def test_su_reads_through_its_own_form(tmp_path: Path) -> None:
    su = '[ "$1" = -c ] || exit 1\n[ "$2" = id ] && { echo "uid=0(root)"; exit; }\nsh -c "$2"'
    phone = HostPhone(tmp_path, su=su)
    phone.put(f"{CE}/files/draft/7/v.mp4", b"x")
    found = look(phone)

    assert found.tier is Tier.SU
    assert [item.path for item in found.items] == ["files/draft/7/v.mp4"]
    assert found.items[0].sha256


def test_a_phone_that_closes_android_data_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    found = look(HostPhone(tmp_path))

    assert found.canary is not None
    assert found.canary.result == "not_proved"
    assert {Area.EXTERNAL_DATA, Area.OBB} <= {gap.area for gap in found.unseen}


def test_bytes_that_android_counts_show_that_an_empty_folder_is_a_closed_one(
    tmp_path: Path,
) -> None:
    phone = HostPhone(tmp_path, cmd="echo 'external data: 512 bytes'")
    found = look(phone)

    assert found.canary is not None
    assert found.canary.result == "closed"
    assert found.tier is Tier.SHELL_CLOSED


def test_orphans_are_found_again_and_hashes_are_not_made_twice(phone: HostPhone) -> None:
    phone.set("root")
    before = look(phone)
    phone.rows(row(17, "NULL", "DCIM/Camera/clip 1.mp4"), row(18, "NULL", "DCIM/Camera/mine.jpg"))
    asked = len(phone.host_link.commands)
    after = look(phone, earlier=before)

    items = by_path(after)
    assert items["DCIM/Camera/clip 1.mp4"].media == MediaRow(17, None)
    assert items["DCIM/Camera/clip 1.mp4"].sha256 == hashlib.sha256(b"saved").hexdigest()
    # nobody's file lies in the same folder: known so that it can be recognised, not as the app's
    assert items["DCIM/Camera/mine.jpg"].content == "other"
    hashing = [text for text in phone.host_link.commands[asked:] if "sha256sum" in text]
    assert len(hashing) == 1
    assert by_path(before)["files/draft/7/" + ODD].sha256 == items["files/draft/7/" + ODD].sha256


@pytest.mark.parametrize(
    ("hashing", "count"), [(Hashing.NONE, 0), (Hashing.NAMED, 6), (Hashing.ALL, 11)]
)
def test_only_what_is_asked_is_hashed(phone: HostPhone, hashing: Hashing, count: int) -> None:
    phone.set("root")
    found = look(phone, hashing=hashing)

    assert sum(1 for item in found.items if item.sha256) == count


def test_a_database_that_is_too_large_is_not_read(phone: HostPhone) -> None:
    phone.set("root")
    file = phone.folder / f"phone{CE}/databases/big.db"
    subprocess.run(["truncate", "-s", str(LARGEST + 1), str(file)], check=True)
    found = by_path(look(phone))

    parts = found["databases/big.db"].parts
    assert parts is not None
    assert "larger than 64 MiB" in (parts.problem or "")


def test_a_phone_that_is_too_old_is_refused(tmp_path: Path) -> None:
    phone = HostPhone(tmp_path, getprop="echo 25")

    with pytest.raises(InstrumentError, match="API level 25; at least 26 is needed"):
        look(phone)


def test_a_listing_without_an_end_is_an_error(tmp_path: Path) -> None:
    phone = HostPhone(tmp_path, find="kill -9 $PPID")
    phone.put(f"{SHARED}/DCIM/TikTok/b.mp4", b"too")

    with pytest.raises(InstrumentError, match="has no end"):
        look(phone)


def test_the_package_that_is_installed_is_chosen(tmp_path: Path) -> None:
    phone = HostPhone(tmp_path, pm="echo package:org.second")
    two = replace(TIKTOK, packages=("org.first", "org.second"))

    assert chosen_package(phone, two) == "org.second"
    assert chosen_package(phone, replace(TIKTOK, packages=("a.b", "c.d"))) == "a.b"
    with pytest.raises(InstrumentError, match="names no package"):
        chosen_package(phone, replace(TIKTOK, packages=()))


def test_an_app_that_is_gone_has_no_state_but_its_leftovers(tmp_path: Path) -> None:
    phone = HostPhone(tmp_path, pm="exit 1", dumpsys="echo 'Unable to find package'")
    phone.set("root")
    phone.put(f"{SHARED}/DCIM/TikTok/b.mp4", b"too")
    found = look(phone)

    assert not found.state.installed
    assert [item.path for item in found.items] == ["DCIM/TikTok/b.mp4"]


@pytest.mark.parametrize("name", [".pending-1796200000-b.mp4", ".trashed-1798200000-b.mp4"])
def test_half_written_and_thrown_away_files_are_no_videos(phone: HostPhone, name: str) -> None:
    phone.put(f"{SHARED}/DCIM/TikTok/{name}", b"half")
    found = look(phone)
    contents = {item.path: item.content for item in found.items if item.area is Area.SHARED}
    assert contents[f"DCIM/TikTok/{name}"] == "other"
    assert contents["DCIM/TikTok/b.mp4"] == "saved_video"
