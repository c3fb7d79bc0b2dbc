"""Pure reading of page sources: what is on the screen, found where, said how."""
