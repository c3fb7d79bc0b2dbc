import pytest

from harness.simphone.android.intents import BadIntent, parse_intent, short


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("-n com.x/.Main", "Intent { cmp=com.x/.Main }"),
        ("com.x/com.y.Main", "Intent { cmp=com.x/com.y.Main }"),
        (
            "-a android.intent.action.MAIN -c A -c B -f 0x10200000 -n com.x/com.x.Main",
            "Intent { act=android.intent.action.MAIN cat=[A,B] flg=0x10200000 cmp=com.x/.Main }",
        ),
        (
            "-W -a android.intent.action.VIEW -d http://a/b com.x",
            "Intent { act=android.intent.action.VIEW dat=http://a/b pkg=com.x }",
        ),
        (
            "com.x",
            (
                "Intent { act=android.intent.action.MAIN cat=[android.intent.category.LAUNCHER]"
                " pkg=com.x }"
            ),
        ),
        ("http://a", "Intent { act=android.intent.action.VIEW dat=http://a }"),
        ("-t text/plain --es k v --ez b true", "Intent { typ=text/plain (has extras) }"),
        ("--activity-clear-task --activity-new-task", "Intent { flg=0x10008000 }"),
    ],
)
def test_reading_and_printing(words: str, text: str) -> None:
    assert str(parse_intent(words.split())) == text


def test_extras_and_options_are_kept_apart() -> None:
    words = "-S -W -D --user 0 --display 0 -e a 1 --ei n 5 --esn z"
    intent = parse_intent(words.split(" "))
    assert intent.extras == {"a": "1", "n": "5", "z": "null"}
    assert intent.options == {"-S", "-W", "-D"}


@pytest.mark.parametrize("words", [["-n"], ["-n", "nothing"], ["-f", "x"], ["--es", "a"]])
def test_bad_words(words: list[str]) -> None:
    with pytest.raises(BadIntent):
        parse_intent(words)


def test_short_names() -> None:
    assert short("com.x", "com.x.a.Main") == "com.x/.a.Main"
    assert short("com.x", "com.xy.Main") == "com.x/com.xy.Main"
