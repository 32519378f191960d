"""Check codes: 80 random bits that people can read out over the telephone."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
# What people write when they mean a character of the alphabet (Crockford's base 32).
MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A fresh code, XXXX-XXXX-XXXX-XXXX."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def tidy(typed: str) -> str | None:
    """A code as it is printed, however it was typed; None when it cannot be one."""
    bare = "".join(c for c in typed.upper() if c.isalnum()).translate(MEANT)
    if len(bare) != LENGTH or any(c not in ALPHABET for c in bare):
        return None
    return grouped(bare)


def grouped(bare: str) -> str:
    """Four groups of four."""
    return "-".join(bare[i : i + 4] for i in range(0, LENGTH, 4))
