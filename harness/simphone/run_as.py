"""`run-as`: a program as a debuggable app's own user, in its data folder."""

from __future__ import annotations

from dataclasses import replace

from harness.simphone.android.package_data import ce
from harness.simphone.contracts import Invocation

USAGE = "run-as: Usage:\n    run-as <package-name> [--user <uid>] <command> [<args>]\n"


async def run_as(invocation: Invocation) -> int:
    """Refuses as AOSP's run-as does (unknown package, not debuggable)."""
    words = list(invocation.argv[1:])
    if not words:
        await invocation.stderr.write(USAGE.encode())
        return 1
    name, command = words[0], words[1:]
    if command[:1] == ["--user"]:
        command = command[2:]
    package = invocation.phone.packages.get(name)
    if package is None:
        await invocation.stderr.write(f"run-as: unknown package: {name}\n".encode())
        return 1
    if not package.debuggable:
        await invocation.stderr.write(f"run-as: package not debuggable: {name}\n".encode())
        return 1
    home = ce(name, package.volume)
    inner = replace(
        invocation,
        uid=package.uid,
        cwd=home,
        env={**invocation.env, "HOME": home, "PWD": home, "USER": f"u0_a{package.uid - 10_000}"},
        pid=0,
    )
    return await invocation.phone.shell.execute(command or ["sh"], inner)
