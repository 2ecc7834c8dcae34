"""Clients' safety plans: every version is kept, encrypted; the therapist reads it by the client's consent."""
