"""Functions of neural networks: vectors are (n, k), matrices (n, r, c), and h = f(W x + U h + b)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qbank import messages
from qbank.model import Array, Floats
from qbank.subjects._columns import aligned, both, product


def sigmoid(x: Array) -> Floats:
    """1 / (1 + exp(-x)), for every component.

    >>> sigmoid(np.array([0.0, -800.0])).tolist()
    [0.5, 0.0]
    """
    (values,) = aligned(x)
    small = np.exp(-np.abs(values))
    return np.asarray(np.where(values >= 0, 1.0, small) / (1 + small))


def relu(x: Array) -> Floats:
    """max(x, 0), for every component."""
    (values,) = aligned(x)
    return np.asarray(np.maximum(values, 0.0))


def tanh(x: Array) -> Floats:
    """The hyperbolic tangent, for every component."""
    (values,) = aligned(x)
    return np.asarray(np.tanh(values))


def softmax(x: Array) -> Floats:
    """exp(x_i) / sum_j exp(x_j) over the last axis of a vector (n, k) or matrix. Raises ValueError for a scalar."""
    (values,) = aligned(x)
    if values.ndim < 2:
        raise ValueError(messages.tell("needs a vector"))
    powers = np.exp(values - values.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def rnn_step(x: Array, h: Array, W: Array, U: Array, b: Array) -> Floats:
    """h' = tanh(W x + U h + b), one step of a plain (Elman) network.

    x (n, d), h and b (n, k), W (n, k, d), U (n, k, k) -> (n, k); all five scalars (n,) for a network of one unit.
    Source: Elman 1990; PyTorch's nn.RNN with one bias.
    """
    if all(np.ndim(column) == 1 for column in (x, h, W, U, b)):
        return np.asarray(np.tanh(W * x + U * h + b))
    return np.asarray(np.tanh(_sum(product(W, x), product(U, h), b)))


def lstm_c(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Floats:
    """c' = f ⊙ c + i ⊙ g, the cell state after one LSTM step, gates stacked in the order i, f, g, o.

    x (n, d), h and c (n, k), W (n, 4k, d), U (n, 4k, k), b (n, 4k) -> (n, k).
    Source: Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000; gate order as in PyTorch's nn.LSTM.
    """
    return _lstm(x, h, c, W, U, b)[0]


def lstm_h(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Floats:
    """h' = o ⊙ tanh(c'), the output after one LSTM step; shapes, gate order and source as of lstm_c."""
    return _lstm(x, h, c, W, U, b)[1]


def gru_after(x: Array, h: Array, W: Array, U: Array, b: Array, d: Array) -> Floats:
    """One GRU step, the reset gate applied after the recurrent product, gates stacked in the order r, z, n.

    r = σ(W_r x + b_r + U_r h + d_r), z likewise; n = tanh(W_n x + b_n + r ⊙ (U_n h + d_n));
    h' = (1 - z) ⊙ n + z ⊙ h: z keeps the old state.
    x (n, m), h (n, k), W (n, 3k, m), U (n, 3k, k), b and d (n, 3k) -> (n, k). Source: PyTorch's nn.GRU.
    """
    x, h, U = _vector(x, "x"), _vector(h, "h"), np.asarray(U, dtype=np.float64)
    reset, keep, inner = _gates(_sum(product(W, x), b), h, 3)
    reset_h, keep_h, inner_h = _gates(_sum(product(U, h), d), h, 3)
    z = sigmoid(keep + keep_h)
    return np.asarray((1 - z) * np.tanh(inner + sigmoid(reset + reset_h) * inner_h) + z * h)


def gru_before(x: Array, h: Array, W: Array, U: Array, b: Array) -> Floats:
    """One GRU step, the reset gate applied to the state before the product, gates stacked in the order r, z, n.

    r = σ(W_r x + U_r h + b_r), z likewise; n = tanh(W_n x + U_n (r ⊙ h) + b_n); h' = (1 - z) ⊙ n + z ⊙ h: z keeps
    the old state. x (n, m), h (n, k), W (n, 3k, m), U (n, 3k, k), b (n, 3k) -> (n, k).
    Source: Cho et al. 2014 (whose z keeps the old state too).
    """
    x, h, U = _vector(x, "x"), _vector(h, "h"), np.asarray(U, dtype=np.float64)
    k = h.shape[1]
    reset, keep, inner = _gates(_sum(product(W, x), b), h, 3)
    reset_h, keep_h, _ = _gates(product(U, h), h, 3)
    z = sigmoid(keep + keep_h)
    return np.asarray((1 - z) * np.tanh(inner + product(U[:, 2 * k :], sigmoid(reset + reset_h) * h)) + z * h)


def mse(y: Array, t: Array) -> Floats:
    """The mean of (y - t)^2 over the components of a variant -> (n,)."""
    first, second = aligned(y, t)
    return np.asarray(np.mean((first - second) ** 2, axis=tuple(range(1, first.ndim))))


def cross_entropy(p: Array, t: Array) -> Floats:
    """-sum_i t_i ln p_i over the components; a component with t_i = 0 adds nothing. p and t (n, k) -> (n,)."""
    first, second = aligned(p, t)
    terms = np.where(second == 0, 0.0, -second * np.log(first))
    return np.asarray(np.sum(terms, axis=tuple(range(1, terms.ndim))))


def spectral_radius(W: Array) -> Floats:
    """The largest absolute value of the eigenvalues, (n, k, k) -> (n,); not a number where W is not finite."""
    values = _matrix(W)
    if values.shape[1] != values.shape[2]:
        raise ValueError(messages.tell("needs a square matrix, not the shape {shape}", shape=values.shape[1:]))
    finite = _finite(values)
    found = np.abs(np.linalg.eigvals(np.where(finite[:, None, None], values, 0.0))).max(axis=1)
    return np.asarray(np.where(finite, found, np.nan))


def largest_singular_value(W: Array) -> Floats:
    """The largest singular value, which is the spectral norm, (n, r, c) -> (n,); not a number where W is not finite."""
    values = _matrix(W)
    finite = _finite(values)
    found = np.linalg.svd(np.where(finite[:, None, None], values, 0.0), compute_uv=False)[:, 0]
    return np.asarray(np.where(finite, found, np.nan))


def _lstm(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> tuple[Floats, Floats]:
    x, h, c = _vector(x, "x"), _vector(h, "h"), _vector(c, "c")
    i, f, g, o = _gates(_sum(product(W, x), product(U, h), b), h, 4)
    new = _sum(sigmoid(f) * c, sigmoid(i) * np.tanh(g))
    return new, np.asarray(sigmoid(o) * np.tanh(new))


def _sum(*terms: Array) -> Floats:
    """The sum of vectors of one shape. Raises ValueError for any other."""
    shapes = {np.shape(term)[1:]: None for term in terms}
    if len(shapes) > 1:
        raise ValueError(messages.tell("the shapes {shapes} do not fit a sum", shapes=both(shapes)))
    return np.asarray(sum(np.asarray(term, dtype=np.float64) for term in terms))


def _gates(stacked: Floats, h: Floats, count: int) -> list[Floats]:
    k = h.shape[1]
    if stacked.shape[1] != count * k:
        raise ValueError(messages.tell(
            "a state of size {size} needs {gates} gates stacked to {rows} rows, not {given}",
            size=k, gates=count, rows=count * k, given=stacked.shape[1],
        ))  # fmt: skip
    return [stacked[:, gate * k : (gate + 1) * k] for gate in range(count)]


def _finite(values: Floats) -> NDArray[np.bool_]:
    return np.asarray(np.isfinite(values).all(axis=(1, 2)))


def _vector(column: Array, name: str) -> Floats:
    values = np.asarray(column, dtype=np.float64)
    if values.ndim != 2:
        raise ValueError(messages.tell("{name} must be a vector, not of the shape {shape}",
                                       name=name, shape=values.shape[1:]))  # fmt: skip
    return values


def _matrix(column: Array) -> Floats:
    values = np.asarray(column, dtype=np.float64)
    if values.ndim != 3:
        raise ValueError(messages.tell("needs a matrix, not the shape {shape}", shape=values.shape[1:]))
    return values
