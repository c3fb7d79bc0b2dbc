"""The build of devices.yaml, put on before the run where another one is there."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from harness.adapters.adb.package import read_app
from harness.adapters.builds.unpacking import unpack
from harness.adapters.profile_file import load_profile
from harness.domain.apk_choice import PhoneShape
from harness.domain.device import DeviceEntry
from harness.domain.facts.device import AppPackage
from harness.ports import ShellResult, StreamingControl
from harness.session.app_install import (
    AppFileError,
    app_under_test,
    install_wanted,
    same_build,
    told,
)
from harness.simphone.target import ADOPTED
from tests.adapters.builds import samples
from tests.adapters.removal.folder_phone import FolderPhone
from tests.pages.simulated import simulated

PROFILE = load_profile("tiktok")
OLDER = AppPackage(samples.PACKAGE, "43.1.4", 2024301040, None, None)
CODE = 2024700030


class ArmPhone(FolderPhone):
    """Says what it is; the rest as a folder does."""

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        if command.startswith("getprop"):
            told = "[ro.product.cpu.abilist]: [arm64-v8a]\n[ro.build.version.sdk]: [34]\n"
            return ShellResult(command, f"{told}Physical density: 480\n", "", 0)
        return super().shell(command, timeout=timeout, stdin=stdin)


@pytest.fixture
def phone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ArmPhone:
    monkeypatch.setenv("HARNESS_STATE", str(tmp_path / "state"))
    return ArmPhone(tmp_path / "phone")


def entry(file: Path | None) -> DeviceEntry:
    return DeviceEntry("one", serial="S1", app_file=str(file) if file else None, language="fr")


@pytest.mark.parametrize("installed", [None, OLDER], ids=["no app", "an older one"])
def test_it_is_put_on(phone: ArmPhone, tmp_path: Path, installed: AppPackage | None) -> None:
    made = install_wanted(phone, entry(samples.xapk(tmp_path / "a.xapk")), PROFILE, installed)

    assert made is not None
    assert (made.file, made.kind, made.refused) == ("a.xapk", "xapk", None)
    assert (made.version_name, made.version_code) == ("47.0.3", CODE)
    assert "split_config.fr.apk" in made.parts
    assert told(made).startswith("installed a.xapk (47.0.3): base.apk, split_config.arm64_v8a.apk")
    assert any("phone has 480 dpi" in why for why in made.left_out)


def test_nothing_is_done_without_need(phone: ArmPhone, tmp_path: Path) -> None:
    there = AppPackage(samples.PACKAGE, "47.0.3", CODE, None, None)
    file = samples.apk(tmp_path / "a.apk")
    assert install_wanted(phone, entry(None), PROFILE, there) is None
    assert install_wanted(phone, entry(file), PROFILE, there) is None
    assert not [command for command in phone.done if "install" in command]


def test_the_phones_refusal_is_kept(phone: ArmPhone, tmp_path: Path) -> None:
    phone.refuses["install-commit"] = "Failure [INSTALL_FAILED_USER_RESTRICTED: no]"
    made = install_wanted(phone, entry(samples.apk(tmp_path / "a.apk")), PROFILE, OLDER)
    assert made is not None
    assert told(made).startswith("a.apk (47.0.3) could not be installed: INSTALL_FAILED_USER")
    assert "Install via USB" in told(made)


def test_a_damaged_file_names_itself(phone: ArmPhone, tmp_path: Path) -> None:
    (tmp_path / "a.xapk").write_bytes(b"junk")
    with pytest.raises(AppFileError, match=r"a\.xapk: is no whole ZIP archive"):
        install_wanted(phone, entry(tmp_path / "a.xapk"), PROFILE, None)


def test_another_app_is_refused_before_anything_is_sent(phone: ArmPhone, tmp_path: Path) -> None:
    file = samples.apk(tmp_path / "a.apk", package="com.other")
    with pytest.raises(AppFileError, match=r"holds com\.other, profile 'tiktok' is for"):
        install_wanted(phone, entry(file), PROFILE, None)
    assert not [command for command in phone.done if "install" in command]


@pytest.mark.parametrize(
    ("code", "signer", "due"),
    [(CODE, "same", True), (CODE, None, True), (1, "same", False), (CODE, "x", False)],
)
def test_when_it_is_there_already(tmp_path: Path, code: int, signer: str | None, due: bool) -> None:
    (tmp_path / "out").mkdir()
    file = samples.apk(tmp_path / "a.apk")
    build = unpack(file, PhoneShape(("arm64-v8a",), 420, 34), tmp_path / "out")
    known = build.signer if signer == "same" else signer
    assert same_build(build, AppPackage(samples.PACKAGE, "47.0.3", code, known, None)) is due


def test_the_app_is_read_again_after_it_was_put_on(phone: ArmPhone, tmp_path: Path) -> None:
    answers: list[AppPackage | None] = [None, OLDER]

    def read(*_: object, **__: object) -> AppPackage | None:
        return answers.pop(0)

    app, made = app_under_test(phone, entry(samples.apk(tmp_path / "a.apk")), PROFILE, read)
    assert app == OLDER
    assert made is not None


def test_no_app_and_no_file_is_told(phone: ArmPhone) -> None:
    def read(*_: object, **__: object) -> None: ...

    with pytest.raises(AppFileError, match="is not installed"):
        app_under_test(phone, entry(None), PROFILE, read)


def test_an_app_whose_card_is_out_is_told_and_not_put_on_beside_it(tmp_path: Path) -> None:
    tiktok = load_profile("tiktok")
    with simulated(tmp_path / "phone", adopted=True) as desk:
        device = cast("StreamingControl", desk.device)
        app, made = app_under_test(device, entry(None), tiktok, read_app)
        assert (app.package, made) == (tiktok.packages[0], None)
        desk.verb("card", "ejected")
        file = tmp_path / "any.apk"
        with pytest.raises(AppFileError, match=f"card {ADOPTED}, which is not in the phone"):
            app_under_test(device, entry(file), tiktok, read_app)
