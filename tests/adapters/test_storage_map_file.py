"""`storage:` of a profile: what is wrong is refused with file, line and key."""

from pathlib import Path

import pytest

from harness.adapters.profile_file import load_profile
from harness.adapters.setting_error import SettingError
from harness.domain.storage import Area
from harness.domain.storage_map import ShelfLife, StorageMap

TOP = "name: x\ntitle: X\nstorage:\n  classes:\n    note: {one: note, returns: Never.}\n"


def storage_of(folder: Path, text: str) -> StorageMap:
    file = folder / "x.yaml"
    file.write_text(TOP + text)
    return load_profile(str(file)).storage


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    found = storage_of(
        tmp_path, "  files:\n    - {class: note, areas: [ce, de], path: 'a/*', source: s}\n"
    )

    assert found.classes[0].many == "note"
    assert (found.classes[0].told, found.classes[0].on_server) == ("together", "unknown")
    assert found.files[0].areas == (Area.CE, Area.DE)
    assert found.files[0].confidence == "unverified"
    assert (found.rows, found.lives, found.keys) == ((), (), ())


def test_a_profile_without_storage_has_an_empty_map() -> None:
    assert load_profile("generic").storage == StorageMap()


def test_shelf_lives_are_seconds_and_bytes(tmp_path: Path) -> None:
    text = "  lives:\n    - {class: note, seconds: 60, least_free: 5, source: s}\n"

    assert storage_of(tmp_path, text).lives == (ShelfLife("note", 60.0, None, None, 5, "s"),)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "  files:\n    - {class: draft, areas: ce, path: a, source: s}\n",
            r"x.yaml:7: 'storage.files\[0\].class' must be one of the classes \(note\)",
        ),
        (
            "  files:\n    - {class: note, areas: [inner], path: a, source: s}\n",
            r"x.yaml:7: 'storage.files\[0\].areas' must be among ce, cache.*'inner' is not",
        ),
        (
            "  files:\n    - {class: note, areas: ce, path: /data/a, source: s}\n",
            r"x.yaml:7: 'storage.files\[0\].path' must be relative to the app's folder",
        ),
        (
            "  files:\n    - {class: note, areas: ce, path: a, owned: perhaps, source: s}\n",
            r"x.yaml:7: 'storage.files\[0\].owned' must be true or false, not 'perhaps'",
        ),
        (
            "  rows:\n    - {class: note, path: a, source: s}\n",
            r"'storage.rows\[0\]' needs the key 'table'",
        ),
        ("  lifes: []\n", r"'lifes' is not known in 'storage'; did you mean 'lives'\?"),
    ],
    ids=["class", "area", "absolute", "owned", "no table", "misspelt"],
)
def test_wrong_maps_are_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SettingError, match=complaint):
        storage_of(tmp_path, text)
