"""The phone's shell and programs against what the real mksh and toybox printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simphone.sh.alike_scripts import recorded, scripts
from tests.simphone.sh.bench import Bench

ANSWERS = recorded()
FOLDER = "/data/local/tmp/w"
DIFFERENT = {
    "alias ll='echo aliased'; alias ll": "aliases are not kept: a script has none",
    "a[0]=x; a[2]=z; echo ${a[0]} ${a[2]} ${#a[@]} ${a[@]}": "arrays are not simulated",
    "set -A arr one two three; echo ${arr[1]} ${#arr[*]}": "arrays are not simulated",
    "typeset -i n=5; n=n+2; echo $n; typeset -u up=abc; echo $up": "variables have no types",
    "umask 022; umask; touch q; stat -c %a q": "programs do not see the shell's umask",
}
"""Scripts whose answer here differs from the recorded one, with the reason."""


def run(folder: Path, script: str) -> tuple[str, int]:
    result = Bench(folder).run(f"mkdir {FOLDER} && cd {FOLDER}\nTMPDIR={FOLDER}\n{script}")
    return result.out, result.rc


def test_every_script_is_recorded() -> None:
    assert [row for row in scripts() if row not in ANSWERS] == []
    assert len(ANSWERS) >= 100


@pytest.mark.parametrize("number", range(len(scripts())))
def test_alike(tmp_path: Path, number: int) -> None:
    script = scripts()[number]
    wanted = ANSWERS[script]
    alike = run(tmp_path, script) == (wanted["stdout"], wanted["rc"])
    assert alike == (script not in DIFFERENT), (script, run(tmp_path / "again", script), wanted)
