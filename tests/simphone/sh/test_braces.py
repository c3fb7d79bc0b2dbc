import pytest

from tests.simphone.sh.bench import Bench


@pytest.mark.parametrize(
    ("words", "out"),
    [
        ("a{b,c}d", "abd acd"),
        ("{a,{b,c}}x", "ax bx cx"),
        ("{a,b}{1,2}", "a1 a2 b1 b2"),
        ("x{,y}", "x xy"),
        ("'{a,b}' \"{a,b}\"", "{a,b} {a,b}"),
        ("{a} {} {1..3} {a,b", "{a} {} {1..3} {a,b"),
        ("$v{1,2}", "w1 w2"),
    ],
)
def test_words(bench: Bench, words: str, out: str) -> None:
    assert bench.run(f"v=w; echo {words}").out == f"{out}\n"
