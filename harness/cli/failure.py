"""Errors that are the user's to mend, with the exit code that stands for them."""

USAGE = 2
UNSUITABLE = 18


class UserError(Exception):
    """One sentence for the user. `code` 2: usage or configuration; 18: phone not attached."""

    def __init__(self, text: str, code: int = USAGE) -> None:
        super().__init__(text)
        self.code = code
