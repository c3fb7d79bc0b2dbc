"""Many phones at the same time: one job a phone, each in a process of its own."""
