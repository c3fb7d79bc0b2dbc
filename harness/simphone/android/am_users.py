"""Verbs of `am` about users, the debugged app and URIs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

from harness.simphone.android.intents import parse_intent, short
from harness.simphone.android.program import Reply, arguments
from harness.simphone.contracts import Invocation

OWNER = "0"


def _user(words: list[str]) -> str:
    rest = arguments(words).rest
    return OWNER if not rest or rest[0] in ("current", "cur") else rest[0]


def _switch(_: Invocation, words: list[str]) -> Reply:
    user = _user(words)
    return Reply() if user == OWNER else Reply(err=f"Error: Failed to switch to user {user}\n")


def _start(_: Invocation, words: list[str]) -> Reply:
    if _user(words) == OWNER:
        return Reply("Success: user started\n")
    return Reply(err="Error: could not start user\n")


def _runs(inv: Invocation, user: str) -> bool:
    return user == OWNER or any(
        other.running and str(other.id) == user for other in inv.phone.spec.users
    )


def _state(inv: Invocation, words: list[str]) -> Reply:
    user = _user(words)
    return Reply("RUNNING_UNLOCKED\n" if _runs(inv, user) else f"User is not started: {user}\n")


def _stopped(inv: Invocation, words: list[str]) -> Reply:
    return Reply("false\n" if _runs(inv, _user(words)) else "true\n")


def _debug(inv: Invocation, words: list[str]) -> Reply:
    rest = arguments(words).rest
    if not rest:
        return Reply(err='Error: Argument expected after "set-debug-app"\n', code=1)
    inv.phone.settings.put("global", "debug_app", rest[0])
    return Reply()


def _no_debug(inv: Invocation, _: list[str]) -> Reply:
    inv.phone.settings.delete("global", "debug_app")
    return Reply()


def _to_uri(_: Invocation, words: list[str]) -> Reply:
    intent = parse_intent(words)
    parts = [f"action={intent.action}"] if intent.action else []
    parts += [f"category={name}" for name in intent.categories]
    parts += [f"launchFlags={intent.flags:#x}"] if intent.flags else []
    parts += [f"component={short(*intent.component)}"] if intent.component else []
    parts += [f"S.{key}={quote(value)}" for key, value in intent.extras.items()]
    return Reply(f"{intent.data or ''}#Intent;{''.join(part + ';' for part in parts)}end\n")


VERBS: Mapping[str, Callable[[Invocation, list[str]], Reply]] = {
    "switch-user": _switch,
    "start-user": _start,
    "get-started-user-state": _state,
    "is-user-stopped": _stopped,
    "set-debug-app": _debug,
    "clear-debug-app": _no_debug,
    "to-uri": _to_uri,
    "to-intent-uri": _to_uri,
}
