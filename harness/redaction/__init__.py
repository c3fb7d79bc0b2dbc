"""Takes secrets and identifiers out of what was seen, before it reaches a disk. Pure."""
