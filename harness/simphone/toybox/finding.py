"""`find`."""

from __future__ import annotations

import stat
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from harness.simphone.contracts import Command, Stat
from harness.simphone.sh.pattern import matches
from harness.simphone.storage.identity import number_of
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.children import run_child
from harness.simphone.toybox.tree import walk

BATCH = 2000  # paths per `-exec … {} +`
_TYPES = {
    "f": stat.S_ISREG, "d": stat.S_ISDIR, "l": stat.S_ISLNK, "p": stat.S_ISFIFO,
    "s": stat.S_ISSOCK, "b": stat.S_ISBLK, "c": stat.S_ISCHR,
}  # fmt: skip
_SIZES = {"c": 1, "k": 1024, "M": 1024**2, "G": 1024**3}


@dataclass(frozen=True, slots=True)
class Found:
    """One file that the walk has reached."""

    path: str
    status: Stat
    depth: int

    @property
    def name(self) -> str:
        return self.path.rstrip("/").rpartition("/")[2] or "/"


Test = Callable[[Found], Awaitable[bool]]


@dataclass(slots=True)
class _Batch:
    argv: list[str]
    paths: list[str] = field(default_factory=list[str])


@applet(raw=True)
async def find(call: Call) -> None:
    words = list(call.operands)
    while words and words[0] in {"-H", "-L", "-P"}:
        words.pop(0)
    roots: list[str] = []
    while words and not words[0].startswith(("-", "(", "!")):
        roots.append(words.pop(0))
    query = Query(call, words)
    test = query.parse()
    for root in roots or ["."]:
        found = walk(call, root, children_first=query.children_first, deepest=query.deepest)
        async for path, status, depth in found:
            if depth >= query.shallowest:
                await test(Found(path, status, depth))
    for batch in query.batches:
        await query.flush(batch)


class Query:
    """Parses find's expression into one test; options like -maxdepth are kept aside."""

    def __init__(self, call: Call, words: list[str]) -> None:
        self._call = call
        self._words = words
        self._acts = False
        self.deepest = 10_000
        self.shallowest = 0
        self.children_first = False
        self.batches: list[_Batch] = []

    def parse(self) -> Test:
        """The whole expression; `-print` is added if nothing else acts."""
        test = self._either() if self._words else _always
        if self._words:
            raise UsageError(f"bad arg '{self._words[0]}'")
        return test if self._acts else _both(test, self._print("\n"))

    async def flush(self, batch: _Batch) -> None:
        """Runs `-exec … {} +` for the paths collected."""
        if not batch.paths:
            return
        argv = [w for word in batch.argv for w in (batch.paths if word == "{}" else [word])]
        batch.paths = []
        if await run_child(self._call.invocation, argv):
            self._call.status = 1

    def _either(self) -> Test:
        test = self._all()
        while self._words and self._words[0] in {"-o", "-or"}:
            self._words.pop(0)
            test = _either(test, self._all())
        return test

    def _all(self) -> Test:
        test = self._one()
        while self._words and self._words[0] not in {")", "-o", "-or"}:
            if self._words[0] in {"-a", "-and"}:
                self._words.pop(0)
            test = _both(test, self._one())
        return test

    def _one(self) -> Test:
        word = self._next("an expression")
        if word in {"!", "-not"}:
            return _not(self._one())
        if word == "(":
            test = self._either()
            if self._next(")") != ")":
                raise UsageError("bad arg ')'")
            return test
        return self._option(word) or self._action(word) or self._match(word)

    def _option(self, word: str) -> Test | None:
        match word:
            case "-maxdepth":
                self.deepest = int(self._next(word))
            case "-mindepth":
                self.shallowest = int(self._next(word))
            case "-depth":
                self.children_first = True
            case "-xdev" | "-mount" | "-noleaf":
                pass
            case _:
                return None
        return _always

    def _action(self, word: str) -> Test | None:
        if word not in {"-print", "-print0", "-delete", "-exec", "-execdir", "-prune", "-quit"}:
            return None
        if word == "-prune":
            return _always
        self._acts = True
        if word.startswith("-print"):
            return self._print("\0" if word == "-print0" else "\n")
        if word == "-delete":
            self.children_first = True
            return self._delete
        return self._exec()

    def _match(self, word: str) -> Test:
        argument = self._next(word) if word not in {"-empty", "-true", "-false"} else ""
        view = self._call.view
        now = self._call.phone.clock.now()
        match word:
            case "-name" | "-iname":
                fold = str.lower if word == "-iname" else str
                pattern = fold(argument)
                return _test(lambda f: matches([(pattern, False)], fold(f.name)))
            case "-path" | "-wholename":
                return _test(lambda f: matches([(argument, False)], f.path))
            case "-type":
                kinds = [_TYPES[letter] for letter in argument if letter in _TYPES]
                return _test(lambda f: any(kind(f.status.mode) for kind in kinds))
            case "-size":
                return _sized(argument)
            case "-mtime":
                return _compared(argument, lambda f: int((now - f.status.mtime) // 86400))
            case "-mmin":
                return _compared(argument, lambda f: int((now - f.status.mtime) // 60))
            case "-newer":
                limit = view.stat(argument).mtime
                return _test(lambda f: f.status.mtime > limit)
            case "-user" | "-uid":
                owner = number_of(argument)
                return _test(lambda f: f.status.uid == owner)
            case "-group" | "-gid":
                group = number_of(argument)
                return _test(lambda f: f.status.gid == group)
            case "-perm":
                return _permitted(argument)
            case "-inum":
                return _compared(argument, lambda f: f.status.ino)
            case "-empty":
                return _test(self._is_empty)
            case "-true" | "-false":
                return _test(lambda _f: word == "-true")
            case _:
                raise UsageError(f"bad arg '{word}'")

    def _print(self, end: str) -> Test:
        async def show(found: Found) -> bool:
            await self._call.out(found.path + end)
            return True

        return show

    async def _delete(self, found: Found) -> bool:
        try:
            self._call.view.remove(found.path)
        except OSError as error:
            await self._call.failed(found.path, error)
            return False
        return True

    def _exec(self) -> Test:
        argv: list[str] = []
        while (word := self._next("-exec")) != ";":
            if word == "+" and argv and argv[-1] == "{}":
                return self._collect(_Batch(argv))
            argv.append(word)

        async def run(found: Found) -> bool:
            words = [w.replace("{}", found.path) for w in argv]
            return await run_child(self._call.invocation, words) == 0

        return run

    def _collect(self, batch: _Batch) -> Test:
        self.batches.append(batch)

        async def add(found: Found) -> bool:
            batch.paths.append(found.path)
            if len(batch.paths) >= BATCH:
                await self.flush(batch)
            return True

        return add

    def _is_empty(self, found: Found) -> bool:
        if stat.S_ISDIR(found.status.mode):
            return not self._call.view.listdir(found.path)
        return stat.S_ISREG(found.status.mode) and found.status.size == 0

    def _next(self, what: str) -> str:
        if not self._words:
            raise UsageError(f"'{what}' needs 1 arg" if what[0] == "-" else f"missing {what}")
        return self._words.pop(0)


async def _always(found: Found) -> bool:
    del found
    return True


def _test(predicate: Callable[[Found], bool]) -> Test:
    async def test(found: Found) -> bool:
        return predicate(found)

    return test


def _both(one: Test, other: Test) -> Test:
    async def test(found: Found) -> bool:
        return await one(found) and await other(found)

    return test


def _either(one: Test, other: Test) -> Test:
    async def test(found: Found) -> bool:
        return await one(found) or await other(found)

    return test


def _not(one: Test) -> Test:
    async def test(found: Found) -> bool:
        return not await one(found)

    return test


def _compared(argument: str, value: Callable[[Found], int]) -> Test:
    sign, digits = (argument[0], argument[1:]) if argument[:1] in {"+", "-"} else ("", argument)
    try:
        limit = int(digits)
    except ValueError:
        raise UsageError(f"bad arg '{argument}'") from None
    if sign == "+":
        return _test(lambda f: value(f) > limit)
    if sign == "-":
        return _test(lambda f: value(f) < limit)
    return _test(lambda f: value(f) == limit)


def _sized(argument: str) -> Test:
    unit = _SIZES.get(argument[-1:])
    digits = argument[:-1] if unit else argument
    size = unit or 512
    return _compared(digits, lambda f: -(-f.status.size // size))


def _permitted(argument: str) -> Test:
    wanted = int(argument.lstrip("-/"), 8)
    if argument.startswith("-"):
        return _test(lambda f: f.status.mode & wanted == wanted)
    if argument.startswith("/"):
        return _test(lambda f: bool(f.status.mode & wanted))
    return _test(lambda f: f.status.mode & 0o7777 == wanted)


COMMANDS: dict[str, Command] = {"find": find}
