"""Items as a content package of QTI 3: an assessment item for each variant, and a test that draws one of each item."""

from __future__ import annotations

from qbank.outputs import Output, Written
from qbank.outputs._qti import package, responses, tree
from qbank.sheets import Items


def written(items: Items) -> Written:
    """The package, with everything that it does not hold."""
    return package.package(items, tree.V3)


OUTPUT = Output(".qti3.zip", items=written, returned=responses.returned)
