"""Content that is to work without network is read from the classes, tables and lives."""

from pathlib import Path

import pytest

from harness.adapters.profile_file import load_profile
from harness.adapters.setting_error import SettingError
from harness.domain.profile import ClearingNote, ContentKind

TOP = "name: x\ntitle: X\nstorage:\n  classes:\n    note: {one: note, returns: Never.}\n"
CLIP = """\
    clip:
      one: clip
      many: clips
      returns: Never.
      offline:
        folder: files/clips
        suffix: .mp4
        cleared: {database: d, table: t, column: c, value: v, time: w}
    film: {one: film, returns: Never., offline: {}}
"""
ROWS = """\
  rows:
    - {class: clip, path: databases/c.db, table: clip, source: s, columns: {COLUMNS}}
  lives:
    - {class: clip, seconds: 60, least_free: 5, source: s}
"""


def content_of(folder: Path, text: str) -> tuple[ContentKind, ...]:
    file = folder / "x.yaml"
    file.write_text(TOP + text)
    return load_profile(str(file)).content


def test_one_place_tells_all_of_a_kind(tmp_path: Path) -> None:
    text = CLIP + ROWS.replace("COLUMNS", "owner: o, path: p, size: s")
    assert content_of(tmp_path, text) == (
        ContentKind(
            "clip", "clip", "files/clips", ".mp4", "databases/c.db", "clip",
            {"owner": "o", "path": "p", "size": "s"}, ClearingNote("d", "t", "c", "v", "w"), 5,
        ),
        ContentKind("film", "film"),
    )  # fmt: skip


def test_a_class_without_the_key_is_no_such_content(tmp_path: Path) -> None:
    assert content_of(tmp_path, "") == ()
    assert load_profile("generic").content == ()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            CLIP + ROWS.replace("COLUMNS", "owner: o, path: p"),
            r"x\.yaml:16: 'storage.rows\[0\].columns' needs the key 'size'",
        ),
        (
            CLIP.replace("suffix", "ending"),
            "'ending' is not known in 'storage.classes.clip.offline'",
        ),
        (
            "content:\n  - {name: clip, label: clip}\n",
            "'content' is not known",
        ),
    ],
    ids=["a column", "an unknown key", "the section that was"],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SettingError, match=complaint):
        content_of(tmp_path, text)
