import pytest

from tests.simphone.sh.bench import Bench


@pytest.mark.parametrize(
    ("script", "out", "rc"),
    [
        ("printf 'a\\n\\nb\\n' | nl", "     1\ta\n       \n     2\tb\n", 0),
        ("printf 'a\\n' | nl -b a -w 2 -v 5 -s :", " 5:a\n", 0),
        ("printf 'abc\\nd\\n' | rev", "cba\nd\n", 0),
        ("printf 'a\\nb\\n' | tac", "b\na\n", 0),
        ("printf 'abcdef' | split -b 4 - p; cat pab; ls p*", "ef" + "paa\npab\n", 0),
        ("printf 'a\\nb\\n' > f; split -l 1 -a 3 f; ls x*", "xaaa\nxaab\n", 0),
        ("printf abc > f; cksum f; printf '' | cksum", "1219131554 3 f\n4294967295 0\n", 0),
        ("split nope", "", 1),
        ("nl nope; rev nope; tac nope; cksum nope", "", 1),
    ],
)
def test_programs(bench: Bench, script: str, out: str, rc: int) -> None:
    result = bench.run(f"cd /data/local/tmp; {script}")
    assert (result.out, result.rc) == (out, rc)


def test_too_many_pieces_for_the_suffix(bench: Bench) -> None:
    script = "cd /data/local/tmp; seq 30 | split -l 1 -a 1; echo $?"
    assert bench.run(script).out == "1\n"
