"""URLs and forms."""

import pytest

from harness.redaction.addresses import redact_pairs, redact_path, redact_url
from harness.redaction.names import Names
from harness.redaction.pseudonym import Pseudonyms

TAGS = Pseudonyms(b"k" * 32)
NAMES = Names()


@pytest.mark.parametrize(
    ("path", "clean"),
    [
        ("/passport/user/login/", "/passport/user/login/"),
        ("/aweme/v1/feed/?count=6&device_id=7", "/aweme/v1/feed/"),
        ("/user/7001234567/posts", f"/user/{TAGS.tag('7001234567')}/posts"),
        ("/v/0123456789abcdef0123", f"/v/{TAGS.tag('0123456789abcdef0123')}"),
        ("/@anna/video/12", f"/{TAGS.tag('@anna')}/video/12"),
        ("/mail/a%40b.example", f"/mail/{TAGS.tag('a@b.example')}"),
        ("/avatar/7001234567.jpeg", f"/avatar/{TAGS.tag('7001234567')}.jpeg"),
        ("/static/app.7f3.min.js", "/static/app.7f3.min.js"),
        ("/x;jsessionid=AAAA/y", "/x/y"),
        ("/~0123456789/z", "/~0123456789/z"),
        ("*", "*"),
    ],
)
def test_path(path: str, clean: str) -> None:
    assert redact_path(path, TAGS) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("", ""),
        ("count=20&cursor=", "count=<dropped>&cursor="),
        ("device_id=77&x=1", f"device_id={TAGS.tag('77')}&x=<dropped>"),
        ("email=a%40b.example", f"email={TAGS.tag('a@b.example')}"),
        ("password=x&flag", "password=<dropped>&flag"),
        ("eyJhbGciOiJIUzI1NiJ9", "<dropped>"),
    ],
)
def test_pairs(text: str, clean: str) -> None:
    assert redact_pairs(text, NAMES, TAGS) == clean


def test_url_keeps_scheme_host_and_names_only() -> None:
    url = "https://anna:pw@api.test:8443/user/7001234567?token=abc&n=1#frag"
    assert redact_url(url, NAMES, TAGS) == (
        f"https://api.test:8443/user/{TAGS.tag('7001234567')}?token=<dropped>&n=<dropped>"
    )
    assert redact_url("/a?b=c", NAMES, TAGS) == "/a?b=<dropped>"
