import pytest

from tests.simphone.sh.bench import Bench


@pytest.mark.parametrize(
    ("script", "out"),
    [
        (
            "set -- -ab -c x y; while getopts abc: o; do echo $o $OPTARG; done; echo $OPTIND",
            "a\nb\nc x\n4\n",
        ),
        ("getopts a: o -ax; echo $o $OPTARG $OPTIND", "a x 2\n"),
        ('getopts a: o -a 2>/dev/null; echo "$o"', "?\n"),
        ('getopts :a: o -a; echo $o $OPTARG; getopts :b o -a -z; echo "$o" $OPTARG', ": a\n? z\n"),
        ('getopts a o -- x; echo $? "$o" $OPTIND', "1 ? 2\n"),
        ("getopts a 2>/dev/null; echo $?", "2\n"),
        ("let x=1+1 'y = x * 3'; echo $? $x $y", "0 2 6\n"),
        ("let 1/0 2>/dev/null; echo $?", "2\n"),
        ("(( 3 > 2 )) && echo yes; ((echo a); echo b)", "yes\na\nb\n"),
    ],
)
def test_builtins(bench: Bench, script: str, out: str) -> None:
    assert bench.run(script).out == out
