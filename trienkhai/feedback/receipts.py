"""The receipt code of a letter: 80 random bits, shown once, kept as a slow hash alone."""

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: without I, L, O and U, which are taken for others."""
LENGTH, GROUP = 16, 4
_ALIKE = str.maketrans("ILO", "110")
_SALT = b"trienkhai.feedback.receipt"


def new_code() -> str:
    """XXXX-XXXX-XXXX-XXXX, five bits a letter."""
    letters = "".join(secrets.choice(ALPHABET) for _n in range(LENGTH))
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def plain(code: str) -> str:
    """As typed by a person: any case, blanks or dashes, letters that look alike. '' for what cannot be a code."""
    letters = "".join(code.upper().split()).replace("-", "").translate(_ALIKE)
    return letters if len(letters) == LENGTH and set(letters) <= set(ALPHABET) else ""


def hash_of(code: str) -> str:
    """scrypt, some 50 ms and 16 MB a time. One salt for all, since it is looked up by: codes are random."""
    return hashlib.scrypt(plain(code).encode(), salt=_SALT, n=2**14, r=8, p=1, dklen=32).hex()
