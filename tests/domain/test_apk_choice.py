"""Which parts go onto which phone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.domain.apk_choice import (
    ApkPart,
    ApkVariant,
    NoFittingPartsError,
    PhoneShape,
    best_density,
    choose_parts,
    choose_variant,
)

PHONE = PhoneShape(("arm64-v8a", "armeabi-v7a"), 420, 34, ("de",))
BASE = ApkPart("base.apk", min_api=24)
PARTS = (
    ApkPart("en.apk", "config.en", languages=("en",)),
    ApkPart("de.apk", "config.de", languages=("de",)),
    ApkPart("v7a.apk", "config.armeabi_v7a", abis=("armeabi-v7a",)),
    ApkPart("v8a.apk", "config.arm64_v8a", abis=("arm64-v8a",)),
    ApkPart("x86.apk", "config.x86_64", abis=("x86_64",)),
    ApkPart("xhdpi.apk", "config.xhdpi", densities=(320,)),
    ApkPart("xxhdpi.apk", "config.xxhdpi", densities=(480,)),
    BASE,
    ApkPart("camera.apk", "camera", "camera"),
    ApkPart("camera-v8a.apk", "camera.config.arm64_v8a", "camera", abis=("arm64-v8a",)),
    ApkPart("later.apk", "later", "later", on_demand=True),
)


@pytest.mark.parametrize(
    ("phone", "due"),
    [
        (PHONE, "base de v8a xxhdpi camera camera-v8a"),
        (replace(PHONE, density=320), "base de v8a xhdpi camera camera-v8a"),
        (replace(PHONE, density=160, languages=()), "base v8a xhdpi camera camera-v8a"),
        (replace(PHONE, languages=("fr", "en")), "base en v8a xxhdpi camera camera-v8a"),
        # the module has 64-bit code only: the phone's first choice is not for all
        (replace(PHONE, abis=("armeabi-v7a", "arm64-v8a")), "base de v8a xxhdpi camera camera-v8a"),
    ],
    ids=["usual", "its density", "lower density", "other languages", "one ABI for all modules"],
)
def test_what_fits_and_nothing_else(phone: PhoneShape, due: str) -> None:
    choice = choose_parts(PARTS, phone)
    names = {part.file.removesuffix(".apk") for part in choice.parts}
    assert names == set(due.split())
    assert choice.parts[0] is BASE
    assert len(choice.parts) + len(choice.left_out) == len(PARTS)
    assert "later: the app fetches this module by itself when it needs it" in choice.left_out


@pytest.mark.parametrize(
    ("parts", "phone", "due"),
    [
        ((), PHONE, "no base APK"),
        ((BASE, BASE), PHONE, "2 base APKs"),
        ((BASE,), replace(PHONE, api=23), "needs API 24, the phone has API 23"),
        (PARTS[4:], replace(PHONE, abis=("mips",)), "for arm64-v8a, x86_64 only, the phone runs"),
        ((BASE, PARTS[4]), PHONE, "for x86_64 only, the phone runs arm64-v8a, armeabi-v7a"),
        ((BASE, PARTS[3]), replace(PHONE, abis=()), "runs nothing that it names"),
    ],
    ids=["empty", "two bases", "old Android", "no ABI for all", "other processor", "no ABI told"],
)
def test_what_cannot_run_there_says_why(
    parts: tuple[ApkPart, ...], phone: PhoneShape, due: str
) -> None:
    with pytest.raises(NoFittingPartsError, match=due):
        choose_parts(parts, phone)


def test_a_part_for_a_newer_android_is_left_out() -> None:
    newer = ApkPart("new.apk", "new", "new", min_api=35)
    choice = choose_parts((BASE, newer), PHONE)
    assert choice.parts == (BASE,)
    assert choice.left_out == ("new: needs API 35",)


@pytest.mark.parametrize(
    ("offered", "wanted", "due"),
    [
        ((160, 240, 320, 480), 240, 240),
        ((320, 480), 420, 480),
        ((320, 480), 330, 320),  # scaling 320 up a little beats scaling 480 down a lot
        ((160,), 640, 160),
        ((120, 160), 640, 160),
        ((480, 640), 320, 480),
    ],
)
def test_density_as_android_picks_it(offered: tuple[int, ...], wanted: int, due: int) -> None:
    assert best_density(offered, wanted) == due
    assert best_density(tuple(reversed(offered)), wanted) == due


VARIANTS = (
    ApkVariant(0, (BASE,), min_api=21),
    ApkVariant(1, (BASE,), min_api=23),
    ApkVariant(2, (BASE,), min_api=35),
    ApkVariant(3, (BASE,), min_api=21, abis=("x86_64",)),
)


@pytest.mark.parametrize(("api", "number"), [(21, 0), (23, 1), (34, 1), (35, 2)])
def test_the_highest_variant_that_fits(api: int, number: int) -> None:
    assert choose_variant(VARIANTS, replace(PHONE, api=api)).number == number


@pytest.mark.parametrize(
    ("variants", "due"),
    [
        ((), "holds no APK"),
        (VARIANTS[2:3], "needs API 35, the phone has API 34"),
        (VARIANTS[3:], "native code for x86_64 only"),
    ],
)
def test_no_variant_fits(variants: tuple[ApkVariant, ...], due: str) -> None:
    with pytest.raises(NoFittingPartsError, match=due):
        choose_variant(variants, PHONE)
