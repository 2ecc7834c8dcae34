"""The page that says what the law of this place switches off, and why."""
