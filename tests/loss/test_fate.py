"""The order of fates, and what the service may still have."""

import pytest

from harness.domain.storage_map import ContentClass
from harness.loss.fate import with_server, worst
from harness.loss.loss import Fate

LOCAL = ContentClass("draft", "draft", "drafts", "no")
HOSTED = ContentClass("post", "post", "posts", "yes")
CACHE = ContentClass("cache", "file", "files", "yes", missed=False)


def test_worst() -> None:
    assert worst([Fate.SURVIVED, Fate.LOST, Fate.RESTORED]) is Fate.LOST


@pytest.mark.parametrize(
    ("fate", "content", "server", "due"),
    [
        (Fate.SURVIVED, HOSTED, {}, Fate.SURVIVED),
        (Fate.LOST, LOCAL, {"draft": True}, Fate.LOST),
        (Fate.LOST, HOSTED, {}, Fate.NOT_CHECKED),
        (Fate.LOST, HOSTED, {"post": True}, Fate.ON_SERVER),
        (Fate.LOST, HOSTED, {"post": False}, Fate.LOST),
        (Fate.LOST, CACHE, {}, Fate.LOST),
    ],
)
def test_with_server(fate: Fate, content: ContentClass, server: dict[str, bool], due: Fate) -> None:
    assert with_server(fate, content, server) is due
