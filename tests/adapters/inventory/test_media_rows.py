"""MediaStore's rows, which escape nothing. The first row has the shape of a public capture."""

import pytest

from harness.adapters.inventory.media_rows import MediaFile, columns, media_script, read_media
from harness.domain.inventory import MediaRow

TOP = "/storage/emulated/0"


def row(number: int, path: str, owner: str = "NULL", pending: int = 0, trashed: int = 0) -> str:
    return (
        f"Row: {number} _id={number + 17}, owner_package_name={owner}, is_pending={pending},"
        f" is_trashed={trashed}, _data={path}"
    )


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("No result found.\n", []),
        ("", []),
        (
            f"{row(0, f'{TOP}/DCIM/Camera/clip_17.mp4', 'com.example.feed')}\n",
            [MediaFile(MediaRow(17, "com.example.feed"), "internal", "DCIM/Camera/clip_17.mp4")],
        ),
        (
            f"{row(0, '/storage/1A2B-3C4D/DCIM/a, _data=b.mp4', '', 1, 1)}\n",
            [
                MediaFile(
                    MediaRow(17, None, pending=True, trashed=True),
                    "1A2B-3C4D",
                    "DCIM/a, _data=b.mp4",
                )
            ],
        ),
        # a name with a line break, and one that looks like a row of its own
        (
            f"{row(0, f'{TOP}/DCIM/a{chr(10)}Row: 7 _id=9, x.mp4')}\n{row(1, f'{TOP}/DCIM/b')}\n",
            [
                MediaFile(MediaRow(17), "internal", "DCIM/a\nRow: 7 _id=9, x.mp4"),
                MediaFile(MediaRow(18), "internal", "DCIM/b"),
            ],
        ),
        # two queries, the second one numbered from 0 again
        (
            (
                f"{row(0, f'{TOP}/DCIM/a')}\n{row(1, f'{TOP}/DCIM/b')}\nNo result found.\n"
                f"{row(0, f'{TOP}/DCIM/b')}\n"
            ),
            [
                MediaFile(MediaRow(17), "internal", "DCIM/a"),
                MediaFile(MediaRow(18), "internal", "DCIM/b"),
            ],
        ),
        ("Row: 0 _id=1, is_pending=0, is_trashed=0, _data=/x\n", []),
        (f"{row(0, '/mnt/elsewhere/x')}\n", []),
    ],
    ids=["none", "silent", "one", "card", "line breaks", "two queries", "column gone", "elsewhere"],
)
def test_read_media(text: str, files: list[MediaFile]) -> None:
    assert read_media(text, api=34) == files


def test_old_releases_have_no_owners() -> None:
    assert columns(28) == ["_id", "_data"]
    assert columns(29) == ["_id", "owner_package_name", "is_pending", "_data"]
    found = read_media(f"Row: 0 _id=3, _data={TOP}/DCIM/x\n", api=28)
    assert found == [MediaFile(MediaRow(3), "internal", "DCIM/x")]


def test_orphans_are_looked_for_in_their_folders() -> None:
    script = media_script("a.b", ["DCIM/Camera", "O'Neil"], api=34)

    assert script.count("content query --user 0") == 3
    assert "owner_package_name='\\''a.b'\\''" in script
    assert "IS NULL AND _data LIKE '\\''%/DCIM/Camera/%'\\''" in script
    assert "O'\\'''\\''Neil" in script
    assert media_script("a.b", [], api=28) == ""
    assert "IS NULL" not in media_script("a.b", ["DCIM"], api=28)


def test_several_queries_without_a_result_are_no_part_of_the_last_name() -> None:
    row = "Row: 0 _id=7, owner_package_name=a.b, is_pending=0, is_trashed=0,"
    text = f"{row} _data=/storage/emulated/0/DCIM/x.mp4\n" + "No result found.\n" * 3
    (file,) = read_media(text, api=34)
    assert (file.path, file.row.owner) == ("DCIM/x.mp4", "a.b")
