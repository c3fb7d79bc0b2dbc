"""`content query|insert|delete|call`: the settings tables and MediaStore's file table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.program import Reply, arguments, program
from harness.simphone.android.settings import NAMESPACES
from harness.simphone.contracts import FileSystem, Invocation

VALUED = {"--uri", "--projection", "--where", "--sort", "--bind", "--user", "--method", "--arg"}
SHARED = "/storage/emulated/0"
COLLECTIONS = ("DCIM", "Movies", "Pictures", "Download", "Music")
MIME = {
    ".mp4": "video/mp4", ".webm": "video/webm", ".jpg": "image/jpeg", ".png": "image/png",
    ".webp": "image/webp", ".mp3": "audio/mpeg", ".txt": "text/plain",
}  # fmt: skip
OWNER_BY_UID_FROM = 10_000
Row = dict[str, object]


def _content(inv: Invocation) -> Reply:
    words = list(inv.argv[1:])
    verb = words.pop(0) if words else "help"
    given, phone = arguments(words, VALUED), android(inv.phone)
    uri = given.value("--uri") or ""
    if verb == "query":
        rows = _rows(phone, uri)
        if rows is None:
            text = f"Error while accessing provider:{uri.split('/')[2] if '//' in uri else uri}\n"
            return Reply(err=f"{text}java.lang.IllegalStateException: Could not find provider\n")
        projection = (given.value("--projection") or "").split(":")
        return Reply(_printed(rows, [p for p in projection if p], given.value("--where")))
    if verb in ("insert", "delete", "update") and uri.startswith("content://settings/"):
        return _change_settings(
            phone, verb, uri, given.flags.get("--bind", []), given.value("--where")
        )
    if verb == "call":
        return Reply("Result: null\n")
    return Reply("usage: adb shell content [subcommand] [options]\n")


def _rows(phone: AndroidPhone, uri: str) -> list[Row] | None:
    kind = re.fullmatch(r"content://settings/(\w+)", uri)
    if kind and kind[1] in NAMESPACES:
        table = phone.settings.all(kind[1])
        return [
            {"_id": number, "name": name, "value": value}
            for number, (name, value) in enumerate(table.items(), 1)
        ]
    if uri.startswith("content://media/external"):
        wanted = uri.removeprefix("content://media/external").strip("/").split("/")[0]
        prefix = {"video": "video/", "images": "image/", "audio": "audio/"}.get(wanted, "")
        return [row for row in _media(phone) if str(row["mime_type"]).startswith(prefix)]
    if uri.startswith(("content://sms", "content://call_log", "content://com.android.contacts")):
        return []
    return None


def _media(phone: AndroidPhone) -> Iterator[Row]:
    """One row for each shared file; the ids are the files' inodes."""
    for top in COLLECTIONS:
        yield from _below(phone, phone.fs, f"{SHARED}/{top}")


def _below(phone: AndroidPhone, fs: FileSystem, folder: str) -> Iterator[Row]:
    try:
        names = sorted(fs.listdir(folder))
    except OSError:
        return  # the collection has no folder yet
    for name in names:
        path = f"{folder}/{name}"
        status = fs.stat(path)
        if status.mode & 0o170000 == 0o040000:
            yield from _below(phone, fs, path)
            continue
        suffix = name[name.rfind(".") :] if "." in name else ""
        yield {
            "_id": status.ino,
            "_data": path,
            "_display_name": name,
            "_size": status.size,
            "date_added": int(status.mtime),
            "date_modified": int(status.mtime),
            "mime_type": MIME.get(suffix.lower(), "application/octet-stream"),
            "relative_path": folder.removeprefix(SHARED + "/") + "/",
            "is_pending": 1 if name.startswith(".pending-") else 0,
            "is_trashed": 1 if name.startswith(".trashed-") else 0,
            "owner_package_name": _owner(phone, status.uid),
            "volume_name": "external_primary",
        }


def _owner(phone: AndroidPhone, uid: int) -> str | None:
    """The installed package with this uid; None once it is gone, as MediaStore forgets owners."""
    if uid == 2000:
        return "com.android.shell"
    found = (p.name for p in phone.packages.all() if p.uid == uid and uid >= OWNER_BY_UID_FROM)
    return next(found, None)


def _printed(rows: list[Row], projection: list[str], where: str | None) -> str:
    wanted = [row for row in rows if _matches(row, where)]
    if not wanted:
        return "No result found.\n"
    lines: list[str] = []
    for number, row in enumerate(wanted):
        names = projection or list(row)
        cells = ", ".join(f"{name}={_cell(row.get(name))}" for name in names)
        lines.append(f"Row: {number} {cells}\n")
    return "".join(lines)


def _cell(value: object) -> str:
    return "NULL" if value is None else str(value)


def _matches(row: Mapping[str, object], where: str | None) -> bool:
    """Understands `a='x' AND b=1`, `IS NULL`, `LIKE 'x%'`; other clauses match nothing."""
    for clause in re.split(r"\s+AND\s+", where or "", flags=re.IGNORECASE):
        if not clause.strip():
            continue
        null = re.fullmatch(r"\s*(\w+)\s+IS\s+NULL\s*", clause, re.IGNORECASE)
        if null:
            if row.get(null[1]) is not None:
                return False
            continue
        found = re.fullmatch(r"\s*(\w+)\s*(=|LIKE)\s*['\"]?(.*?)['\"]?\s*", clause, re.IGNORECASE)
        if not found or not _compare(_cell(row.get(found[1])), found[2].upper(), found[3]):
            return False
    return True


def _compare(value: str, operator: str, wanted: str) -> bool:
    if operator == "=":
        return value == wanted
    pattern = ".*".join(re.escape(part) for part in wanted.split("%"))
    return re.fullmatch(pattern, value, re.IGNORECASE | re.DOTALL) is not None


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


COMMANDS = {"content": program(_content)}
