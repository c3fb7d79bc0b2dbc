import asyncio
from datetime import UTC

import pytest

from harness.simphone.android.log_filter import BadFilter, parse_filter, parse_start
from harness.simphone.android.log_format import chosen, render
from harness.simphone.android.log_ring import HEARTBEAT_TAG, Entry
from harness.simphone.contracts import Invocation
from tests.simphone.android.phone import Bytes, FakePhone, Sink

LINE = Entry(1, 1772442000.25, 12.5, 300, 301, 1000, "I", "Tag", "one\ntwo", "main")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("threadtime", "03-02 09:00:00.250   300   301 I Tag     : one\n"),
        ("time", "03-02 09:00:00.250 I/Tag     (  300): one\n"),
        ("brief", "I/Tag     (  300): one\n"),
        ("tag", "I/Tag     : one\n"),
        ("process", "I(  300) one  (Tag)\n"),
        ("thread", "I(  300:  301) one\n"),
        ("raw", "one\n"),
        ("long", "[ 03-02 09:00:00.250   300:  301 I/Tag      ]\none\n"),
        ("threadtime,year,usec", "2026-03-02 09:00:00.250000   300   301 I Tag     : one\n"),
        ("threadtime,zone,UTC", "03-02 09:00:00.250 +0000   300   301 I Tag     : one\n"),
        ("threadtime,uid", "03-02 09:00:00.250  1000   300   301 I Tag     : one\n"),
        ("threadtime,epoch", "         1772442000.250   300   301 I Tag     : one\n"),
        ("tag,color", "\x1b[38;5;40mI/Tag     : one\x1b[0m\n"),
        ("process,color", "\x1b[38;5;40mI(  300) one  (Tag)\x1b[0m\n"),
        ("threadtime,monotonic", "    12.500   300   301 I Tag     : one\n"),
    ],
)
def test_formats(words: str, first: str) -> None:
    form, modifiers = chosen([words])
    text = render(LINE, form, modifiers, UTC)
    assert text.startswith(first)
    assert "two" in text


@pytest.mark.parametrize(
    ("specs", "silent", "pattern", "passes"),
    [
        ([], False, None, True),
        (["Tag:I", "*:S"], False, None, True),
        (["Tag:E", "*:S"], False, None, False),
        (["*:E"], False, None, False),
        (["Tag"], True, None, True),
        (["Other"], True, None, False),
        ([], False, "tw.", True),
        ([], False, "three", False),
    ],
)
def test_filters(specs: list[str], silent: bool, pattern: str | None, passes: bool) -> None:
    found = parse_filter(specs, silent=silent, pattern=pattern, pid=None)
    assert found.passes(LINE) is passes


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("20", 20),
        ("1772442000.250", 1772442000.25),
        ("03-02 09:00:00.250", 1772442000.25),
        ("2026-03-02 09:00:00.250", 1772442000.25),
    ],
)
def test_start_times(text: str, start: float) -> None:
    assert parse_start(text, 1772442500.0, UTC) == start


def test_a_bad_start_is_refused() -> None:
    with pytest.raises(BadFilter):
        parse_start("yesterday", 0, UTC)


@pytest.mark.parametrize(
    ("line", "wanted", "unwanted", "code"),
    [
        ("logcat -d", ["--------- beginning of main\n", "hello", "boom"], ["am_x"], 0),
        ("logcat -d -b events", ["--------- beginning of events\n", "am_x"], ["hello"], 0),
        ("logcat -d -b all -D", ["am_x", "hello", "--------- switch to main\n"], [], 0),
        ("logcat -t 1", ["boom"], ["hello"], 0),
        ("logcat -d -s A", ["hello"], ["boom"], 0),
        ("logcat -d -e bo+m", ["boom"], ["hello"], 0),
        ("logcat -d -m 1", ["hello"], ["boom"], 0),
        ("logcat -d --pid=77", ["hello"], ["boom"], 0),
        ("logcat -d *:E", ["boom"], ["hello"], 0),
        ("logcat -g", ["main: ring buffer is 256 KiB"], [], 0),
        ("logcat --help", ["Usage: logcat"], ["hello"], 0),
        ("logcat -L", [], ["hello"], 0),
        ("logcat -v nonsense", [], [], 1),
        ("logcat -b nowhere", [], [], 1),
        ("logcat -d '-T' 'never'", [], [], 1),
    ],
)
def test_dumps(
    phone: FakePhone, line: str, wanted: list[str], unwanted: list[str], code: int
) -> None:
    phone.log.write("A", "hello", pid=77)
    phone.log.write("am_x", "[1]", buffer="events")
    phone.log.write("B", "again", pid=78)
    phone.log.write("C", "boom", priority="E", buffer="crash")
    out, err, answer = phone.run(line)
    assert answer == code
    assert all(text in out for text in wanted), out
    assert not any(text in out for text in unwanted), out
    assert bool(err) is (code != 0)


def test_a_file_takes_the_lines(phone: FakePhone) -> None:
    phone.log.write("A", "hello")
    for _ in range(2):
        assert phone.run("logcat -d -v brief -f /data/local/tmp/log.txt") == ("", "", 0)
    written = phone.fs.read("/data/local/tmp/log.txt").decode()
    assert written.count("I/A       (    0): hello\n") == 2
    text = "logcat: Couldn't open output file '/system/log.txt': Read-only file system\n"
    assert phone.run("logcat -d -f /system/log.txt") == ("", text, 1)


def test_clearing_empties_the_buffers(phone: FakePhone) -> None:
    phone.log.write("A", "hello")
    assert phone.run("logcat -c")[2] == 0
    assert "hello" not in phone.run("logcat -d")[0]


def test_tags_of_the_environment_filter(phone: FakePhone) -> None:
    phone.log.write("A", "hello")
    assert "hello" not in phone.run("logcat -d", env={"ANDROID_LOG_TAGS": "*:S"})[0]


def test_following_begins_at_once_shows_news_and_beats(phone: FakePhone) -> None:
    async def follow() -> str:
        out = Sink()
        from harness.simphone.android.logcat import logcat

        phone.log.clear(("main", "system", "crash"))
        inv = Invocation(["logcat", "-v", "threadtime"], Bytes(), out, Sink(), phone.parts)
        task = asyncio.create_task(logcat(inv))
        await asyncio.sleep(0.05)
        begun = out.data.decode()
        phone.log.write("New", "news")
        await asyncio.sleep(1.3)
        task.cancel()
        return begun + "|" + out.data.decode()

    begun, _, whole = asyncio.run(follow()).partition("|")
    assert begun == "--------- beginning of main\n"
    assert "New     : news" in whole
    assert HEARTBEAT_TAG in whole


def test_log_writes_an_entry(phone: FakePhone) -> None:
    assert phone.run("log -p e -t Mine hello there")[2] == 0
    entry = phone.log.entries()[-1]
    assert (entry.priority, entry.tag, entry.text) == ("E", "Mine", "hello there")
    assert phone.run("log -p q x")[2] == 1


def test_rings_forget_the_oldest(phone: FakePhone) -> None:
    for number in range(8100):
        phone.log.write("N", str(number))
    assert len(phone.log.entries(["main"])) == 8000
    assert phone.log.used("main") > 8000


@pytest.mark.parametrize(
    ("wanted", "code", "shown"),
    [("1M", 0, "1 MiB"), ("512k", 0, "512 KiB"), ("131072", 0, "128 KiB"), ("1", 1, "256 KiB"),
     ("1G", 1, "256 KiB"), ("big", 1, "256 KiB")],
)  # fmt: skip
def test_the_rings_have_a_size(phone: FakePhone, wanted: str, code: int, shown: str) -> None:
    assert phone.run(f"logcat -b main -G {wanted}")[2] == code
    assert phone.run("logcat -b main -g")[0].startswith(f"main: ring buffer is {shown} (")
    assert "256 KiB" in phone.run("logcat -b radio -g")[0]


def test_lines_of_some_users_only(phone: FakePhone) -> None:
    phone.log.write("one", "by 10180", uid=10180)
    phone.log.write("two", "by 10181", uid=10181)
    shown = phone.run("logcat -d -v brief --uid=10181")[0]
    assert "by 10181" in shown
    assert "by 10180" not in shown
    assert phone.run("logcat -d --uid=me")[2] == 1
