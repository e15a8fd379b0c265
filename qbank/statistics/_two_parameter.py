"""The two-parameter logistic model: P(right) = 1 / (1 + exp(-(a θ + d))), θ standard normal, by marginal likelihood.

Sources: Birnbaum 1968, in Lord & Novick, "Statistical Theories of Mental Test Scores", chapter 17; Bock & Lieberman
1970, Psychometrika 35; the observed information by Louis 1982, J. Royal Statistical Society B 44. Needs SciPy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.model import Floats

LEAST, FEWEST = 200, 3
"""The candidates and the parts that an estimate needs."""
NODES = 41
"""Points of the Gauss–Hermite quadrature; more change no printed digit."""
ALONE = 1 << 18
"""So many multiplications of one product BLAS does in one thread."""
STEEP = 6.0
"""A discrimination beyond which right and wrong are all but separated, and nothing can be estimated."""


@dataclass(frozen=True, slots=True, eq=False)
class TwoParameter:
    """Estimates by part (k,): the slope a, the intercept d, the difficulty b = -d / a, and their standard errors.

    `likelihood` is the logarithm of the marginal likelihood; `ability` (n,) the expected θ of each candidate.
    """

    slope: Floats
    intercept: Floats
    difficulty: Floats
    slope_error: Floats
    intercept_error: Floats
    difficulty_error: Floats
    likelihood: float
    ability: Floats


def two_parameter(right: NDArray[np.bool_]) -> TwoParameter | None:
    """The model of right and wrong answers (n, k); None where the likelihood has no maximum that can be told.

    Raises ModuleNotFoundError without SciPy, and ValueError for parts that all answered alike.
    """
    from scipy import optimize

    share = right.mean(axis=0)
    if not ((share > 0) & (share < 1)).all():
        raise ValueError(messages.tell("a part that everyone answered alike has no slope"))
    patterns, where, counts = np.unique(right, axis=0, return_inverse=True, return_counts=True)
    model = _Model(patterns.astype(np.float64), counts.astype(np.float64))
    k = right.shape[1]
    start = np.concatenate([np.ones(k), np.log(share / (1 - share))])
    found = optimize.minimize(
        model.loss, start, jac=model.gradient, hess=model.information, method="trust-exact",
        options={"gtol": 1e-5 * max(len(right), 1) ** 0.5, "maxiter": 100},
    )  # fmt: skip
    values = found.x if found.x[:k].sum() >= 0 else np.concatenate([-found.x[:k], found.x[k:]])
    slope, intercept = values[:k], values[k:]
    information = model.information(values)
    if not found.success or np.abs(slope).max() > STEEP or np.linalg.eigvalsh(information)[0] <= 0:
        return None
    covariance = np.linalg.inv(information)
    errors = np.sqrt(np.diag(covariance))
    mixed = np.diag(covariance[:k, k:])
    variance = (errors[k:] / slope) ** 2 + (intercept * errors[:k] / slope**2) ** 2 - 2 * intercept * mixed / slope**3
    ability = model.posterior(values)[0] @ model.nodes
    return TwoParameter(
        slope, intercept, -intercept / slope, errors[:k], errors[k:], np.sqrt(np.maximum(variance, 0)),
        -float(model.loss(values)), ability[np.ravel(where)],
    )  # fmt: skip


class _Model:
    """The likelihood of distinct patterns (m, k) with their counts (m,); its values are k slopes, then k intercepts."""

    def __init__(self, patterns: Floats, counts: Floats) -> None:
        self.patterns, self.counts = patterns, counts
        points, weights = np.polynomial.hermite_e.hermegauss(NODES)
        self.nodes: Floats = points
        self.weights = np.log(weights / weights.sum())
        self.basis = np.stack([points, np.ones(NODES)])  # what a slope and an intercept are multiplied by

    def probabilities(self, values: Floats) -> Floats:
        """(k, q) of a right answer at each node."""
        k = len(values) // 2
        return np.asarray(1 / (1 + np.exp(-(np.outer(values[:k], self.nodes) + values[k:, None]))))

    def posterior(self, values: Floats) -> tuple[Floats, Floats]:
        """(m, q) where each pattern's candidates are among the nodes, and (m,) the logarithm of its probability."""
        k = len(values) // 2
        logits = np.outer(values[:k], self.nodes) + values[k:, None]
        joint = self.patterns @ logits - np.logaddexp(0, logits).sum(axis=0) + self.weights
        top = joint.max(axis=1, keepdims=True)
        spread = np.exp(joint - top)
        whole = spread.sum(axis=1, keepdims=True)
        return spread / whole, np.ravel(np.log(whole) + top)

    def loss(self, values: Floats) -> float:
        """Minus the logarithm of the likelihood."""
        return -float(self.counts @ self.posterior(values)[1])

    def gradient(self, values: Floats) -> Floats:
        """(2k,) of the loss: what is expected at each node minus what was found there."""
        where = self.posterior(values)[0] * self.counts[:, None]
        excess = self.probabilities(values) * where.sum(axis=0) - _crossed(self.patterns, where)
        return np.concatenate([excess @ self.nodes, excess.sum(axis=1)])

    def information(self, values: Floats) -> Floats:
        """(2k, 2k) the second derivatives of the loss: Louis' complete information less what the abilities hide."""
        k = len(values) // 2
        likely = self.probabilities(values)
        where = self.posterior(values)[0]
        weighed = where * self.counts[:, None]
        at, found = weighed.sum(axis=0), _crossed(self.patterns, weighed)
        scores = [self.patterns * (where @ x)[:, None] - where @ (likely * x).T for x in self.basis]
        mean = np.concatenate(scores, axis=1)
        result = _crossed(mean * self.counts[:, None], mean)
        for power, places in enumerate((((1, 1),), ((0, 1), (1, 0)), ((0, 0),))):
            x = self.nodes**power
            crossed = (likely * x) @ found.T
            both = _crossed(self.patterns * (weighed @ x)[:, None], self.patterns)
            hidden = both - crossed - crossed.T + (likely * (at * x)) @ likely.T
            block = np.diag((likely * (1 - likely)) @ (at * x)) - hidden
            for row, column in places:
                result[row * k:(row + 1) * k, column * k:(column + 1) * k] += block
        return np.asarray(result)


def _crossed(first: Floats, second: Floats) -> Floats:
    """(j, k) the product of the transposed first table (m, j) and the second (m, k), m being large.

    It is added up of slices that BLAS does in one thread: on long, narrow tables its threads wait for each other, and
    on a machine that does something else as well they wait twenty times as long as the work takes.
    """
    size = max(ALONE // max(first.shape[1] * second.shape[1], 1), 1)
    whole = len(first) // size * size
    left, right = (table[:whole].reshape(-1, size, table.shape[1]) for table in (first, second))
    rest = first[whole:].T @ second[whole:]
    return np.asarray((left.transpose(0, 2, 1) @ right).sum(axis=0) + rest)
