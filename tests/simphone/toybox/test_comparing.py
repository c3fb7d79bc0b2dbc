from tests.simphone.sh.bench import Bench

SORTED = "printf 'a\\nb\\n' > 1; printf 'b\\nc\\n' > 2; "


def said(bench: Bench, script: str) -> tuple[str, int]:
    result = bench.run(f"cd /data/local/tmp; {script}")
    return result.out + result.err, result.rc


def test_comm_leaves_columns_out(bench: Bench) -> None:
    assert said(bench, SORTED + "comm 1 2") == ("a\n\t\tb\n\tc\n", 0)
    assert said(bench, SORTED + "comm -12 1 2; comm -3 1 2") == ("b\na\n\tc\n", 0)
    assert said(bench, "comm nope 2")[1] == 1


def test_cmp(bench: Bench) -> None:
    assert said(bench, SORTED + "cmp 1 2") == ("1 2 differ: char 1, line 1\n", 1)
    assert said(bench, "printf ab > 1; printf abc > 2; cmp 1 2") == ("cmp: EOF on 1\n", 1)
    assert said(bench, "printf ab > 1; printf ac > 2; cmp -l 1 2") == ("2 142 143\n", 1)
    assert said(bench, "printf ab > 1; printf ab | cmp 1") == ("", 0)
    assert said(bench, "cmp nope 1")[1] == 2


def test_paste(bench: Bench) -> None:
    assert said(bench, SORTED + "paste -d, 1 2") == ("a,b\nb,c\n", 0)
    assert said(bench, SORTED + "paste -s 1") == ("a\tb\n", 0)
    assert said(bench, "paste nope")[1] == 1
