"""Pure readers of what Android's commands print. Text in, records out, no I/O."""
