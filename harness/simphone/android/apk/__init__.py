"""Android packages: reading the real format, and writing small valid ones."""
