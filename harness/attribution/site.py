"""Which part of a host's name one owner holds."""


def site_of(host: str) -> str:
    """The part of a name that one owner holds; a guess by its last labels."""
    labels = host.rsplit(":", 1)[0].split(".")
    if all(label.isdigit() for label in labels):
        return host
    short_second = len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2
    return ".".join(labels[-3 if short_second else -2 :])
