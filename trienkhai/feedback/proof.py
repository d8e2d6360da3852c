"""Proof of work: a sum that a browser solves in a second or two and that is checked in no time. Plain Python.

A challenge is `purpose.day.bits.random.signature`; it is solved by a number n such that SHA-256 of `challenge:n` begins
with that many zero bits. The site keeps nothing of a challenge and it names a day, not a time.
"""

import hashlib
import hmac
import itertools
import secrets
from datetime import date, timedelta

PURPOSES = ("gui", "doc")
LONGEST_ANSWER = 20


def make_challenge(purpose: str, bits: int, *, on: date, key: str) -> str:
    body = f"{purpose}.{on.isoformat()}.{bits}.{secrets.token_hex(16)}"
    return f"{body}.{_signature(body, key)}"


def _signature(body: str, key: str) -> str:
    return hmac.new(f"trienkhai.feedback.proof\n{key}".encode(), body.encode(), hashlib.sha256).hexdigest()[:32]


def fault_of(challenge: str, purpose: str, *, on: date, key: str) -> str:
    """Why a challenge is not taken: `forged`, or `old` when it is of neither today nor yesterday; empty when it is."""
    body, _dot, signature = challenge.rpartition(".")
    if not challenge.isascii() or not hmac.compare_digest(signature, _signature(body, key)):
        return "forged"
    asked, day, _bits, _random = body.split(".")
    if asked != purpose:
        return "forged"
    return "" if on - timedelta(days=1) <= date.fromisoformat(day) <= on else "old"


def bits_of(challenge: str) -> int:
    """Raises ValueError for what is no challenge."""
    parts = challenge.split(".")
    if len(parts) != 5:
        raise ValueError(challenge)
    return int(parts[2])


def zero_bits(challenge: str, number: str) -> int:
    """With how many zero bits the digest begins."""
    value = int.from_bytes(hashlib.sha256(f"{challenge}:{number}".encode()).digest(), "big")
    return 256 - value.bit_length()


def is_solved(challenge: str, number: str) -> bool:
    plain = number.isascii() and number.isdecimal() and len(number) <= LONGEST_ANSWER
    return plain and zero_bits(challenge, number) >= bits_of(challenge)


def solve(challenge: str) -> str:
    """The first number that solves it: 2 to the power of `bits` attempts on average. Raises ValueError."""
    bits = bits_of(challenge)
    return next(str(n) for n in itertools.count() if zero_bits(challenge, str(n)) >= bits)


def digest_of(challenge: str) -> str:
    return hashlib.sha256(challenge.encode()).hexdigest()
