"""`pm resolve-activity` and `pm query-activities`."""

from __future__ import annotations

import contextlib

from harness.simphone.android.intents import BadIntent, Intent, parse_intent, short
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.program import Reply
from harness.simphone.android.resolver import NoActivity, answering, launcher_activity, resolve
from harness.simphone.contracts import Invocation

PRIORITY = "priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=false"


def resolve_activity(inv: Invocation, words: list[str]) -> Reply:
    """`--brief` prints a priority line and `PKG/.Activity`."""
    try:
        intent = parse_intent(words)
        found = _found(android(inv.phone), intent)
    except BadIntent as error:
        return Reply(err=f"Error: {error}\n", code=1)
    except NoActivity:
        return Reply("No activity found\n")
    name = short(*found)
    if "--components" in intent.options:
        return Reply(f"{name}\n")
    if "--brief" in intent.options:
        return Reply(f"{PRIORITY}\n{name}\n")
    return Reply(f"{PRIORITY}\nActivityInfo:\n  name={found[1]}\n  packageName={found[0]}\n")


KINDS = {"activities": "Activity", "services": "Service", "receivers": "Receiver"}


def query(inv: Invocation, words: list[str], kind: str) -> Reply:
    """All components of a kind that answer; `--components` prints their names alone."""
    phone = android(inv.phone)
    try:
        intent = parse_intent(words)
    except BadIntent as error:
        return Reply(err=f"Error: {error}\n", code=1)
    rows = [(p, c.name) for p, c in answering(phone.packages, intent, kind)]
    if not rows and kind == "activities":
        with contextlib.suppress(NoActivity):
            rows = [_found(phone, intent)]
    if not rows:
        return Reply(f"No {kind} found\n")
    if "--components" in intent.options:
        return Reply("".join(f"{short(*row)}\n" for row in rows))
    text = f"{len(rows)} {kind} found:\n"
    for number, row in enumerate(rows):
        text += f"  {KINDS[kind]} #{number}:\n    {PRIORITY}\n"
        if "--brief" in intent.options:
            text += f"    {short(*row)}\n"
        else:
            text += f"    {KINDS[kind]}Info:\n      name={row[1]}\n      packageName={row[0]}\n"
    return Reply(text)


def query_activities(inv: Invocation, words: list[str]) -> Reply:
    return query(inv, words, "activities")


def query_services(inv: Invocation, words: list[str]) -> Reply:
    return query(inv, words, "services")


def query_receivers(inv: Invocation, words: list[str]) -> Reply:
    return query(inv, words, "receivers")


def _found(phone: AndroidPhone, intent: Intent) -> tuple[str, str]:
    named = intent.package
    if named and intent.component is None and not intent.data:
        activity = launcher_activity(phone.packages, named)
        if activity is None:
            raise NoActivity(named)
        return named, activity
    return resolve(phone.packages, intent)
