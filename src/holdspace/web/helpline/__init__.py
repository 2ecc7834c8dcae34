"""Help now: open to everybody, signed in or not, without JavaScript."""
