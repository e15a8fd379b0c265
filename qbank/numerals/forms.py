"""How a number was written: its digits, a fraction, or any other constant."""

from __future__ import annotations

DECIMAL, FRACTION, CONSTANT = 0, 1, 2
