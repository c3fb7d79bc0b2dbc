import pytest

from tests.simphone.sh.bench import Bench


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ("abc == a*", 0),
        ('abc == "a*"', 1),
        ("abc != a*", 1),
        ("$x == 'a b'", 0),
        ("-z $nope", 0),
        ("! -z $x", 0),
        ("( -n $x || -n $nope ) && 1 -lt 2", 0),
        ("-n $nope && $(echo never > /data/local/tmp/ran)", 1),
        ("-f /data/local/tmp/ran", 1),
        ("a < b", 0),
        ("n -eq 5", 0),
        ("word", 0),
        ("''", 1),
        ("a b", 2),
        ("( a", 2),
        ("a -gt 1/", 2),
        ("!", 2),
    ],
)
def test_conditions(bench: Bench, condition: str, status: int) -> None:
    result = bench.run(f"x='a b'; n=5; [[ {condition} ]]; echo $?")
    assert result.out == f"{status}\n"


@pytest.mark.parametrize("script", ["[[ a", "[[ a == b", "function 1x { :; }"])
def test_what_has_no_end_is_a_syntax_error(bench: Bench, script: str) -> None:
    assert bench.run(script).rc == 1
