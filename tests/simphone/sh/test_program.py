from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench

SCRIPTS = [
    ("sh -c 'echo $0 $1' name arg", "name arg\n", 0),
    ('sh -c "sh -c \'echo \\"a  b\\"\'"', "a  b\n", 0),
    ("sh -ec 'false; echo no'", "", 1),
    ("echo 'echo from stdin' | sh", "from stdin\n", 0),
    ("echo 'echo $1' >/data/local/tmp/s; sh /data/local/tmp/s x", "x\n", 0),
    ("sh /nope", "", 127),
    ("sh -c", "", 127),
    ("sh -c 'nope; exit 5'", "", 5),
    ("sh -c 'exec 1>&2; echo x'", "", 0),
    ("trap '' HUP; sh -c 'kill -HUP $$; echo still here'", "still here\n", 0),
    ("sh -c 'exit 3' | cat; echo $?", "0\n", 0),
]


@pytest.mark.parametrize(("script", "out", "rc"), SCRIPTS)
def test_shells_in_shells(bench: Bench, script: str, out: str, rc: int) -> None:
    result = bench.run(script)

    assert (result.out, result.rc) == (out, rc)
