"""Which parts of a build fit a phone: one ABI, one density, the phone's languages.

As bundletool and the Play store choose: the phone's most wanted ABI that every module
has, the density that scales best, the languages that the phone speaks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce


class NoFittingPartsError(ValueError):
    """Nothing in the build runs on this phone; one sentence."""


@dataclass(frozen=True, slots=True)
class PhoneShape:
    """What decides on the parts."""

    abis: tuple[str, ...]  # most wanted first, as ro.product.cpu.abilist
    density: int  # dots per inch
    api: int
    languages: tuple[str, ...] = ()  # two or three letters


@dataclass(frozen=True, slots=True)
class ApkPart:
    """One APK of a build; empty targets = for every phone."""

    file: str  # its name in the archive
    split: str = ""  # as in its manifest; "" = base
    module: str = ""  # "" = base
    abis: tuple[str, ...] = ()
    densities: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    min_api: int = 1
    on_demand: bool = False  # of a module that is not installed with the app


@dataclass(frozen=True, slots=True)
class ApkVariant:
    """Parts that belong together; parts of two variants are never mixed (bundletool)."""

    number: int
    parts: tuple[ApkPart, ...]
    min_api: int = 1
    abis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartChoice:
    """`parts` go onto the phone, base first; `left_out` says why the others do not."""

    parts: tuple[ApkPart, ...]
    left_out: tuple[str, ...]


def choose_variant(variants: Sequence[ApkVariant], phone: PhoneShape) -> ApkVariant:
    """The variant with the highest number that fits. Raises NoFittingPartsError."""
    if not variants:
        raise NoFittingPartsError("the build holds no APK")
    fitting = [one for one in variants if one.min_api <= phone.api]
    if not fitting:
        least = min(one.min_api for one in variants)
        raise NoFittingPartsError(f"the build needs API {least}, the phone has API {phone.api}")
    runnable = [one for one in fitting if not one.abis or set(one.abis) & set(phone.abis)]
    if not runnable:
        raise NoFittingPartsError(_no_abi({abi for one in fitting for abi in one.abis}, phone))
    return max(runnable, key=lambda one: one.number)


def choose_parts(parts: Sequence[ApkPart], phone: PhoneShape) -> PartChoice:
    """Raises NoFittingPartsError when there is no base or no code for the phone."""
    bases = [part for part in parts if not part.split]
    if len(bases) != 1:
        what = "no base APK" if not bases else f"{len(bases)} base APKs"
        raise NoFittingPartsError(f"the build has {what}; one is needed")
    if bases[0].min_api > phone.api:
        needs = f"the app needs API {bases[0].min_api}, the phone has API {phone.api}"
        raise NoFittingPartsError(needs)
    abi = _abi(parts, phone)
    density = _densities(parts, phone)
    chosen: list[ApkPart] = []
    left_out: list[str] = []
    for part in parts:
        why = _against(part, phone, abi, density.get(part.module))
        if why is None:
            chosen.append(part)
        else:
            left_out.append(f"{part.split or part.file}: {why}")
    chosen.sort(key=lambda part: (part.split != "", part.split))
    return PartChoice(tuple(chosen), tuple(left_out))


def best_density(densities: Iterable[int], wanted: int) -> int:
    """The one that Android would scale from: scaling down costs half of scaling up
    (ResTable_config::isBetterThan in AOSP)."""

    def better(one: int, two: int) -> int:
        low, high = sorted((one, two))
        if wanted >= high:
            return high
        if low >= wanted:
            return low
        return low if (2 * low - wanted) * high > wanted * wanted else high

    return reduce(better, densities)


def _abi(parts: Sequence[ApkPart], phone: PhoneShape) -> str | None:
    """The phone's most wanted ABI that each module with native code has."""
    needed: dict[str, set[str]] = {}
    for part in parts:
        if part.abis and not part.on_demand:
            needed.setdefault(part.module, set()).update(part.abis)
    if not needed:
        return None
    common = set.intersection(*needed.values())
    for abi in phone.abis:
        if abi in common:
            return abi
    raise NoFittingPartsError(_no_abi(common or set().union(*needed.values()), phone))


def _densities(parts: Sequence[ApkPart], phone: PhoneShape) -> dict[str, int]:
    """By module the density that fits best."""
    offered: dict[str, set[int]] = {}
    for part in parts:
        offered.setdefault(part.module, set()).update(part.densities)
    return {
        module: best_density(sorted(found), phone.density)
        for module, found in offered.items()
        if found
    }


def _against(part: ApkPart, phone: PhoneShape, abi: str | None, density: int | None) -> str | None:
    if part.on_demand:
        return "the app fetches this module by itself when it needs it"
    if part.min_api > phone.api:
        return f"needs API {part.min_api}"
    if part.abis and abi not in part.abis:
        return f"for {', '.join(part.abis)}, the phone runs {abi}"
    if part.densities and density not in part.densities:
        return f"for {_dpi(part.densities)}, the phone has {phone.density} dpi"
    if part.languages and not set(part.languages) & set(phone.languages):
        return f"language {', '.join(part.languages)}"
    return None


def _no_abi(offered: set[str], phone: PhoneShape) -> str:
    return (
        f"the build has native code for {', '.join(sorted(offered))} only,"
        f" the phone runs {', '.join(phone.abis) or 'nothing that it names'}"
    )


def _dpi(densities: Iterable[int]) -> str:
    return ", ".join(f"{density} dpi" for density in densities)
