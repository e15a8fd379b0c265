"""Which of an author's options each variant shows, where `show:` says that it shows some of them.

Every admissible choice of options is as likely as any other: those with as many right ones as the part wants, and with
every option that stays at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import comb
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qbank import draws, messages
from qbank.answers._orders import at_positions
from qbank.draws import Chance

if TYPE_CHECKING:
    from qbank.answers.choice.spec import Spec


def order(
    spec: Spec, right: NDArray[np.bool_], chance: Chance, name: str, seats: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """(n, show): the option at each position, of options that are right as (n, options) says.

    Where there is no admissible choice, one with as near a number of right ones as there is.
    """
    staying = np.flatnonzero(spec.lasting).astype(np.uint8)
    drawn = np.empty((len(seats), spec.count - len(staying)), dtype=np.uint8)
    patterns = right @ (1 << np.arange(right.shape[1], dtype=np.int64))
    for pattern in np.unique(patterns):
        rows = np.flatnonzero(patterns == pattern)
        drawn[rows] = _drawn(spec, right[rows[0]], chance, name, seats[rows])
    if not spec.shuffle:
        drawn.sort(axis=1)
    elif drawn.shape[1] > 1:
        drawn = at_positions(drawn, chance.permutations(f"{name}.order", drawn.shape[1], seats))
    return np.concatenate([drawn, np.tile(staying, (len(seats), 1))], axis=1)


def _drawn(
    spec: Spec, right: NDArray[np.bool_], chance: Chance, name: str, seats: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """(n, k): the options besides those that stay, where these ones (options,) are right: right ones, then wrong ones.

    First how many right ones, each number as likely as it has choices; then which right and which wrong ones.
    """
    moving = ~np.array(spec.lasting)
    true, false = np.flatnonzero(right & moving), np.flatnonzero(~right & moving)
    size = spec.count - int(np.count_nonzero(~moving))
    least, most = (number - int(np.count_nonzero(right & ~moving)) for number in spec.rights)
    numbers: Sequence[int] = _numbers(len(true), len(false), size, least, most)
    if not numbers:
        numbers = [min(max(least, size - len(false), 0), size, len(true))]
    ways = [comb(len(true), number) * comb(len(false), size - number) for number in numbers]
    chosen = np.empty((len(seats), size), dtype=np.uint8)
    for number, rows in zip(numbers, _shares(ways, chance, f"{name}.right", seats), strict=True):
        chosen[rows, :number] = _some(true, number, chance, f"{name}.shown.right", seats[rows])
        chosen[rows, number:] = _some(false, size - number, chance, f"{name}.shown.wrong", seats[rows])
    return chosen


def _numbers(true: int, false: int, size: int, least: int, most: int) -> range:
    """How many right options there may be among `size` that are drawn from `true` right and `false` wrong ones."""
    return range(max(least, size - false, 0), min(most, true, size) + 1)


def _shares(
    ways: Sequence[int], chance: Chance, name: str, seats: NDArray[np.int64]
) -> Iterator[NDArray[np.bool_] | slice]:
    """The seats that fall to each of some cases, each as likely as its number of ways says."""
    if len(ways) == 1:
        yield slice(None)
        return
    ends = list(accumulate(ways))
    scale = -(-ends[-1] // draws.LARGEST)
    at = chance.below(name, ends[-1] // scale, seats)
    case = np.searchsorted(np.array([end // scale for end in ends]), at, side="right")
    yield from (case == place for place in range(len(ways)))


def _some(
    options: NDArray[np.intp], number: int, chance: Chance, name: str, seats: NDArray[np.int64]
) -> NDArray[np.intp]:
    """(n, number) different ones of the options."""
    if number in (0, len(options)):
        return np.tile(options[:number], (len(seats), 1))
    return np.asarray(options[chance.picks(name, len(options), number, seats)])


def shown(spec: Spec, order: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """(n, options) which options each variant shows."""
    there = np.zeros((len(order), len(spec.options)), dtype=np.bool_)
    np.put_along_axis(there, order.astype(np.intp), values=True, axis=1)
    return there


def faults(spec: Spec) -> Iterator[str]:
    """Why a part cannot show as many of its options as `show:` says."""
    count, lasting = len(spec.options), sum(spec.lasting)
    least, most = spec.rights
    if spec.show is None:
        if spec.show_right is not None:
            yield messages.tell("show_right: needs show:, the number of options that each variant shows")
        return
    if spec.show_right is not None and not spec.several:
        yield messages.tell("a single choice shows one right option; show_right: needs 'several: yes'")
    if spec.show >= count:
        yield messages.tell(
            "show: {shown} of {count} options shows all of them; remove show:, or write more options",
            shown=spec.show, count=count,
        )  # fmt: skip
    if spec.show <= lasting:
        yield messages.tell(
            "show: {shown} leaves no place beside the {last} that stay at the end", shown=spec.show, last=lasting
        )
    if spec.show_right and not 1 <= spec.show_right[0] <= spec.show_right[1] <= spec.show:
        yield messages.tell(
            "show_right: must be a number from 1 to {shown}, or [least, most] of such numbers", shown=spec.show
        )
    if least > most:
        yield messages.tell("show_right:, min_ticks: and max_ticks: do not allow any number of right options")
    yield from _too_few(spec, least, most)
    yield from _unweighed(spec)


def _too_few(spec: Spec, least: int, most: int) -> Iterator[str]:
    """Too few right or wrong options, whatever the values of a variant say of those that depend on them."""
    rights = [option.right for option in spec.options.values()]
    true, false = (sum(right is not other for right in rights) for other in (False, True))
    fixed = [right for right, stays in zip(rights, spec.lasting, strict=True) if stays]
    fixed_true, fixed_false = (sum(right is sort for right in fixed) for sort in (True, False))
    least, most = max(least, fixed_true), min(most, spec.count - fixed_false)
    if not _numbers(true, false, spec.count, least, most):
        yield _impossible(spec, true, false, len(fixed))


def _impossible(spec: Spec, true: int, false: int, fixed: int) -> str:
    """Why no choice of the options has as many right ones as the part wants."""
    told = {"shown": spec.count, "count": len(spec.options), "amount": amount(*spec.rights), "right": true,
            "wrong": false, "fixed": fixed}  # fmt: skip
    if fixed:
        return messages.tell(
            "no {shown} of these {count} options have {amount} right: {right} can be right and {wrong} can be wrong, "
            "and {fixed} of them stay at the end",
            **told,
        )
    return messages.tell(
        "no {shown} of these {count} options have {amount} right: {right} can be right and {wrong} can be wrong", **told
    )


def _unweighed(spec: Spec) -> Iterator[str]:
    """Weights by which the right options that a variant shows would not add up to 1."""
    if not spec.weights:
        return
    least, most = spec.rights
    if least != most:
        yield messages.tell(
            "weights: and show: need show_right: with one number, so that the right options shown add up to 1"
        )
        return
    for name, option in spec.options.items():
        weight = spec.weights.get(name, 0.0)
        if option.right is not False and abs(weight * least - 1) > 1e-9:
            yield messages.tell(
                "weights: the right option {name!r} weighs {weight:g}; with show:, each must weigh 1/{count}",
                name=name, weight=weight, count=least,
            )  # fmt: skip


def amount(least: int, most: int) -> str:
    """How many right options, for a message.

    >>> amount(1, 1), amount(2, 3)
    ('1', '2 to 3')
    """
    return str(least) if least == most else messages.tell("{least} to {most}", least=least, most=most)
