"""Regrading: an item corrected after the exam, its keys computed again for the values that were on the papers.

Who changes, and by how much, is known before anything is written. A person's verdicts stand beside the new marks as
they stood beside the old ones.
"""

from __future__ import annotations

from qbank.regrading._applied import Change, changes, regraded
from qbank.regrading._corrected import corrected
from qbank.regrading._record import POLICIES, RECORD, Policy, Regrade, parsed, written

__all__ = ["POLICIES", "RECORD", "Change", "Policy", "Regrade", "changes", "corrected", "parsed", "regraded", "written"]
