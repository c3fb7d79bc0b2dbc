"""Log lines, events, crash blocks, exit records: what the log tells of an app."""

from pathlib import Path

import pytest

from harness.adapters.adb.text.app_life import AppLife, LifeFact, death_reason
from harness.adapters.adb.text.crash import CrashBlocks
from harness.adapters.adb.text.events import ProcessEvent, read_event
from harness.adapters.adb.text.exit_info import read_exit_info
from harness.adapters.adb.text.logcat import LogLine, read_log_line
from harness.adapters.adb.text.telling import telling
from harness.domain.facts.device import AppCrash, AppDeath, AppNotResponding, LogEntry

SAMPLES = Path(__file__).parents[1] / "samples"
APP = "com.example.feed"


def line(tag: str, text: str, pid: int = 500, tid: int = 500) -> LogLine:
    return LogLine("03-02 09:00:01.100", pid, tid, "I", tag, text)


@pytest.mark.parametrize(
    ("text", "tag", "pid", "uid", "time"),
    [
        ("03-02 09:00:01.100  3000  3050 I am_proc_died: [0,1]",
         "am_proc_died", 3000, None, "03-02 09:00:01.100"),
        ("03-02 09:00:04.000 1000  1500  2400 I am_proc_died: [0,1]",
         "am_proc_died", 1500, "1000", "03-02 09:00:04.000"),
        ("2026-03-02 09:00:04.000 +0100 u0_a142  1500  2400 E DEBUG   : x: y",
         "DEBUG", 1500, "u0_a142", "2026-03-02 09:00:04.000 +0100"),
        ("03-02 09:00:04.000  1500  2400 W Tag:", "Tag", 1500, None, "03-02 09:00:04.000"),
    ],
)  # fmt: skip
def test_log_lines_in_all_variants(
    text: str, tag: str, pid: int, uid: str | None, time: str
) -> None:
    found = read_log_line(text)

    assert found is not None
    assert (found.tag, found.pid, found.uid, found.time) == (tag, pid, uid, time)


@pytest.mark.parametrize("text", ["--------- beginning of main", "", "garbage"])
def test_separators_are_no_lines(text: str) -> None:
    assert read_log_line(text) is None


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("am_crash",
         "[0,77,com.a,0,java.lang.IllegalStateException,a, b,Main.java,12,0]",
         ProcessEvent(
             "crash", "com.a", 77, "java.lang.IllegalStateException", "a, b", "Main.java:12")),
        ("am_crash", "[0,77,com.a,0,java.lang.Error,oops,Main.java,12]",
         ProcessEvent("crash", "com.a", 77, "java.lang.Error", "oops", "Main.java:12")),
        ("am_anr", "[0,77,com.a,0,Input dispatching timed out, 5 s]",
         ProcessEvent("anr", "com.a", 77, "Input dispatching timed out, 5 s")),
        ("am_proc_died", "[0,77,com.a]", ProcessEvent("died", "com.a", 77, "")),
        ("am_proc_died", "[0,77,com.a,935,19]", ProcessEvent("died", "com.a", 77, "935,19")),
        ("am_kill", "[0,77,com.a,900,stop com.a due to from pid 9,1234]",
         ProcessEvent("killed", "com.a", 77, "stop com.a due to from pid 9")),
        ("am_proc_start", "[0,77,10142,com.a,activity,{com.a/.Main}]",
         ProcessEvent("started", "com.a", 77, "activity,{com.a/.Main}")),
        ("lowmemorykiller", "Kill 'com.a' (77), uid 10142, oom_score_adj 0 to free 412000kB rss",
         ProcessEvent("killed", "com.a", 77,
                      "lmk: Kill 'com.a' (77), uid 10142, oom_score_adj 0")),
        ("lowmemorykiller", "lmkd data connection dropped", None),
        ("am_anr", "[0]", None),
        ("other", "[0,77,com.a]", None),
        ("am_anr", "no brackets", None),
    ],
)  # fmt: skip
def test_events(tag: str, text: str, expected: ProcessEvent | None) -> None:
    assert read_event(line(tag, text)) == expected


def sample_lines() -> list[LogLine]:
    text = (SAMPLES / "logcat_crash_anr_native_aosp.txt").read_text(encoding="utf-8")
    return [found for row in text.splitlines() if (found := read_log_line(row))]


def test_crash_anr_and_native_blocks_of_a_real_format() -> None:
    blocks = CrashBlocks()
    facts = [fact for each in sample_lines() for fact in blocks.feed(each)]
    facts += list(blocks.flush())

    java, anr, native = facts
    assert isinstance(java, AppCrash)
    assert (java.process, java.exception) == ("com.android.package", "java.lang.Exception")
    assert len(java.frames) == 3
    assert isinstance(anr, AppNotResponding)
    assert (anr.process, anr.reason) == ("com.android.package", "keyDispatchingTimedOut")
    assert isinstance(native, AppCrash)
    assert native.native
    assert native.process == "com.google.android.browser"
    assert native.exception.startswith("signal 11 (SIGSEGV)")


def test_interleaved_crashes_are_told_apart_by_thread() -> None:
    blocks = CrashBlocks()
    rows = [
        line("AndroidRuntime", "FATAL EXCEPTION: main", 1, 1),
        line("AndroidRuntime", "FATAL EXCEPTION: worker", 2, 2),
        line("AndroidRuntime", "Process: com.a, PID: 1", 1, 1),
        line("AndroidRuntime", "Process: com.b, PID: 2", 2, 2),
        line("AndroidRuntime", "java.lang.A: one", 1, 1),
        line("AndroidRuntime", "java.lang.B: two", 2, 2),
    ]

    facts = [fact for row in rows for fact in blocks.feed(row)] + list(blocks.flush())

    assert [(f.process, f.exception, f.message) for f in facts if isinstance(f, AppCrash)] == [
        ("com.a", "java.lang.A", "one"),
        ("com.b", "java.lang.B", "two"),
    ]


def test_the_anr_sample_gives_its_reason() -> None:
    blocks = CrashBlocks()
    text = (SAMPLES / "anr_logcat_block_aosp.txt").read_text(encoding="utf-8")
    rows = [line("ActivityManager", row) for row in text.splitlines()]

    facts = [fact for row in rows for fact in blocks.feed(row)] + list(blocks.flush())

    assert facts == [
        AppNotResponding("com.android.package", "keyDispatchingTimedOut", "03-02 09:00:01.100")
    ]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("settings failed: javax.net.ssl.SSLHandshakeException: x", "tls_refused"),
        ("Unable to resolve host \"api.example\"", "dns"),
        ("connect failed: ENETUNREACH (Network is unreachable)", "no_network"),
        ("write failed: ENOSPC (No space left on device)", "no_space"),
        ("all is well", None),
    ],
)  # fmt: skip
def test_telling_lines(text: str, topic: str | None) -> None:
    found = telling(line("App", text), "clean")

    assert (found.topic if found else None) == topic
    assert found is None or found.text == "clean"


def life(*rows: LogLine, clean: str | None = None) -> list[LifeFact]:
    watch = AppLife(APP, clean=(lambda _: clean) if clean else str)
    return [fact for row in rows for fact in watch.feed(row)] + list(watch.flush())


def test_a_death_is_told_once_with_its_reason() -> None:
    facts = life(
        line("am_proc_start", f"[0,77,10142,{APP},activity,x]"),
        line("am_kill", f"[0,77,{APP},900,lmk,1234]"),
        line("am_proc_died", f"[0,77,{APP},900,19]"),
    )

    assert facts == [AppDeath(APP, "low_memory", "lmk", "03-02 09:00:01.100")]


def test_a_crash_is_the_reason_of_the_death_that_follows() -> None:
    facts = life(
        line("am_crash", f"[0,77,{APP},0,java.lang.Error,m,F.java,1]"),
        line("am_proc_died", f"[0,77,{APP},0,2]"),
    )

    assert [fact.reason for fact in facts if isinstance(fact, AppDeath)] == ["crash"]


def test_force_stop_and_other_apps_are_not_told() -> None:
    assert not life(
        line("am_kill", f"[0,77,{APP},900,stop {APP} due to from pid 9,12]"),
        line("am_proc_died", f"[0,77,{APP},900,19]"),
        line("am_proc_died", "[0,78,com.example.other,900,19]"),
        line("AndroidRuntime", "FATAL EXCEPTION: main"),
        line("AndroidRuntime", "Process: com.example.other, PID: 78"),
    )


def test_side_processes_belong_to_the_app() -> None:
    facts = life(line("am_proc_died", f"[0,77,{APP}:push,900,19]"))

    assert isinstance(facts[0], AppDeath)
    assert facts[0].process == f"{APP}:push"


def test_only_the_apps_own_lines_are_telling_and_they_are_cleaned() -> None:
    facts = life(
        line("am_proc_start", f"[0,77,10142,{APP},activity,x]"),
        line("Net", "UnknownHostException for anna", pid=77),
        line("Net", "UnknownHostException", pid=78),
        clean="cleaned",
    )

    assert [(f.topic, f.text) for f in facts if isinstance(f, LogEntry)] == [("dns", "cleaned")]


def test_an_anr_is_told_once_by_event_and_block() -> None:
    facts = life(
        line("am_anr", f"[0,77,{APP},0,Input timed out]"),
        line("ActivityManager", f"ANR in {APP} ({APP}/.Main)"),
        line("ActivityManager", "Reason: Input timed out"),
    )

    assert len([fact for fact in facts if isinstance(fact, AppNotResponding)]) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [("crash", "crash"), ("bg anr", "anr"), ("empty #17", "low_memory"),
     ("remove task", "user"), ("deletePackageX", "package_removed"), ("what", "other")],
)  # fmt: skip
def test_reasons_of_am_kill(text: str, reason: str) -> None:
    assert death_reason(text) == reason


NEW = """\
  package: com.example.feed
    Historical Process Exit for uid=10142
        ApplicationExitInfo #0:
          timestamp=2026-03-02 10:58:01.250 pid=21001 realUid=10142 user=0
          process=com.example.feed reason=16 (PACKAGE UPDATED) subreason=0 (UNKNOWN) status=0
          importance=100 pss=0,00 rss=410MB state=empty trace=null
          description=stop com.example.feed due to killDueToPackageUpdate
        ApplicationExitInfo #1:
          timestamp=2026-03-02 10:41:30.004 pid=17002 realUid=10142 user=0
          process=com.example.feed reason=2 (SIGNALED) subreason=0 (UNKNOWN) status=9
"""
OLD = """\
        ApplicationExitInfo #0:
          timestamp=2020-03-02 10:58:01.250
          pid=21001
          process=com.example.feed
          reason=LOW_MEMORY
          status=0
"""


def test_exit_info_in_both_layouts() -> None:
    new, old = read_exit_info(NEW), read_exit_info(OLD)

    assert [(death.reason, death.phone_time) for death in new] == [
        ("package_updated", "2026-03-02 10:58:01.250"),
        ("signal", "2026-03-02 10:41:30.004"),
    ]
    assert new[1].detail == "status 9"
    assert "killDueToPackageUpdate" in new[0].detail
    assert [(death.process, death.reason) for death in old] == [("com.example.feed", "low_memory")]
    assert read_exit_info("No process found") == []
