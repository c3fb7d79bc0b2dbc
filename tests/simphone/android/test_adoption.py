"""An adopted card goes and comes back, on every release, as adb and our readers see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.adb.text.volumes import read_volumes
from harness.adapters.removal.circumstances import read_circumstances
from harness.adapters.removal.standing import read_standing
from harness.domain.removal import Arm
from harness.simphone.target import ADOPTED
from tests.pages.simulated import PACKAGE, SimulatedPhone, simulated

APIS = range(26, 37)
HOME = f"/mnt/expand/{ADOPTED}/user/0/{PACKAGE}"
VOLUME = "private:179,66"


def said(phone: SimulatedPhone, command: str) -> str:
    done = phone.device.shell(command)
    return done.stdout + done.stderr


def fill(phone: SimulatedPhone) -> None:
    lines = [
        f"mkdir -p {HOME}/files/draft/{n}; echo {n} > {HOME}/files/draft/{n}/a.mp4"
        for n in range(3)
    ]
    assert said(phone, "; ".join(lines)) == ""


def hashes(phone: SimulatedPhone, folder: str) -> list[str]:
    text = said(phone, f"cd {folder} && find . -type f -exec sha256sum {{}} + | sort")
    return [line for line in text.splitlines() if line]


@pytest.mark.parametrize("api", APIS)
def test_an_ejected_card_takes_its_apps_along_and_brings_them_back(
    tmp_path: Path, api: int
) -> None:
    with simulated(tmp_path, api=api, adopted=True) as phone:
        phone.device.root()
        fill(phone)
        before, files = read_standing(phone.device, PACKAGE), hashes(phone, HOME)
        assert before.code_paths[0].startswith(f"/mnt/expand/{ADOPTED}/app/")
        assert len(files) >= 3
        user = ";0" if api >= 30 else ""
        emulated = f"emulated:179,66{user} unmounted null"
        assert emulated in said(phone, "sm list-volumes all").splitlines()

        assert said(phone, f"sm unmount {VOLUME}") == ""
        assert f"{VOLUME} unmounted {ADOPTED}" in said(phone, "sm list-volumes all").splitlines()
        assert said(phone, f"pm path {PACKAGE}") == ""
        assert f"package:{PACKAGE}" not in said(phone, "pm list packages").split()
        assert f"package:{PACKAGE}" in said(phone, "pm list packages -u").split()
        assert "dataDir=" not in said(phone, f"dumpsys package {PACKAGE}")
        away = read_standing(phone.device, PACKAGE)
        assert (away.installed, away.away, away.data_kept) == (False, ADOPTED, False)
        assert away.ce_inode == before.ce_inode
        seen = read_circumstances(
            phone.device, away, package=PACKAGE, arm=Arm.UNINSTALL_INSTALL, entry_allows=True,
            run_allows=True, test_account=True, named=True, attended=False,
        )  # fmt: skip
        assert seen.absent_card == ADOPTED

        assert said(phone, f"sm mount {VOLUME}") == ""
        again = read_standing(phone.device, PACKAGE)
        assert (again.installed, again.away, again.ce_inode) == (True, None, before.ce_inode)
        assert hashes(phone, HOME) == files


@pytest.mark.parametrize("api", [26, 30, 36])
def test_what_lies_on_a_card_that_was_out_at_removal_goes_when_it_is_in(
    tmp_path: Path, api: int
) -> None:
    with simulated(tmp_path, api=api, adopted=True) as phone:
        phone.device.root()
        fill(phone)
        phone.verb("card", "ejected")
        assert ADOPTED not in said(phone, "sm list-volumes all")
        assert read_standing(phone.device, PACKAGE).away == ADOPTED
        assert said(phone, f"pm uninstall {PACKAGE}") == "Success\n"
        on_host = phone.running.phone.fs.folder / "cards" / ADOPTED / "user" / "0" / PACKAGE
        assert len([path for path in on_host.rglob("*") if path.is_file()]) >= 3

        phone.running.phone.packages.install(phone.running.apk)
        state = read_standing(phone.device, PACKAGE)
        assert (state.installed, state.data_folder) == (True, f"/data/user/0/{PACKAGE}")
        phone.verb("card", "inserted")
        assert not on_host.exists()
        assert read_standing(phone.device, PACKAGE).ce_inode == state.ce_inode
        kinds = {volume.kind for volume in read_volumes(said(phone, "sm list-volumes all"))}
        assert kinds == {"internal", "adopted"}


@pytest.mark.parametrize("api", [26, 36])
def test_an_app_moves_with_all_that_it_keeps(tmp_path: Path, api: int) -> None:
    with simulated(tmp_path, api=api, adopted=True) as phone:
        phone.device.root()
        fill(phone)
        before, files = read_standing(phone.device, PACKAGE), hashes(phone, HOME)
        assert said(phone, f"pm move-package {PACKAGE} internal") == "Success\n"
        inside = read_standing(phone.device, PACKAGE)
        assert hashes(phone, f"/data/user/0/{PACKAGE}") == files
        assert (inside.first_install, inside.uid) == (before.first_install, before.uid)
        assert said(phone, f"ls {HOME}").startswith("ls: ")
        assert said(phone, f"pm move-package {PACKAGE} {ADOPTED}") == "Success\n"
        assert hashes(phone, HOME) == files


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("pm move-package no.such.app internal", "Failure [-2]"),
        ("pm move-package com.android.settings 5f3a", "Failure [-3]"),
        (f"pm move-package {PACKAGE} 1234-5678", "Failure [-6]"),
        ("sm mount private:1,1", "No volume found for ID private:1,1"),
    ],
)
def test_what_cannot_be_moved_or_mounted_is_refused(
    tmp_path: Path, words: str, answer: str
) -> None:
    with simulated(tmp_path) as phone:
        assert answer in said(phone, words)
