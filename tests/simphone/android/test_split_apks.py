"""Sessions of base and splits, as Android takes and refuses them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.adapters.builds import samples
from tests.simphone.android.phone import FakePhone


async def committed(phone: FakePhone, apks: dict[str, Path]) -> str:
    made = (await phone.call("pm install-create -r"))[0]
    number = made.partition("[")[2].partition("]")[0]
    for name, file in apks.items():
        data = file.read_bytes()
        await phone.call(f"pm install-write -S {len(data)} {number} {name} -", stdin=data)
    return (await phone.call(f"pm install-commit {number}"))[0]


def install(phone: FakePhone, apks: dict[str, Path]) -> str:
    return asyncio.run(committed(phone, apks))


def test_splits_lie_beside_the_base(phone: FakePhone, tmp_path: Path) -> None:
    apks = {
        "x": samples.apk(tmp_path / "b.apk"),
        "y": samples.apk(tmp_path / "v8a.apk", split="config.arm64_v8a"),
        "z": samples.apk(tmp_path / "de.apk", split="config.de"),
    }
    assert install(phone, apks) == "Success\n"
    paths = phone.run(f"pm path {samples.PACKAGE}")[0].splitlines()
    names = [path.rpartition("/")[2] for path in paths]
    assert names == ["base.apk", "split_config.arm64_v8a.apk", "split_config.de.apk"]
    dump = phone.run(f"dumpsys package {samples.PACKAGE}")[0]
    assert "splits=[base, config.arm64_v8a, config.de]" in dump
    path = paths[1].removeprefix("package:")
    assert phone.fs.stat(path).size == apks["y"].stat().st_size


@pytest.mark.parametrize(
    ("parts", "due"),
    [
        ([{"split": "config.de"}], "Full install must include a base package"),
        ([{}, {}], "Split null was defined multiple times"),
        ([{}, {"split": "a"}, {"split": "a"}], "Split a was defined multiple times"),
        ([{}, {"split": "a", "version": "46.0.0"}], "split_a.apk version code 2024600000 incon"),
        ([{}, {"split": "a", "package": "com.b"}], "split_a.apk package com.b inconsistent with"),
        ([{}, {"split": "a", "signer": "x"}], "split_a.apk signatures are inconsistent"),
        ([{}, {"split": "config.x86_64"}], "INSTALL_FAILED_NO_MATCHING_ABIS: Failed to extract"),
    ],
)
def test_what_does_not_belong_together(
    phone: FakePhone, tmp_path: Path, parts: list[dict[str, str]], due: str
) -> None:
    apks = {
        f"{number}": samples.apk(tmp_path / f"{number}.apk", **part)
        for number, part in enumerate(parts)
    }
    assert due in install(phone, apks)
    assert phone.packages.get(samples.PACKAGE) is None
