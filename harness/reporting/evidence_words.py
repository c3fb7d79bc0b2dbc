"""What went wrong on the wire, in words that need no knowledge of ours."""

from __future__ import annotations

import re

from harness.attribution.failure_kind import FailureKind as Kind

KINDS: dict[Kind, str] = {
    Kind.DNS_NAME_NOT_RESOLVED: "no address was found for the name",
    Kind.DNS_NO_ADDRESS: "the name has no address",
    Kind.DNS_TEMPORARY: "the look-up of the name did not work for now",
    Kind.TCP_REFUSED: "the connection was refused",
    Kind.TCP_TIMED_OUT: "nobody answered the connection",
    Kind.TCP_RESET: "the connection was broken off",
    Kind.TCP_UNREACHABLE: "there was no way to the address",
    Kind.TCP_UNANSWERED: "the app left before anybody answered",
    Kind.TCP_FAILED: "the connection did not come up",
    Kind.TLS_CLIENT_REFUSED: "the app did not accept the certificate",
    Kind.TLS_CLIENT_LEFT: "the app left while the secure connection was made",
    Kind.TLS_CLIENT_VERSION: "the app offered no version of encryption that was accepted",
    Kind.TLS_CLIENT_SILENT: "the app asked for nothing on the secure connection",
    Kind.TLS_CERTIFICATE_EXPIRED: "the service's certificate has run out",
    Kind.TLS_CERTIFICATE_NOT_YET_VALID: "the service's certificate is not valid yet",
    Kind.TLS_CERTIFICATE_HOSTNAME: "the service's certificate is for another name",
    Kind.TLS_CERTIFICATE_UNTRUSTED: "the service's certificate is from nobody who is trusted",
    Kind.TLS_CERTIFICATE_SELF_SIGNED: "the service's certificate vouches for itself only",
    Kind.TLS_CERTIFICATE_INVALID: "the service's certificate is not valid",
    Kind.TLS_SERVER_CLOSED: "the service hung up while the secure connection was made",
    Kind.TLS_SERVER_ALERT: "the service refused the secure connection",
    Kind.TLS_SERVER_VERSION: "the service offers only old encryption",
    Kind.TLS_SERVER_NOT_TLS: "what answered does not speak an encrypted language",
    Kind.TLS_SERVER_UNANSWERED: "the service did not answer the secure connection",
    Kind.TLS_SERVER_FAILED: "the secure connection did not come up",
    Kind.HTTP_NO_ANSWER: "no answer came until we stopped looking",
    Kind.HTTP_TRUNCATED: "the answer ended in the middle",
    Kind.HTTP_RESET_BY_ORIGIN: "the service broke the answer off",
    Kind.HTTP_RESET_BY_APP: "the app broke it off",
    Kind.HTTP_RESET: "it was broken off, nobody can say by whom",
    Kind.HTTP_CLOSED_BY_ORIGIN: "the service hung up without an answer",
    Kind.HTTP_MALFORMED_ANSWER: "the answer broke the rules of its language",
    Kind.HTTP_MALFORMED_REQUEST: "the app's request broke the rules of its language",
    Kind.HTTP_UPLOAD_CUT: "the app broke its own request off",
    Kind.HTTP_FAILED: "the request failed",
    Kind.ABANDONED_EARLY: "the app gave up early",
    Kind.ABANDONED_UNCLEAR: "the app gave up while it waited",
    Kind.ABANDONED_AFTER_TIMEOUT: "the app gave up after a long wait",
    Kind.PROXY_KILLED: "our recorder was killed",
    Kind.PROXY_SHUTDOWN: "our recorder was shut down",
    Kind.PROXY_BUFFERED: "our recorder held the answer back",
    Kind.PROXY_PROTOCOL: "our recorder did not understand the language",
    Kind.PROXY_VALIDATION: "our recorder refused it",
    Kind.PROXY_BODY_LIMIT: "it was too large for our recorder",
    Kind.PROXY_CLIENT_CERTIFICATE: "the service wanted a certificate that our recorder has not",
    Kind.PROXY_ANSWERED: "a recorder of our kind made the answer up",
    Kind.PROXY_NO_SOCKET: "our machine had no socket left for it",
    Kind.PROXY_IDLE_TIMEOUT: "our recorder hung up after a silence",
    Kind.UPSTREAM_REFUSED: "a gateway on the way refused it",
    Kind.UPSTREAM_UNREACHED: "a gateway on the way could not get through",
    Kind.ANSWER_SERVER_ERROR: "the service answered with an error of its own (HTTP 5xx)",
    Kind.ANSWER_TOO_MANY: "the service wants fewer requests (HTTP 429)",
    Kind.ANSWER_UNAUTHORIZED: "the service wants a log-in (HTTP 401)",
    Kind.ANSWER_FORBIDDEN: "the service forbids it (HTTP 403)",
    Kind.ANSWER_NOT_FOUND: "the service does not know the address (HTTP 404)",
    Kind.ANSWER_BAD_REQUEST: "the service did not understand the request",
    Kind.ANSWER_REFUSED: "the service refused the request (HTTP 4xx)",
    Kind.ANSWER_WEBSOCKET_REFUSED: "the service refused the standing connection",
    Kind.ANSWER_PROXY_LOGIN: "a gateway wants a log-in (HTTP 407)",
    Kind.ANSWER_LEGAL: "it is closed for legal reasons (HTTP 451)",
    Kind.ANSWER_REDIRECT_LOOP: "the service sent the app round in circles",
    Kind.ANSWER_EMPTY: "the answer was empty",
    Kind.ANSWER_HTML: "a web page came in place of data",
    Kind.ANSWER_MALFORMED: "the answer cannot be read",
    Kind.ANSWER_UNDECODABLE: "the answer cannot be unpacked",
    Kind.ANSWER_GRPC: "the service answered with an error of its own",
    Kind.ANSWER_WEBSOCKET_ERROR: "the standing connection ended with an error",
    Kind.ANSWER_SIGN_IN: "the service sent the call to a page for signing in",
    Kind.ANSWER_ALL_TO_ONE: "the service sent calls for data to one page",
    Kind.ANSWER_DETOUR: "the call was sent to another owner's host",
    Kind.ANSWER_NO_SOCKET: "the service gave a page in place of the standing connection",
    Kind.ANSWER_WEBSOCKET_AWAY: "the service closed the standing connection and said good-bye",
    Kind.ANSWER_WEBSOCKET_BY_ORIGIN: "the service dropped the standing connection",
    Kind.ANSWER_WEBSOCKET_BY_APP: "the app dropped the standing connection",
    Kind.ENVELOPE_REFUSED: "the service refused it inside its answer",
    Kind.ENVELOPE_SHAPE: "the answer lacks what belongs in it",
    Kind.ENVELOPE_VALUE: "the answer holds nothing where there must be something",
}
_KIND = re.compile(
    "|".join(rf"\b{re.escape(kind)}\b" for kind in sorted(Kind, key=len, reverse=True))
)
_COUNT = re.compile(r"(?<![\w/.=])([a-z]+(?:_[a-z]+)*)_count\b(?![/=]|\.\w)")
"""A counter as profiles name it; never a part of an address."""


_CODE = re.compile(r" \([a-z]+(?:_[a-z]+)+\)")
"""Our name of a cause or of an arm, behind the words that say the same."""
_CALL = re.compile(r"\(([A-Z]+) ([\w.-]+)(/[^\s()]*)\)")
"""A call as evidence names it: method, host, path."""


def plain(statement: str) -> str:
    """A sentence with our names in words, and with no host said twice."""
    statement = _COUNT.sub(lambda found: f"the {found[1].replace('_', ' ')} count", statement)
    statement = _CALL.sub(_without_known_host, _CODE.sub("", statement))
    said = _KIND.sub(lambda found: KINDS[Kind(found.group())], statement)
    return said.replace(" in question failed here:", " failed:")


def _without_known_host(found: re.Match[str]) -> str:
    """ "(GET …/a/b)" where the host stands before it in the sentence."""
    method, host, path = found.groups()
    known = host in found.string[: found.start()]
    return f"({method} …{path})" if known else found.group()
