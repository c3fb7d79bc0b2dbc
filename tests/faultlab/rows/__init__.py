"""The table of faults, by where the truth lies. Each row is one line of what is broken."""
