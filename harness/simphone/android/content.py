"""`content query|read|insert|delete|call`: the settings tables and MediaStore's file table."""

from __future__ import annotations

import re

from harness.simphone.android.content_tables import MEDIA, Cell, ProviderError, Row, select, table
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.program import Reply, arguments, program, user_given
from harness.simphone.android.settings import NAMESPACES
from harness.simphone.contracts import Invocation

VALUED = {
    "--uri", "--projection", "--where", "--sort", "--bind", "--user", "--method", "--arg",
}  # fmt: skip


def _content(inv: Invocation) -> Reply:
    words = list(inv.argv[1:])
    verb = words.pop(0) if words else "help"
    given, phone = arguments(words, VALUED), android(inv.phone)
    uri = given.value("--uri") or ""
    if verb == "query":
        columns = [name for name in (given.value("--projection") or "").split(":") if name]
        try:
            rows = select(
                table(phone, uri, user_given(given)),
                columns,
                given.value("--where"),
                given.value("--sort"),
            )
        except ProviderError as error:
            return _refused(uri, error)
        return Reply(_printed(rows))
    if verb in ("insert", "delete", "update") and uri.startswith("content://settings/"):
        return _change_settings(
            phone, verb, uri, given.flags.get("--bind", []), given.value("--where")
        )
    if verb == "call":
        return Reply("Result: null\n")
    return Reply("usage: adb shell content [subcommand] [options]\n")


async def content(inv: Invocation) -> int:
    """`content`; reading a file of MediaStore writes its bytes, the rest answers with text."""
    words = list(inv.argv[1:])
    uri = arguments(words[1:], VALUED).value("--uri") or ""
    if words[:1] != ["read"]:
        return await program(_content)(inv)
    number = uri.removeprefix(MEDIA).rpartition("/")[2]
    row = android(inv.phone).media.find(int(number)) if number.isdigit() else None
    if row is None or not uri.startswith(f"{MEDIA}/"):
        problem = ProviderError(f"java.io.FileNotFoundException: No item at {uri}")
        await inv.stderr.write(_refused(uri, problem).err.encode())
        return 1
    await inv.stdout.write(inv.phone.fs.read(row.path))
    return 0


def _refused(uri: str, error: ProviderError) -> Reply:
    provider = uri.split("/")[2] if "//" in uri else uri
    return Reply(err=f"Error while accessing provider:{provider}\n{error}\n")


def _printed(rows: list[Row]) -> str:
    """Nothing is escaped: a name with a comma or a line break goes out as it is."""
    if not rows:
        return "No result found.\n"
    lines: list[str] = []
    for number, row in enumerate(rows):
        cells = ", ".join(f"{name}={_cell(value)}" for name, value in row.items())
        lines.append(f"Row: {number} {cells}\n")
    return "".join(lines)


def _cell(value: Cell) -> str:
    return "NULL" if value is None else str(value)


def _change_settings(
    phone: AndroidPhone, verb: str, uri: str, binds: list[str], where: str | None
) -> Reply:
    namespace = uri.removeprefix("content://settings/").strip("/")
    if namespace not in NAMESPACES:
        return Reply(err=f"Error: unknown URI {uri}\n", code=1)
    if verb == "delete":
        found = re.search(r"name\s*=\s*['\"]?([\w.]+)", where or "")
        if found:
            phone.settings.delete(namespace, found[1])
        return Reply()
    values = {part.split(":", 2)[0]: part.split(":", 2)[2] for part in binds if part.count(":") > 1}
    if "name" not in values or "value" not in values:
        return Reply(err="Error: name and value must be bound\n", code=1)
    phone.settings.put(namespace, values["name"], values["value"])
    return Reply()


COMMANDS = {"content": content}
