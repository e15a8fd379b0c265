"""Regrading: an item corrected after the exam, its keys computed again for the values that were on the papers.

Who changes, and by how much, is known before anything is written. A person's verdicts stay beside the new marks as
they were beside the old ones.
"""

from __future__ import annotations

from qbank.regrading._applied import SETTLING, regraded
from qbank.regrading._compared import Change, Compared, compared
from qbank.regrading._corrected import corrected

__all__ = ["SETTLING", "Change", "Compared", "compared", "corrected", "regraded"]
