"""mitmdump as a subprocess with the project's recorder: one per phone."""
