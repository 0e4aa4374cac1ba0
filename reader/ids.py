"""Ids and the clock, as values that are handed in, so that a test or an example can repeat them."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
NewId = Callable[[], str]

# The namespace of everything this project ships, so that a shipped tag has the same id everywhere.
SHIPPED = uuid.UUID("6f0c6f5e-0c1e-5a53-9d55-7a1f3f0f6d01")


def now() -> datetime:
    """The present, in UTC."""
    return datetime.now(UTC)


def timestamp(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds: `2026-03-02T09:30:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def uuid7() -> str:
    """A UUIDv7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then random bits."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def shipped_id(kind: str, name: str) -> str:
    """The id (UUIDv5) of a thing this program ships: the same on every machine."""
    return str(uuid.uuid5(SHIPPED, f"{kind}:{name}"))
