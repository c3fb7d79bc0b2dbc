"""Runs every bar in parts, and goes on where it stopped: `make prove`.

A part is one file of long or end-to-end tests, or one script of benchmarks/. Its output and
how it ended are kept in .cache/prove/<state of the tree>/, so an interrupted call, or one part
that failed, costs only itself the next time; a changed tree starts over.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PART_TIMEOUT = 4 * 3600
"""Seconds for one part; the longest takes about an hour on two cores."""

LAST_LINES = 6  # of a part's output, shown when it has ended
NOTHING_COLLECTED = 5  # pytest's exit code


class ProveError(Exception):
    """One sentence for the user."""


@dataclass(frozen=True)
class Part:
    """`name` is also the name of its log."""

    name: str
    command: list[str]


def parts(root: Path, listing: str) -> list[Part]:
    """Parts from pytest's `--collect-only -q` listing, then the benchmarks."""
    files = sorted({line.split("::")[0] for line in listing.splitlines() if "::" in line})
    pytest = [sys.executable, "-m", "pytest", "-m", "e2e or slow", "-q", "-p", "no:randomly"]
    found = [Part(file[len("tests/") : -len(".py")], [*pytest, file]) for file in files]
    scripts = sorted(root.glob("benchmarks/*.py"))
    return found + [
        Part(f"benchmarks/{script.stem}", [sys.executable, f"benchmarks/{script.name}"])
        for script in scripts
        if not script.stem.startswith("_")
    ]


def listing() -> str:
    """What pytest would run. Raises ProveError when it cannot even collect."""
    command = [sys.executable, "-m", "pytest", "tests", "-m", "e2e or slow", "-q"]
    done = subprocess.run(
        [*command, "--collect-only", "-p", "no:randomly"],
        cwd=ROOT, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    if done.returncode not in (0, NOTHING_COLLECTED):
        raise ProveError(f"pytest could not collect the tests:\n{done.stdout}{done.stderr}")
    return done.stdout


def tree_state(root: Path) -> str:
    """Names the content of the checkout: its commit, and a digest of what is not committed."""

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=root, capture_output=True, text=True, timeout=60, check=False
        )
        if done.returncode != 0:
            raise ProveError(f"git {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    head = git("rev-parse", "--short=12", "HEAD").strip()
    digest = hashlib.sha256(git("diff", "HEAD").encode())
    untracked = git("ls-files", "-z", "--others", "--exclude-standard").split("\0")[:-1]
    for name in untracked:
        digest.update(name.encode() + (root / name).read_bytes())
    clean = digest.digest() == hashlib.sha256().digest()
    return head if clean else f"{head}-{digest.hexdigest()[:8]}"


def run_part(part: Part, folder: Path) -> bool:
    """Runs one part, its output into its log; the mark `.passed` is only made at a good end."""
    stem = part.name.replace("/", ".")
    log, mark = folder / f"{stem}.log", folder / f"{stem}.passed"
    begun = time.monotonic()
    with log.open("w", encoding="utf-8") as out:
        try:
            code = subprocess.run(
                part.command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL, timeout=PART_TIMEOUT, check=False,
            ).returncode  # fmt: skip
        except subprocess.TimeoutExpired:
            code = -1
            out.write(f"no end after {PART_TIMEOUT} s\n")
    last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
    good = code == 0
    print(f"{'passed' if good else f'FAILED (exit {code})'} after {time.monotonic() - begun:.0f} s")
    print("\n".join(f"    {line}" for line in last), flush=True)
    if good:
        mark.write_text("\n".join(last) + "\n", encoding="utf-8")
    return good


def prove(chosen: list[Part], folder: Path, *, again: bool) -> int:
    """Runs what has not passed yet; the number of parts that failed."""
    failed: list[str] = []
    for number, part in enumerate(chosen, 1):
        mark = folder / f"{part.name.replace('/', '.')}.passed"
        print(f"[{number}/{len(chosen)}] {part.name} … ", end="", flush=True)
        if mark.exists() and not again:
            print("passed before")
        elif not run_part(part, folder):
            failed.append(part.name)
    passed = len(chosen) - len(failed)
    print(f"{passed} passed, {len(failed)} failed")
    if failed:
        print(f"Failed: {', '.join(failed)}. Their logs lie in {folder}.")
    return len(failed)


def main() -> int:
    """Exit 0 when all parts passed, 1 when one failed, 2 for a part that there is not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--part", action="append", help="only parts whose name holds this text")
    parser.add_argument("--list", action="store_true", help="say the parts, run nothing")
    parser.add_argument("--again", action="store_true", help="also what has passed before")
    options = parser.parse_args()
    try:
        every = parts(ROOT, listing())
        wanted = options.part or [""]
        chosen = [part for part in every if any(text in part.name for text in wanted)]
        if not chosen:
            raise ProveError(f"no part is called {', '.join(wanted)}; see --list")
        folder = ROOT / ".cache" / "prove" / tree_state(ROOT)
        folder.mkdir(parents=True, exist_ok=True)
    except ProveError as error:
        print(f"prove: {error}", file=sys.stderr)
        return 2
    if options.list:
        print("\n".join(part.name for part in chosen))
        return 0
    return 1 if prove(chosen, folder, again=options.again) else 0


if __name__ == "__main__":
    sys.exit(main())
