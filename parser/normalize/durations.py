"""Durations in ISO 8601, their unit kept: two weeks are `P2W`, never `P14D`."""

from __future__ import annotations

from parser.normalize.units import UNITS


def iso_duration(number: int | float, unit: str) -> str | None:
    """Write a length of time in ISO 8601 (section 5.5.2); None when `unit` is no unit of time.

    Examples:
        >>> iso_duration(2, "weeks"), iso_duration(72, "h")
        ('P2W', 'PT72H')
    """
    row = UNITS.get(unit.lower())
    if row is None or not row.duration:
        return None
    prefix = "PT" if row.duration.startswith("T") else "P"
    return f"{prefix}{number:g}{row.duration[-1]}"
