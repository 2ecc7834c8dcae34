"""The pages of a client: their safety plan and the way to people."""
