"""Known issues of tools and platforms, apart from the rules and gated by version.

An entry never replaces a verdict's party: it tells that the trace is a known one,
where it is written up and until when the entry is to be believed.
"""

import re
from dataclasses import dataclass

from harness.attribution.case import Case


@dataclass(frozen=True, slots=True)
class KnownIssue:
    """`first` and `last`: versions of the tool on which it was seen, both included;
    None = open end. `review_by`: date after which somebody has to look again."""

    id: str
    tool: str
    about: str
    workaround: str
    first: tuple[int, ...] | None = None
    last: tuple[int, ...] | None = None
    source: str = ""
    review_by: str = "2027-06-30"

    def covers(self, version: tuple[int, ...] | None) -> bool:
        """Whether it was seen on this version; an unknown version is not excluded."""
        if version is None:
            return True
        if self.first is not None and version < self.first:
            return False
        return self.last is None or version[: len(self.last)] <= self.last


KNOWN_ISSUES = (
    KnownIssue(
        "eager-stall",
        "mitmproxy",
        "An origin that closes before the app's ClientHello leaves the proxy hanging without an "
        "error until tcp_timeout; it looks like a server that hangs, and is one that closed.",
        "The recorder clears establish_server_tls_first for such connections.",
        first=(9,),
        last=(12, 2),
        source="measured with 12.2.3",
    ),
    KnownIssue(
        "synthetic-502",
        "mitmproxy",
        "The proxy's own 502 to the app is no answer of the origin; it is recorded as an error.",
        "Test the error before the status.",
        first=(9,),
        last=(12, 2),
        source="measured with 12.2.3",
    ),
    KnownIssue(
        "reset-wording",
        "mitmproxy",
        "Stream resets read 'by client' whoever reset.",
        "The recorder notes on which side the reset came in.",
        first=(9,),
        last=(12, 2),
        source="measured with 12.2.3",
    ),
    KnownIssue(
        "h1-app-h2-origin",
        "mitmproxy",
        "With the lazy strategy an HTTP/1 app meets an origin that speaks only HTTP/2; the answer "
        "is a SETTINGS frame that the proxy cannot read.",
        "connection_strategy=eager, or http2 off on the app's side.",
        first=(9,),
        last=(12, 2),
        source="measured with 12.2.3",
    ),
    KnownIssue(
        "stale-keep-alive",
        "mitmproxy",
        "A request that meets the origin's close of an idle connection fails; a client of its own "
        "would retry, the proxy does not.",
        "Look whether the app's next try works.",
        first=(9,),
        last=(12, 2),
        source="measured with 12.2.3",
    ),
    KnownIssue(
        "strict-header-validation",
        "mitmproxy",
        "validate_inbound_headers turns sloppy answers into the proxy's own 502.",
        "Switch the option off and log what it would have refused.",
        first=(9,),
        last=(12, 2),
        source="measured with 12.2.3",
    ),
    KnownIssue(
        "idle-timeout",
        "mitmproxy",
        "tcp_timeout (600 s) closes quiet connections; the trace reads 'Client disconnected.'.",
        "Raise tcp_timeout; look for 'due to inactivity' in the proxy's log.",
        first=(9,),
        last=(12, 2),
        source="measured with 12.2.3",
    ),
    KnownIssue(
        "undecodable-coding",
        "mitmproxy",
        "A content coding that the proxy does not know (such as zstd with an app's own "
        "dictionary) hides the body; the answer may be in order.",
        "None; treat the body as not seen.",
        source="mitmproxy issue 6223",
    ),
    KnownIssue(
        "app-policy-expiry",
        "the app",
        "The app removes offline videos by its own rules: 48 hours after they were fetched once "
        "the page was opened, 90 days else, or down to a limit when space is short.",
        "None for what is gone; save a video to the phone to keep it.",
        source="public notes on 47.x (Oct 2026); 'Offline videos' in tiktok.yaml",
    ),
)


def parse_version(text: str) -> tuple[int, ...] | None:
    """(12, 2, 3) of "12.2.3"; None for what is no version."""
    found = re.match(r"\d+(\.\d+)*", text.strip())
    return tuple(int(part) for part in found.group(0).split(".")) if found else None


def gated(case: Case, issue_id: str | None) -> str | None:
    """The id, if the catalogue has it for the version of the tool that was used."""
    if issue_id is None:
        return None
    started = case.witnesses.proxy_started
    version = parse_version(started.facts.mitmproxy) if started is not None else None
    covering = {issue.id for issue in KNOWN_ISSUES if issue.covers(version)}
    return issue_id if issue_id in covering else None


def undecodable(case: Case) -> tuple[str, ...]:
    """A note for answers whose body could not be read by no fault of anyone."""
    blind = [
        attempt
        for attempt in case.attempts
        if attempt.exchange is not None
        and attempt.exchange.body == "undecodable"
        and attempt.failure is None
    ]
    if not blind:
        return ()
    codings = sorted({a.exchange.content_encoding or "?" for a in blind if a.exchange})
    note = (
        f"{len(blind)} answers have a content coding that our proxy cannot undo "
        f"({', '.join(codings)}): what they said was not seen (undecodable-coding)."
    )
    return (note,)
