"""Short public references that are easy to read out and hard to guess."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_reference(length: int = 7) -> str:
    """A random reference without look-alikes (no 0 or O, no 1 or I)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
