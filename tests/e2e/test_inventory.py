"""Inventory and loss through the real adb server: what was planted is found, fate by fate."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.lab import HARNESS, Lab, eventually

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

PACKAGE = "com.zhiliaoapp.musically"
CE = f"/data/user/0/{PACKAGE}"
SHARED = "/data/media/0"
ODD = ("a b", "c, d", "é 😀", "it's", "back\\slash", "two\nlines", "Row: 1 _id=2, x")
FILES = {
    **{f"{CE}/files/draft/{number}/{name}.mp4": 10 + number for number, name in enumerate(ODD)},
    f"{CE}/files/offlinemode/MS4wLjABSECRET/7301.mp4": 0,
    f"{CE}/files/offlinemode/MS4wLjABSECRET/7302.mp4": 200_000_000,
    f"{CE}/no_backup/x.bin": 5,
    f"{CE}/cache/cachev2/1.mdl": 7,
    f"/data/user_de/0/{PACKAGE}/files/early": 3,
    f"{SHARED}/Android/data/{PACKAGE}/files/share/out/s, 1.mp4": 8,
    f"{SHARED}/Android/media/{PACKAGE}/m.webp": 9,
    f"{SHARED}/Android/obb/{PACKAGE}/main.obb": 11,
    f"{SHARED}/DCIM/TikTok/kept 🎉.mp4": 12,
}
SMALL = 300


@dataclass(frozen=True)
class Bench:
    """A phone on the desk with content that the test put there."""

    lab: Lab
    folder: Path
    serial: str
    apk: str
    control: str

    def planted(self) -> list[dict[str, Any]]:
        """What the simulated phone says it started with; the harness never asks for it."""
        found: list[dict[str, Any]] = httpx.get(f"{self.control}/planted", timeout=10).json()
        return found

    def adb(self, *words: str) -> str:
        done = self.lab.adb("-s", self.serial, *words)
        assert done.returncode == 0, done
        return done.stdout

    def root(self) -> None:
        self.adb("root")
        self.adb("wait-for-device")

    def plant(self) -> None:
        """As root, by the phone's own shell."""
        lines = [f"S='{SHARED}'"]
        for path, size in FILES.items():
            quoted = path.replace("'", "'\\''")
            folder = quoted.rpartition("/")[0]
            lines += [f"mkdir -p '{folder}'", f"truncate -s {size} '{quoted}'"]
        lines.append(f"mkdir -p '{CE}/files/small'; cd '{CE}/files/small'")
        lines.append(f"for i in $(seq {SMALL}); do echo $i > f$i; done")
        self.adb("shell", "\n".join(lines))

    def look(self, name: str, *words: str, devices: str = "devices.yaml") -> Path:
        file = str(self.folder / devices)
        done = self.lab.harness(
            "inventory", "--device", "desk", "--devices", file, "--json", *words
        )
        assert done.returncode == 0, done.stderr
        file = self.folder / f"{name}.json"
        file.write_text(done.stdout)
        return file

    def losses(self, before: Path, after: Path) -> dict[str, Any]:
        done = self.lab.harness("loss", str(before), str(after), "--json")
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)["losses"]
        return found


def bench(
    lab: Lab,
    folder: Path,
    profile: str,
    content: str,
    api: int = 34,
    more: tuple[str, ...] = (),
) -> Generator[Bench]:
    words = ("--profile", profile, "--content", content, "--api", str(api), *more)
    with lab.phones(*words) as answer:
        phone = answer["phones"][0]
        devices = folder / "devices.yaml"
        entry = f'phones:\n  desk:\n    serial: "{phone["address"]}"\n'
        devices.write_text(f"{entry}    may_change_trust: true\n")
        (folder / "closed.yaml").write_text(entry)
        yield Bench(lab, folder, phone["address"], phone["apk"], phone["control"])


@pytest.fixture
def desk(lab: Lab, tmp_path: Path) -> Generator[Bench]:
    for made in bench(lab, tmp_path, "userdebug", "none"):
        made.root()
        made.plant()
        made.adb("unroot")
        made.adb("wait-for-device")
        yield made


@pytest.fixture
def retail(lab: Lab, tmp_path: Path) -> Generator[Bench]:
    yield from bench(lab, tmp_path, "retail", "used")


@pytest.fixture
def used(lab: Lab, tmp_path: Path, api: int) -> Generator[Bench]:
    yield from bench(lab, tmp_path, "userdebug", "used", api)


def fates(losses: dict[str, Any]) -> dict[str, str]:
    """Change by path of the planted files, small ones together."""
    found: dict[str, str] = {}
    for file in losses["files"]:
        path = file["path"]
        name = "small" if path.startswith("files/small/") else path.rpartition("/")[2]
        assert found.setdefault(name, file["change"]) == file["change"], path
    return found


NAMES = {path.rpartition("/")[2] for path in FILES} | {"small"}


def test_every_item_is_found_and_meets_its_fate_in_each_arm(desk: Bench) -> None:
    before = desk.look("before")
    document = json.loads(before.read_text())["inventory"]
    sizes = {item["path"].rpartition("/")[2]: item["size"] for item in document["items"]}
    planted = {path.rpartition("/")[2]: size for path, size in FILES.items()}
    assert {name: sizes.get(name) for name in planted} == planted
    assert sum(item["path"].startswith("files/small/") for item in document["items"]) == SMALL
    assert document["tier"] == "adb_root"
    assert document["unseen"] == []
    assert "MS4wLjABSECRET" not in before.read_text()
    assert desk.adb("shell", "id -u").strip() == "2000"  # left as it was found

    same = fates(desk.losses(before, desk.look("same", "--earlier", str(before))))
    assert {name: same.get(name) for name in NAMES} == dict.fromkeys(NAMES, "kept")

    desk.adb("uninstall", PACKAGE)
    desk.adb("install", desk.apk)
    losses = desk.losses(before, desk.look("after", "--earlier", str(before)))
    assert (losses["reinstalled"], losses["removed"]) == (True, False)
    found = fates(losses)
    due = dict.fromkeys(NAMES, "lost") | {"kept 🎉.mp4": "kept"}
    assert {name: found.get(name) for name in NAMES} == due
    told = {row["item"]: row["fate"] for row in losses["rows"]}
    assert [told[f"draft {n} of {len(ODD)}"] for n in range(1, len(ODD) + 1)] == ["lost"] * len(ODD)
    assert told["offline video 1 of 2"] == told["offline video 2 of 2"] == "lost"
    assert told["saved video"] == "survived"
    assert losses["advice"].startswith(f"Deleting the app cost {len(ODD)} drafts, 2 offline videos")


def test_clearing_storage_keeps_obb_and_shared_files(desk: Bench) -> None:
    before = desk.look("before")
    desk.adb("shell", "pm", "clear", PACKAGE)
    losses = desk.losses(before, desk.look("after", "--earlier", str(before)))

    found = fates(losses)
    kept = {"main.obb", "kept 🎉.mp4"}
    assert {name for name in NAMES if found.get(name) == "kept"} == kept
    assert {name for name in NAMES if found.get(name) == "lost"} == NAMES - kept
    assert losses["emptied"]
    assert losses["advice"].startswith("Clearing the app's storage cost")


def test_data_that_is_kept_is_not_taken_for_restored(desk: Bench) -> None:
    before = desk.look("before")
    desk.adb("shell", "cmd", "package", "uninstall", "-k", PACKAGE)
    desk.adb("install", desk.apk)
    found = fates(desk.losses(before, desk.look("after", "--earlier", str(before))))

    assert {name: found.get(name) for name in NAMES} == dict.fromkeys(NAMES, "kept")


def test_the_phones_own_su_is_as_good_as_adb_root(desk: Bench) -> None:
    """Without leave to restart adbd: nothing is restarted, and as much is seen."""
    found = json.loads(desk.look("closed", devices="closed.yaml").read_text())["inventory"]

    assert (found["tier"], found["unseen"]) == ("su", [])
    names = {item["path"].rpartition("/")[2] for item in found["items"]}
    assert names >= {path.rpartition("/")[2] for path in FILES}


def test_a_look_that_is_killed_is_no_longer_root_after_reset(desk: Bench) -> None:
    words = ["inventory", "--device", "desk", "--devices", str(desk.folder / "devices.yaml")]
    process = subprocess.Popen(
        [*HARNESS, *words, "--hash", "all"], env=desk.lab.env(), stdout=subprocess.DEVNULL
    )
    note = desk.lab.home / "state" / "rooted"
    try:
        assert eventually(lambda: bool(list(note.glob("*.json"))), 60)
        assert eventually(
            lambda: "uid=0" in desk.lab.adb("-s", desk.serial, "shell", "id").stdout, 60
        )
    finally:
        process.kill()
        process.wait(10)
    done = desk.lab.harness("reset", "--devices", str(desk.folder / "devices.yaml"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "adb is no longer root" in done.stdout
    assert desk.adb("shell", "id -u").strip() == "2000"
    assert list(note.glob("*")) == []


OWNERS_FROM = 29  # API level


@pytest.mark.parametrize(
    "api",
    [34, *(pytest.param(api, marks=pytest.mark.slow) for api in (26, 28, 29, 30, 32, 33, 35, 36))],
)
def test_a_used_phone_loses_what_was_planted_and_nothing_else(used: Bench, api: int) -> None:
    planted = used.planted()
    before = used.look("before", "--hash", "all")
    document = json.loads(before.read_text())["inventory"]
    hashes = {(item["sha256"], item["size"]) for item in document["items"]}
    assert len(planted) >= 40
    assert [item["path"] for item in planted if (item["sha256"], item["size"]) not in hashes] == []
    assert len(document["items"]) == len(planted)

    used.adb("uninstall", PACKAGE)
    used.adb("install", used.apk)
    losses = used.losses(before, used.look("after", "--earlier", str(before)))

    fates = [row["fate"] for row in losses["rows"] if row["content"] in {"draft", "offline_video"}]
    titles = {item["title"] for item in planted if item["class"] in {"draft", "offline_video"}}
    assert fates == ["lost"] * len(titles)
    saved = [item for item in planted if item["class"] == "saved_video" and api >= OWNERS_FROM]
    told = {row["content"]: row["fate"] for row in losses["rows"]}
    assert told["saved_video"] == ("survived" if saved else "not_visible")
    orphans = [file for file in losses["files"] if file["change"] == "orphaned"]
    assert sorted(file["path"].rpartition("/")[2] for file in orphans) == sorted(
        item["path"].rpartition("/")[2] for item in saved
    )
    assert len(losses["files"]) - len(orphans) == sum(
        file["change"] == "lost" for file in losses["files"]
    )
    text = json.dumps(losses)
    assert not any(
        item["title"].partition('"')[2].strip('"') in text
        for item in planted
        if item["class"] == "draft"
    )


def test_a_retail_phone_loses_nothing_that_it_does_not_show(retail: Bench) -> None:
    before = retail.look("before")
    document = json.loads(before.read_text())["inventory"]
    assert document["tier"].startswith("shell_")
    retail.adb("uninstall", PACKAGE)
    retail.adb("install", retail.apk)
    losses = retail.losses(before, retail.look("after", "--earlier", str(before)))

    told = {row["content"]: row["fate"] for row in losses["rows"]}
    for hidden in ("draft", "offline_video", "messages", "log_in"):
        assert told[hidden] == "not_visible"
    private = {"ce", "de", "cache", "code_cache", "no_backup"}
    assert not any(file["area"] in private for file in losses["files"])


@pytest.mark.parametrize("words", [("--device", "nobody"), ("--device", "desk", "--user", "-1")])
def test_wrong_words_are_usage_errors(lab: Lab, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "devices.yaml").write_text("phones:\n  desk:\n    launch: [x]\n")
    done: subprocess.CompletedProcess[str] = lab.harness(
        "inventory", *words, "--devices", str(tmp_path / "devices.yaml")
    )

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
