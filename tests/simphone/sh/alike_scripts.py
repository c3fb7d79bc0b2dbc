"""Scripts that must do on the phone what they do in the real mksh with the real toybox.

`python -m tests.simphone.sh.alike_scripts MKSH TOYBOX BUSYBOX` runs them there and writes what
came out to `alike_answers.json`; recorded with mksh R59 (59c, as in Android 13 and 14), toybox
0.8.9, and BusyBox 1.35 for the few programs that Debian leaves out of its toybox (FROM_BUSYBOX).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ANSWERS = Path(__file__).with_name("alike_answers.json")
SECONDS = 10
FROM_BUSYBOX = ("dd", "expr", "false", "gunzip", "gzip", "tr", "true", "zcat")

TEXTS = Path(__file__).with_name("alike_scripts.txt")
"""The scripts, with lines of `%%` between them."""


def scripts() -> list[str]:
    """All of them; some go on over several lines."""
    return TEXTS.read_text().removesuffix("\n").split("\n%%\n")


def recorded() -> dict[str, dict[str, object]]:
    """Script → its stdout and exit code in the real shell."""
    return {row["script"]: row for row in json.loads(ANSWERS.read_text())}


def real(script: str, mksh: str, toybox_folder: str) -> dict[str, object]:
    """What the real programs do, in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [mksh, "-c", script],
            cwd=folder,
            env={"PATH": toybox_folder, "HOME": "/", "TMPDIR": folder, "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    code = done.returncode if done.returncode >= 0 else 128 - done.returncode
    return {"script": script, "stdout": done.stdout.decode("utf-8", "surrogateescape"), "rc": code}


def main(mksh: str, toybox: str, busybox: str) -> None:
    """Records all answers; `sh` is mksh there."""
    with tempfile.TemporaryDirectory() as folder:
        listed = subprocess.run(
            [toybox], capture_output=True, text=True, check=True, timeout=SECONDS
        )
        for name in FROM_BUSYBOX:
            Path(folder, name).symlink_to(busybox)
        for name in set(listed.stdout.split()) - {"sh", "bash", "awk", *FROM_BUSYBOX}:
            Path(folder, name).symlink_to(toybox)
        Path(folder, "sh").symlink_to(mksh)
        rows = [real(script, mksh, folder) for script in scripts()]
    ANSWERS.write_text(json.dumps(rows, indent=1, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])
