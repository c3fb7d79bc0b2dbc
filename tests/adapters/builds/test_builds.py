"""The small readers behind the unpacking, and putting a build on a phone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.adapters.builds.apk_manifest import parse_tree, read_apk_manifest
from harness.adapters.builds.apk_signer import signer_of
from harness.adapters.builds.apks_contents import read_contents
from harness.adapters.builds.archive import DamagedBuildError
from harness.adapters.builds.install_journal import InstallJournal, mend_install
from harness.adapters.builds.phone_shape import read_shape, shape_of
from harness.adapters.builds.protobuf_wire import Message, WireError
from harness.adapters.builds.putting_on import explained, put_on
from harness.adapters.builds.unpacking import unpack
from harness.adapters.builds.xapk_contents import Expansion, XapkError, is_xapk, read_xapk
from harness.adapters.places import node_folder
from harness.domain.apk_choice import PhoneShape
from harness.ports import InstrumentError
from tests.adapters.builds import samples
from tests.adapters.removal.folder_phone import FolderPhone

PHONE = PhoneShape(("arm64-v8a",), 420, 34, ("en",))
USUAL_PHONE = """\
[ro.product.cpu.abilist]: [arm64-v8a,armeabi-v7a]
[ro.build.version.sdk]: [34]
[persist.sys.locale]: [pt-BR]
Physical density: 420
Override density: 360
"""
OLD_PHONE = """\
[ro.product.cpu.abi]: [x86]
[ro.build.version.sdk]: [26]
[ro.product.locale]: [en-US,de-DE]
[ro.sf.lcd_density]: [320]
"""


@pytest.fixture
def phone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderPhone:
    monkeypatch.setenv("HARNESS_STATE", str(tmp_path / "state"))
    return FolderPhone(tmp_path / "phone")


class TestManifest:
    def test_apks_of_others_are_read(self) -> None:
        """Appium's own, which Google's tools built."""
        (settings,) = (node_folder() / "node_modules").rglob("settings_apk-debug.apk")
        found = read_apk_manifest(settings)
        assert (found.package, found.split, found.min_api) == ("io.appium.settings", "", 26)
        assert found.version_code > 100
        assert len(str(signer_of(settings))) == 64

    def test_a_split_and_a_version_code_of_more_than_32_bits(self) -> None:
        text = (
            "N: android=http://schemas.android.com/apk/res/android (line=1)\n"
            "  E: manifest (line=1)\n"
            "    A: http://schemas.android.com/apk/res/android:versionCode(0x0101021b)=7\n"
            "    A: http://schemas.android.com/apk/res/android:versionCodeMajor(0x01010576)=1\n"
            '    A: package="a.b" (Raw: "a.b")\n'
            '    A: split="config.de" (Raw: "config.de")\n'
            "      E: application (line=2)\n"
            "        A: http://schemas.android.com/apk/res/android:versionCode(0x0101021b)=9\n"
        )
        found = parse_tree(text)
        assert found is not None
        assert (found.package, found.split, found.version_code) == ("a.b", "config.de", 2**32 + 7)
        assert found.min_api == 1

    def test_no_package_is_no_manifest(self) -> None:
        assert parse_tree("  E: manifest (line=1)\n") is None

    def test_an_apk_without_signature_has_no_signer(self, tmp_path: Path) -> None:
        plain = samples.archive(tmp_path / "a.apk", {"AndroidManifest.xml": b""})
        assert signer_of(plain) is None
        (tmp_path / "b.apk").write_bytes(b"junk")
        assert signer_of(tmp_path / "b.apk") is None


class TestContents:
    def test_variants_parts_and_targets(self) -> None:
        package, (first, second) = read_contents(samples.table_of_contents())
        assert package == samples.PACKAGE
        assert (first.number, first.min_api, second.min_api) == (0, 21, 35)
        by_split = {part.split: part for part in first.parts}
        assert by_split["config.arm64_v8a"].abis == ("arm64-v8a",)
        assert by_split["config.xxhdpi"].densities == (480,)
        assert by_split["config.de"].languages == ("de",)
        assert by_split[""].file == "splits/base-master.apk"
        assert (by_split["later"].module, by_split["later"].on_demand) == ("later", True)

    @pytest.mark.parametrize(
        "data",
        [b"\x0a", b"\x0a\x05ab", b"\x80" * 11, b"\x0b", b"\x09abc", b"\x08\x01"],
        ids=["no length", "cut bytes", "endless number", "old group", "cut fixed", "wrong type"],
    )
    def test_cut_and_foreign_data(self, data: bytes) -> None:
        with pytest.raises(WireError):
            Message(data).messages(1)

    def test_fields_of_every_kind_are_passed_over(self) -> None:
        message = Message(b"\x09" + bytes(8) + b"\x15" + bytes(4) + samples.field(3, 7))
        assert (message.number(3), message.text(9), message.number(9)) == (7, "", 0)
        with pytest.raises(WireError, match="no UTF-8"):
            Message(samples.field(1, b"\xff")).texts(1)


class TestXapk:
    def test_its_data_files_stay_in_the_apps_own_folder(self) -> None:
        data = (
            b'{"package_name": "a.b", "split_apks": [{"file": "x.apk"}],'
            b' "expansions": [{"file": "m.obb", "install_path": "Android/obb/a.b/main.obb"}]}'
        )
        found = read_xapk(data)
        assert found.apks == ("x.apk",)
        assert found.expansions == (Expansion("m.obb", "Android/obb/a.b/main.obb"),)

    @pytest.mark.parametrize(
        "path",
        ["Download/x.obb", "Android/obb/a.b/../c/x.obb", "Android/obb/a.c/x", "Android/obb/a.b/.."],
    )
    def test_a_data_file_that_wants_elsewhere(self, path: str) -> None:
        listed = [{"file": "m", "install_path": path}]
        data = json.dumps({"package_name": "a.b", "expansions": listed})
        with pytest.raises(XapkError, match="outside of"):
            read_xapk(data.encode())

    @pytest.mark.parametrize(
        ("data", "due"), [(b'{"package_name": "a"}', True), (b"[]", False), (b"7", False)]
    )
    def test_told_from_other_manifests(self, data: bytes, due: bool) -> None:
        assert is_xapk(data) is due


class TestShape:
    @pytest.mark.parametrize(
        ("text", "languages", "due"),
        [
            (
                USUAL_PHONE,
                ("de-DE",),
                PhoneShape(("arm64-v8a", "armeabi-v7a"), 360, 34, ("pt", "de")),
            ),
            (
                OLD_PHONE,
                (),
                PhoneShape(("x86",), 320, 26, ("en", "de")),
            ),
            ("", (), PhoneShape((), 420, 0, ())),
        ],
        ids=["usual", "old", "silent"],
    )
    def test_read(self, text: str, languages: tuple[str, ...], due: PhoneShape) -> None:
        assert shape_of(text, languages) == due

    def test_a_phone_that_says_nothing_is_told(self, phone: FolderPhone) -> None:
        with pytest.raises(InstrumentError, match="no ABI or API level"):
            read_shape(phone)


class TestPuttingOn:
    def build(self, tmp_path: Path, **more: Any) -> tuple[Path, Path]:
        folder = tmp_path / "out"
        folder.mkdir()
        return samples.xapk(tmp_path / "a.xapk", **more), folder

    def test_base_and_splits_go_into_one_session(self, phone: FolderPhone, tmp_path: Path) -> None:
        file, folder = self.build(tmp_path)
        build = unpack(file, PHONE, folder)
        assert put_on(phone, build, folder, "a.xapk") is None
        written = [line.split()[5] for line in phone.done if "install-write" in line]
        assert written == [f"'{part.name}'" for part in build.parts]
        assert InstallJournal(phone.serial).load() is None

    def test_data_files_are_placed(
        self, phone: FolderPhone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        target = f"Android/obb/{samples.PACKAGE}/main.1.obb"
        listed = [{"file": "Android/obb/main.obb", "install_path": target}]
        file, folder = self.build(tmp_path, expansions=listed)
        pushed: list[str] = []

        def push(source: Path, target: str, **_: Any) -> None:
            pushed.append(target)

        monkeypatch.setattr(phone, "push", push)
        assert put_on(phone, unpack(file, PHONE, folder), folder, "a.xapk") is None
        assert pushed == [f"/sdcard/{target}"]

    def test_a_refusal_is_explained_and_nothing_stays_open(
        self, phone: FolderPhone, tmp_path: Path
    ) -> None:
        phone.refuses["install-commit"] = "Failure [INSTALL_FAILED_VERSION_DOWNGRADE: older]"
        file, folder = self.build(tmp_path)
        told = put_on(phone, unpack(file, PHONE, folder), folder, "a.xapk")
        assert told is not None
        assert told.startswith("INSTALL_FAILED_VERSION_DOWNGRADE: a newer build is installed")
        assert "pm install-abandon 7" in phone.done
        assert InstallJournal(phone.serial).load() is None

    def test_an_answer_that_we_do_not_know_stays_as_it_is(self) -> None:
        assert explained("Failure [ODD]") == "Failure [ODD]"


class TestJournal:
    def test_what_a_killed_run_left_open_is_given_up(
        self, phone: FolderPhone, tmp_path: Path
    ) -> None:
        journal = InstallJournal(phone.serial, tmp_path)
        assert mend_install(phone, journal) == []
        journal.note(7, "a.xapk")
        assert mend_install(phone, journal) == [
            "gave up the installation of a.xapk that an interrupted run had begun"
        ]
        assert phone.done == ["pm install-abandon 7"]
        assert journal.load() is None

    def test_a_journal_that_is_none_says_nothing(self, phone: FolderPhone, tmp_path: Path) -> None:
        journal = InstallJournal(phone.serial, tmp_path)
        journal.path.write_bytes(b"{")
        assert mend_install(phone, journal) == []


def test_a_damaged_apk_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.apk").write_bytes(b"junk")
    with pytest.raises(DamagedBuildError, match=r"a\.apk: is no APK"):
        read_apk_manifest(tmp_path / "a.apk")
