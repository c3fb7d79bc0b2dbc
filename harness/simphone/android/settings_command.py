"""`settings get|put|delete|list|reset`."""

from __future__ import annotations

from harness.simphone.android.adb_guards import refusal, security_exception
from harness.simphone.android.program import Reply, arguments, program
from harness.simphone.android.settings import NAMESPACES
from harness.simphone.contracts import Invocation, Settings

USAGE = """Settings provider (settings) commands:
  help
      Print this help text.
  get [--user <USER_ID> | current] NAMESPACE KEY
      Retrieve the current value of KEY.
  put [--user <USER_ID> | current] NAMESPACE KEY VALUE [TAG] [default]
      Change the contents of KEY to VALUE.
  delete [--user <USER_ID> | current] NAMESPACE KEY
      Delete the entry for KEY.
  list [--user <USER_ID> | current] NAMESPACE
      Print all defined keys.
  reset [--user <USER_ID> | current] NAMESPACE {PACKAGE_NAME | RESET_MODE}
      Reset the global/secure table for a package with mode.
      NAMESPACE is one of {system, secure, global}, case-insensitive
"""


def settings(inv: Invocation) -> Reply:
    """One call of `settings` (also `cmd settings`)."""
    words = arguments(inv.argv[1:], {"--user"}).rest
    verb = words[0] if words else "help"
    if verb == "help":
        return Reply(USAGE)
    needed = {"get": 3, "put": 4, "delete": 3, "list": 2, "reset": 3}
    if verb not in needed:
        return Reply(err=f"Unknown command: {verb}\n{USAGE}", code=255)
    if len(words) < needed[verb]:
        return Reply(err=f"Bad arguments\n{USAGE}", code=255)
    namespace = words[1].lower()
    if namespace not in NAMESPACES:
        return Reply(err=f"Invalid namespace '{words[1]}'\n", code=255)
    if verb in ("put", "delete", "reset"):
        words_of_refusal = refusal(inv.phone, "settings", inv.uid)
        if words_of_refusal is not None:
            return security_exception(verb, words_of_refusal)
    return _answer(inv.phone.settings, verb, namespace, words[2:])


def _answer(store: Settings, verb: str, namespace: str, words: list[str]) -> Reply:
    if verb == "list":
        return Reply("".join(f"{key}={value}\n" for key, value in store.all(namespace).items()))
    if (
        verb == "reset"
    ):  # nothing was put by an app that is not trusted, or has a default of its own
        return Reply()
    if verb == "put":
        store.put(namespace, words[0], words[1])
        return Reply()
    if verb == "delete":
        return Reply(f"Deleted {int(store.delete(namespace, words[0]))} rows\n")
    value = store.get(namespace, words[0])
    return Reply(f"{'null' if value is None else value}\n")


COMMANDS = {"settings": program(settings)}
