"""What marks say of the questions: facility, discrimination, reliability, options, mistakes; fairness, trends, a model.

Functions of columns of marks, over those who sat the exam. What compares groups or fits a model needs SciPy
(`qbank[statistics]`), which is imported when it is called; everything else does not.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from qbank import messages, registry

if TYPE_CHECKING:
    from qbank.statistics._drawn import Effect, effect
    from qbank.statistics._forms import Differences, differences
    from qbank.statistics._items import (
        correlation_interval,
        correlations,
        discrimination,
        discriminations,
        facility,
        facility_interval,
        joint_discrimination,
    )
    from qbank.statistics._mistakes import Lost, lost
    from qbank.statistics._moments import Moments
    from qbank.statistics._options import OUTER, TAKEN, Picked, outer, picked
    from qbank.statistics._power import ERROR, POWER, noncentrality, together
    from qbank.statistics._reliability import Reliability, of_covariance, reliability, reliable
    from qbank.statistics._spread import Counts, Joint, Ranked, Spread, quantiles, ranked
    from qbank.statistics._totals import Summary, histogram, summary
    from qbank.statistics._trend import Trend, trend
    from qbank.statistics._two_parameter import LEAST, TwoParameter, two_parameter
else:
    __getattr__ = registry.by_need(__name__, {
        **dict.fromkeys(("Effect", "effect"), "_drawn"), **dict.fromkeys(("Differences", "differences"), "_forms"),
        **dict.fromkeys(("correlation_interval", "correlations", "discrimination", "discriminations"), "_items"),
        **dict.fromkeys(("facility", "facility_interval", "joint_discrimination"), "_items"),
        **dict.fromkeys(("Lost", "lost"), "_mistakes"), "Moments": "_moments",
        **dict.fromkeys(("OUTER", "TAKEN", "Picked", "outer", "picked"), "_options"),
        **dict.fromkeys(("ERROR", "POWER", "noncentrality", "together"), "_power"),
        **dict.fromkeys(("Reliability", "of_covariance", "reliability", "reliable"), "_reliability"),
        **dict.fromkeys(("Counts", "Joint", "Ranked", "Spread", "quantiles", "ranked"), "_spread"),
        **dict.fromkeys(("Summary", "histogram", "summary"), "_totals"), **dict.fromkeys(("Trend", "trend"), "_trend"),
        **dict.fromkeys(("LEAST", "TwoParameter", "two_parameter"), "_two_parameter"),
    })  # fmt: skip

__all__ = [
    "ERROR", "LEAST", "OUTER", "POWER", "TAKEN", "Counts", "Differences", "Effect", "Joint", "Lost", "Moments",
    "Picked", "Ranked", "Reliability", "Spread", "Summary", "Trend", "TwoParameter", "correlation_interval",
    "correlations", "differences", "discrimination", "discriminations", "effect", "facility", "facility_interval",
    "histogram", "joint_discrimination", "lacking", "lost", "noncentrality", "of_covariance", "outer", "picked",
    "quantiles", "ranked", "reliability", "reliable", "summary", "together", "trend", "two_parameter",
]  # fmt: skip


def lacking() -> str:
    """What cannot be computed without SciPy, in a sentence; empty where it is installed."""
    if find_spec("scipy") is not None:
        return ""
    return messages.tell(
        "fairness and the 2PL model need SciPy, which is not installed: python -m pip install 'qbank[statistics]'"
    )
