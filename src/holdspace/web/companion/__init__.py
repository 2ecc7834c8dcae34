"""Clients' talks with the companion and the skills they do: encrypted, theirs alone."""
