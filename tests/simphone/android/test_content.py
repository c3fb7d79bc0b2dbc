from pathlib import Path

import pytest

from harness.simphone.contracts import PhoneSpec
from tests.simphone.android.phone import APP, FakePhone

OWN = f"\"owner_package_name='{APP}'\""
FILES = "content query --uri content://media/external/file"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("content query --uri content://settings/system", "name=font_scale, value=1.0\n"),
        (
            (
                "content query --uri content://settings/system --projection value"
                " --where \"name='font_scale'\""
            ),
            "Row: 0 value=1.0\n",
        ),
        (f"{FILES} --where \"_display_name='mine.mp4'\"", f"owner_package_name={APP}"),
        (
            f"{FILES} --projection _display_name:relative_path --where {OWN}",
            "Row: 0 _display_name=mine.mp4, relative_path=DCIM/Camera/\n",
        ),
        (f"{FILES} --projection _display_name --where 'owner_package_name IS NULL'", "=old.jpg\n"),
        (f"{FILES} --where \"_data LIKE '%.mp4' AND is_pending=0\"", "mime_type=video/mp4"),
        ("content query --uri content://media/external/images/media", "_display_name=old.jpg"),
        (f'{FILES} --where "_size=99"', "No result found.\n"),
        (f"{FILES} --sort '_size DESC' --projection _size", "Row: 0 _size=3\nRow: 1 _size=1\n"),
        (f"{FILES} --projection _size --where \"_size > 1 OR owner_package_name='x'\"", "_size=3"),
        ("content query --uri content://sms/inbox", "No result found.\n"),
        ("content call --uri content://settings/system --method x", "Result: null\n"),
        ("content", "usage:"),
    ],
)
def test_queries(phone: FakePhone, line: str, wanted: str) -> None:
    package = phone.install()
    phone.fs.write("/storage/emulated/0/DCIM/Camera/mine.mp4", b"123", uid=package.uid)
    phone.fs.write("/storage/emulated/0/Pictures/old.jpg", b"1", uid=10999)
    assert wanted in phone.run(line)[0]


def test_an_unknown_provider_is_an_error(phone: FakePhone) -> None:
    out, err, _ = phone.run("content query --uri content://nope/x")
    assert out == ""
    assert "Error while accessing provider:nope" in err


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("--where 'nonsense here'", "android.database.sqlite.SQLiteException: "),
        ("--projection nope", "java.lang.IllegalArgumentException: Invalid column nope"),
    ],
)
def test_a_wrong_query_is_an_error(phone: FakePhone, words: str, problem: str) -> None:
    phone.fs.write("/storage/emulated/0/Pictures/old.jpg", b"1", uid=10999)
    out, err, _ = phone.run(f"{FILES} {words}")
    assert out == ""
    assert "Error while accessing provider:media\n" + problem in err


@pytest.mark.parametrize(
    ("api", "missing"),
    [(28, ("owner_package_name", "is_trashed")), (29, ("is_trashed",)), (30, ())],
)
def test_columns_come_with_the_api_level(
    tmp_path: Path, api: int, missing: tuple[str, ...]
) -> None:
    phone = FakePhone(tmp_path, PhoneSpec("x", api=api))
    phone.fs.write("/storage/emulated/0/Pictures/old.jpg", b"1", uid=10999)
    for column in ("owner_package_name", "is_trashed"):
        refused = "Invalid column" in phone.run(f"{FILES} --projection {column}")[1]
        assert refused == (column in missing)


def test_names_are_printed_as_they_are(phone: FakePhone) -> None:
    name = "one, two=3\n\U0001f389.mp4"
    phone.fs.write(f"/storage/emulated/0/Movies/{name}", b"1", uid=10999)
    assert phone.run(f"{FILES} --projection _size:_display_name")[0] == (
        f"Row: 0 _size=1, _display_name={name}\n"
    )


def test_a_file_can_be_read_by_its_row(phone: FakePhone) -> None:
    phone.fs.write("/storage/emulated/0/Movies/a.mp4", b"film", uid=10999)
    (row,) = phone.media.rows()
    uri = f"content://media/external/video/media/{row.number}"
    assert phone.run(f"content read --uri {uri}") == ("film", "", 0)
    assert phone.run("content read --uri content://media/external/video/media/1")[2] == 1


def test_settings_can_be_changed(phone: FakePhone) -> None:
    line = "content insert --uri content://settings/secure --bind name:s:x --bind value:s:a:b"
    assert phone.run(line)[2] == 0
    assert phone.settings.get("secure", "x") == "a:b"
    phone.run("content delete --uri content://settings/secure --where \"name='x'\"")
    assert phone.settings.get("secure", "x") is None
    assert phone.run("content insert --uri content://settings/secure")[2] == 1
    assert phone.run("content insert --uri content://settings/nope --bind a:s:b")[2] == 1
