"""Values as pickles that can name frozen records and numbers, and nothing that acts.

A pickle is a program. These are safe to run for two reasons, each of which would do. Who could have written one: the
folder and the file are this user's and open to nobody else (`_folder`), and whoever can write there can as well change
the programs that this user runs. What one could do: `find_class` gives out classes of this package and of the packages
that add kinds to it, and the few names of the standard library and of NumPy that hold numbers; a pickle that names
anything else (`os.system`, a function of ours) is not read. From JSON the records would have to be validated again,
which is what takes the time.
"""

from __future__ import annotations

import io
import pickle
from functools import cache
from typing import Any

from qbank import registry

PLAIN = frozenset({
    ("fractions", "Fraction"), ("decimal", "Decimal"), ("datetime", "date"), ("builtins", "complex"),
    ("builtins", "frozenset"), ("builtins", "set"), ("numpy", "dtype"), ("numpy", "ndarray"),
    ("numpy._core.numeric", "_frombuffer"), ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "scalar"), ("numpy.core.numeric", "_frombuffer"),
    ("numpy.core.multiarray", "_reconstruct"), ("numpy.core.multiarray", "scalar"),
})  # fmt: skip
"""What a value may name besides classes of ours."""
UNFIT = (pickle.PickleError, AttributeError, ImportError, TypeError, ValueError, LookupError, EOFError, RecursionError)
"""What a value raises that cannot be pickled, or a pickle that is none of ours."""


class _Reader(pickle.Unpickler):
    """Reads what names no more than it may."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of that name. Raises UnpicklingError for anything else."""
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        if module.partition(".")[0] in _roots():
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not read from a cache")


@cache
def _roots() -> frozenset[str]:
    return frozenset({"qbank", *(home.stem for home in registry.outside_packages())})


def frozen(value: Any) -> bytes | None:
    """The value as a pickle, or None where it has none."""
    try:
        return pickle.dumps(value, protocol=5)
    except UNFIT:
        return None


def thawed(pickled: bytes | memoryview) -> Any:
    """The value, or None where the pickle is not one that may be read."""
    try:
        return _Reader(io.BytesIO(pickled)).load()
    except UNFIT:
        return None
