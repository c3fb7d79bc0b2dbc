"""One run: phones are acquired, scenarios are run step by step, everything is put back."""
