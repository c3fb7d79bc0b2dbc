"""Taking unused parts out of mitmdump."""

from mitmproxy.addons import default_addons
from mitmproxy.test import taddons

from harness.recorder.lean import UNUSED, remove_unused

NEEDED = {"core", "proxyserver", "nextlayer", "tlsconfig", "scriptloader", "block", "disableh2c"}


def test_the_unused_go_and_the_needed_stay() -> None:
    with taddons.context() as context:
        context.master.addons.add(*default_addons()[1:])  # the context has Core already
        removed = remove_unused()
        left = set(context.master.addons.lookup)
    assert set(removed) == set(UNUSED) - {"dumper"}, "mitmproxy renamed one: look again"
    assert left >= NEEDED
    assert not left & set(UNUSED)


def test_what_is_not_there_is_passed_over() -> None:
    with taddons.context():
        assert remove_unused() == []
