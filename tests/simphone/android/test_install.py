import asyncio

import pytest

from tests.simphone.android.phone import APP, FakePhone


@pytest.mark.parametrize("program", ["cmd package install", "pm install"])
def test_a_stream_is_read_to_its_size_and_no_further(phone: FakePhone, program: str) -> None:
    data = phone.apk().read_bytes()
    out, _, code = phone.run(f"{program} -r -g -S {len(data)}", stdin=data + b"more")
    assert (out, code) == ("Success\n", 0)
    assert phone.packages.get(APP) is not None


def test_a_file_of_the_phone(phone: FakePhone) -> None:
    phone.fs.write("/data/local/tmp/a.apk", phone.apk().read_bytes(), uid=2000)
    assert phone.run("pm install -r -t /data/local/tmp/a.apk")[0] == "Success\n"
    assert phone.run(f"pm uninstall {APP}")[0] == "Success\n"
    assert phone.run(f"pm uninstall {APP}") == ("Failure [DELETE_FAILED_INTERNAL_ERROR]\n", "", 1)


@pytest.mark.parametrize(
    ("line", "stdin", "start"),
    [
        ("pm install -S 4", b"junk", "Failure [INSTALL_PARSE_FAILED_NOT_APK: "),
        ("pm install -S 9", b"short", "Failure [INSTALL_FAILED_INVALID_APK: "),
        ("pm install", b"", "Failure [INSTALL_FAILED_INVALID_APK: "),
        ("pm install /data/local/tmp/no.apk", b"", "Failure [INSTALL_FAILED_INVALID_URI: "),
    ],
)
def test_refusals(phone: FakePhone, line: str, stdin: bytes, start: str) -> None:
    out, _, code = phone.run(line, stdin=stdin)
    assert out.startswith(start)
    assert code == 1


def test_a_session_of_several_apks(phone: FakePhone) -> None:
    data = phone.apk().read_bytes()

    async def session() -> list[str]:
        made = (await phone.call(f"cmd package install-create -S {len(data)}"))[0]
        number = made.partition("[")[2].partition("]")[0]
        write = f"cmd package install-write -S {len(data)} {number} base.apk -"
        answers = [made, (await phone.call(write, stdin=data))[0]]
        answers.append((await phone.call(f"cmd package install-commit {number}"))[0])
        answers.append((await phone.call(f"cmd package install-commit {number}"))[1])
        return answers

    created, written, committed, again = asyncio.run(session())
    assert created.startswith("Success: created install session [")
    assert written == f"Success: streamed {len(data)} bytes\n"
    assert committed == "Success\n"
    assert again == "Error: session not found\n"
    assert phone.packages.get(APP) is not None
    assert not list(phone.packages.spool().iterdir())


def test_an_abandoned_session_installs_nothing(phone: FakePhone) -> None:
    number = phone.run("pm install-create")[0].partition("[")[2].partition("]")[0]
    assert phone.run(f"pm install-abandon {number}")[0] == "Success\n"
    assert phone.run(f"pm install-commit {number}")[2] == 1
    empty = phone.run("pm install-create")[0].partition("[")[2].partition("]")[0]
    assert "Failed to find any APK" in phone.run(f"pm install-commit {empty}")[0]
