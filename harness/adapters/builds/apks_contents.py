"""toc.pb of an APKS file: which APK is for which phones (bundletool's commands.proto). Pure.

Field numbers are those of commands.proto and targeting.proto in google/bundletool.
"""

from __future__ import annotations

from harness.adapters.builds.protobuf_wire import Message, WireError
from harness.domain.apk_choice import ApkPart, ApkVariant
from harness.domain.split_name import DENSITIES, read_split_name

FILE_NAME = "toc.pb"

_ABIS = {
    1: "armeabi",
    2: "armeabi-v7a",
    3: "arm64-v8a",
    4: "x86",
    5: "x86_64",
    6: "mips",
    7: "mips64",
    8: "riscv64",
}
_ALIASES = {2: "ldpi", 3: "mdpi", 4: "tvdpi", 5: "hdpi", 6: "xhdpi", 7: "xxhdpi", 8: "xxxhdpi"}
_ON_DEMAND, _FAST_FOLLOW = 2, 3  # DeliveryType
_SPLIT, _STANDALONE = 3, 4  # ApkDescription: which metadata is set


def read_contents(data: bytes) -> tuple[str, tuple[ApkVariant, ...]]:
    """(package, variants). Raises WireError. Instant and archived APKs are left out."""
    result = Message(data)
    variants = tuple(_variant(one) for one in result.messages(1))
    if not variants:
        raise WireError("no variant is listed")
    return result.text(4), variants


def _variant(message: Message) -> ApkVariant:
    targeting = message.message(1)
    parts: list[ApkPart] = []
    for apk_set in message.messages(2):
        module = apk_set.message(1)
        parts += [
            _part(apk, module)
            for apk in apk_set.messages(2)
            if apk.has(_SPLIT) or apk.has(_STANDALONE)
        ]
    return ApkVariant(
        number=message.number(3),
        parts=tuple(parts),
        min_api=_min_api(targeting.message(1)),
        abis=_abis(targeting.message(2)),
    )


def _part(apk: Message, module: Message) -> ApkPart:
    targeting = apk.message(1)
    split = apk.message(_SPLIT).text(1)
    name = module.text(1)
    return ApkPart(
        file=apk.text(2),
        split=split,
        module="" if name == "base" or not split else name or read_split_name(split).module,
        abis=_abis(targeting.message(1)),
        densities=_densities(targeting.message(4)),
        languages=tuple(text.lower() for text in targeting.message(3).texts(1)),
        min_api=_min_api(targeting.message(5)),
        on_demand=module.number(6) in (_ON_DEMAND, _FAST_FOLLOW) or bool(module.number(2)),
    )


def _min_api(targeting: Message) -> int:
    """SdkVersionTargeting: the least `min` of its values."""
    found = [version.message(1).number(1) for version in targeting.messages(1)]
    return max(min(found, default=1), 1)


def _abis(targeting: Message) -> tuple[str, ...]:
    numbers = [one.number(1) for one in targeting.messages(1)]
    return tuple(_ABIS.get(number, f"abi-{number}") for number in numbers if number)


def _densities(targeting: Message) -> tuple[int, ...]:
    found: list[int] = []
    for one in targeting.messages(1):
        alias = _ALIASES.get(one.number(1))
        if alias is not None:
            found.append(DENSITIES[alias])
        elif one.number(2):
            found.append(one.number(2))
    return tuple(found)
