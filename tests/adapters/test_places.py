"""Tools are found where the set-up puts them; what is missing is said with what mends it."""

from pathlib import Path

import pytest

from harness.adapters import places
from harness.ports import InstrumentError


def test_the_state_folder_is_chosen_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARNESS_STATE", str(tmp_path / "a"))
    assert places.state_folder() == tmp_path / "a"

    monkeypatch.delenv("HARNESS_STATE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert places.state_folder() == tmp_path / "cache" / "harness"
    assert places.state_folder().is_dir()


def test_missing_tools_are_said_with_what_mends_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "clone_root", lambda: tmp_path)

    with pytest.raises(InstrumentError, match="make setup"):
        places.node_folder()


def test_an_sdk_of_the_users_is_taken_when_it_has_adb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    adb = tmp_path / "sdk" / "platform-tools" / "adb"
    adb.parent.mkdir(parents=True)
    adb.write_text("")
    monkeypatch.setenv("ANDROID_HOME", str(tmp_path / "sdk"))

    assert places.android_home() == tmp_path / "sdk"


def test_an_own_sdk_folder_is_made_from_the_wheels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANDROID_HOME", raising=False)
    monkeypatch.setattr(places, "clone_root", lambda: tmp_path)

    made = places.android_home()

    assert (made / "platform-tools" / "adb").resolve() == places.adb_binary().resolve()
    assert places.android_home() == made


def test_data_files_lie_in_the_package() -> None:
    assert places.package_file("profiles", "tiktok.yaml").is_file()
