import io
import zipfile

from tests.simphone.android.phone import FakePhone


def test_a_bug_report_can_be_pulled_by_shell(phone: FakePhone) -> None:
    phone.log.write("mine", "a line of the log")
    out, _, code = phone.run("bugreportz -p")
    lines = out.splitlines()
    assert code == 0
    assert lines[0].startswith("BEGIN:/data/user_de/0/com.android.shell/files/bugreports/")
    path = lines[-1].removeprefix("OK:")
    archive = zipfile.ZipFile(io.BytesIO(phone.fs.read(path, uid=2000)))
    report = archive.read(archive.read("main_entry.txt").decode()).decode()
    assert "a line of the log" in report
    assert "DUMP OF SERVICE battery:" in report


def test_version_usage_and_the_old_form(phone: FakePhone) -> None:
    assert phone.run("bugreportz -v") == ("", "1.2\n", 0)
    assert phone.run("bugreportz nonsense")[2] == 1
    assert "== dumpstate: " in phone.run("bugreport")[0]
