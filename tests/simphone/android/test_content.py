import pytest

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
        (f"{FILES} --where 'nonsense here'", "No result found.\n"),
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


def test_settings_can_be_changed(phone: FakePhone) -> None:
    line = "content insert --uri content://settings/secure --bind name:s:x --bind value:s:a:b"
    assert phone.run(line)[2] == 0
    assert phone.settings.get("secure", "x") == "a:b"
    phone.run("content delete --uri content://settings/secure --where \"name='x'\"")
    assert phone.settings.get("secure", "x") is None
    assert phone.run("content insert --uri content://settings/secure")[2] == 1
    assert phone.run("content insert --uri content://settings/nope --bind a:s:b")[2] == 1
