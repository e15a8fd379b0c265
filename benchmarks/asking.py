"""One seat's variant of one item with its keys, in one process from Python, against the same written by hand.

By hand means: a generator seeded with the seat, values drawn until they fit, the key with its band, the mistakes.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import count

import numpy as np

from benchmarks.measure import Row, best
from qbank import bank, resources
from qbank.actions.ask import Asked, ask
from qbank.bank import Bank

CALLS = 200
E24 = [1.0, 1.1, 1.2, 1.3, 1.5, 1.6, 1.8, 2.0, 2.2, 2.4, 2.7, 3.0, 3.3, 3.6, 3.9, 4.3, 4.7, 5.1, 5.6, 6.2, 6.8, 7.5,
       8.2, 9.1]  # fmt: skip


def rows() -> list[Row]:
    """A quotient of two resistors, the whole analysis of an amplifier, two RNN steps with vectors, and a question.

    The seats are asked one after another, as a class asks them, or each with a seed of its own.
    """
    folder = resources.folder("questions")
    source = bank.load(folder, only=[
        folder / "electronics" / "opamp", folder / "electronics" / "bjt", folder / "rnn" / "principles",
    ])  # fmt: skip
    return [
        _row("ask one seat: inverting amplifier", source, "opamp.inverting.gain", _amplifier, "≥ 5,000/s"),
        _row("ask one seat: common-emitter stage, 6 parts", source, "bjt.divider.full", _stage, "≥ 2,000/s"),
        _row("ask one seat: two RNN steps with vectors", source, "rnn.forward.vec2", _network, "≥ 2,000/s"),
        _row("the same, each with another seed", source, "rnn.forward.vec2", _network, "≥ 300/s", alone=True),
        _row("ask one seat: its question and figure", source, "opamp.inverting.gain", _question, "≥ 500/s", _page),
    ]


def _row(
    what: str, source: Bank, name: str, by_hand: Callable[[int], object], target: str,
    then: Callable[[Asked], object] = lambda asked: asked.drawn, *, alone: bool = False,
) -> Row:  # fmt: skip
    seats, turn = range(CALLS), count()

    def work() -> None:
        seed = f"benchmark {next(turn)}"
        for seat in seats:
            then(ask(name, seat=0 if alone else seat, seed=f"{seed} {seat}" if alone else seed, source=source))

    seconds, plain = best(work, lambda: [by_hand(seat) for seat in seats])
    return Row(what, CALLS / seconds, "/s", "the same by hand in Python", plain / seconds, target)


def _page(asked: Asked) -> object:
    return asked.question


def _band(key: float, share: float) -> tuple[float, float, float]:
    return key, key - abs(key) * share, key + abs(key) * share


def _amplifier(seat: int) -> tuple[float, float, object]:
    chance = random.Random(f"benchmark:{seat}")
    while True:
        R1 = chance.choice(E24) * chance.choice([1e3, 1e4])
        Rf = chance.choice(E24) * chance.choice([1e4, 1e5])
        if 1.5 <= Rf / R1 <= 100:
            return R1, Rf, (_band(-Rf / R1, 0.01), Rf / R1, 1 + Rf / R1, -R1 / Rf)


def _question(seat: int) -> object:
    R1, Rf, _ = _amplifier(seat)
    return f"In the circuit shown, R_1 = {R1 / 1e3:g} kΩ and R_f = {Rf / 1e3:g} kΩ. Find the voltage gain."


def _stage(seat: int) -> object:
    chance = random.Random(f"benchmark:{seat}")
    while True:
        VCC, beta = chance.choice([9, 12, 15, 18, 20, 24]), chance.choice([50, 60, 80, 100])
        Rb1, Rb2 = chance.choice(E24[:20]) * 1e4, chance.choice(E24[12:]) * 1e3
        Rc, RL = chance.choice(E24[:18]) * 1e3, chance.choice(E24) * 1e3
        Re = chance.choice([510.0, 680.0, *(each * 1e3 for each in E24[:10])])
        UB = VCC * Rb2 / (Rb1 + Rb2)
        IE = (UB - 0.7) / Re
        UCE = VCC - IE * (Rc + Re)
        base = Rb1 * Rb2 / (Rb1 + Rb2)
        if 2.2 <= UB <= 5.5 and max(3, 0.25 * VCC) <= UCE <= VCC - 3 and (1 + beta) * Re >= 14 * base:
            break
    rbe = 200 + (1 + beta) * 0.026 / IE
    load = Rc * RL / (Rc + RL)
    keys = IE, UCE, rbe, -beta * load / rbe, base * rbe / (base + rbe), Rc
    mistakes = (
        UB / Re, (VCC * Rb1 / (Rb1 + Rb2) - 0.7) / Re, (VCC - 0.7) / Rb1, VCC - IE * Rc, VCC - IE * (load + Re),
        200 + 0.026 / IE, (1 + beta) * 0.026 / IE, beta * load / rbe, -beta * Rc / rbe, rbe, load,
    )  # fmt: skip
    return VCC, Rb1, Rb2, Rc, Re, RL, beta, [_band(key, 0.04) for key in keys], mistakes


def _network(seat: int) -> object:
    rng = np.random.default_rng(seat)
    grid, small = np.round(np.arange(-10, 11) * 0.1, 1), np.round(np.arange(-5, 6) * 0.1, 1)
    while True:
        Wx, Wh, b = rng.choice(grid, (2, 2)), rng.choice(grid, (2, 2)), rng.choice(small, 2)
        x1, x2 = rng.choice([-1, -0.5, 0.5, 1], (2, 2))
        h1 = np.tanh(Wx @ x1 + b)
        h2 = np.tanh(Wx @ x2 + Wh @ h1 + b)
        smallest = min(np.abs(h1).min(), np.abs(h2).min(), np.abs(Wx @ x1).min(), np.abs(Wx @ x2 + b).min())
        if smallest > 0.05 and np.linalg.norm(Wh @ h1) > 0.2 and np.linalg.norm(b) > 0.1:
            break
    mistakes = np.tanh(Wx @ x1), np.tanh(Wx.T @ x1 + b), np.tanh(Wx @ x2 + b), np.tanh(Wx @ x2 + Wh.T @ h1 + b)
    return Wx, Wh, b, x1, x2, [(h, h - 0.002, h + 0.002) for h in (h1, h2)], mistakes
