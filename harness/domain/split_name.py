"""Names of split APKs: `config.arm64_v8a`, `feature`, `feature.config.xxhdpi` (bundletool)."""

from dataclasses import dataclass

ABIS = {
    "armeabi": "armeabi",
    "armeabi_v7a": "armeabi-v7a",
    "arm64_v8a": "arm64-v8a",
    "x86": "x86",
    "x86_64": "x86_64",
    "mips": "mips",
    "mips64": "mips64",
    "riscv64": "riscv64",
}
"""As a split's name has it → as `ro.product.cpu.abilist` has it."""

DENSITIES = {
    "ldpi": 120,
    "mdpi": 160,
    "tvdpi": 213,
    "hdpi": 240,
    "xhdpi": 320,
    "xxhdpi": 480,
    "xxxhdpi": 640,
}
"""Dots per inch (android.util.DisplayMetrics)."""


@dataclass(frozen=True, slots=True)
class SplitName:
    """What a split's name says. `module` "" = the base; nothing else set = the module itself."""

    module: str = ""
    abi: str | None = None
    density: int | None = None
    language: str | None = None
    other: str | None = None  # textures, device tiers, what we do not know


def read_split_name(text: str) -> SplitName:
    """The name as the APK's manifest has it; "" is the base."""
    if not text:
        return SplitName()
    module, dot, word = text.rpartition("config.")
    if not dot or (module and not module.endswith(".")):
        return SplitName(text)
    module = module.removesuffix(".")
    if word in ABIS:
        return SplitName(module, abi=ABIS[word])
    if word in DENSITIES:
        return SplitName(module, density=DENSITIES[word])
    if word.endswith("dpi") and word[:-3].isdigit():
        return SplitName(module, density=int(word[:-3]))
    language = word.split("_")[0].split("-")[0]
    if 2 <= len(language) <= 3 and language.isascii() and language.isalpha():
        return SplitName(module, language=language.lower())
    return SplitName(module, other=word)
