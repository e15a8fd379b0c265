r"""Authors' texts: read once into blocks and inlines, filled with a variant's values, never HTML and never a template.

>>> from qbank.model import Printed
>>> text = read("电路如图，$R_1 = {{ R1 }}$，**求**增益 [[gain]]。")
>>> sorted(names(text)), blanks(text)
(['R1'], ('gain',))
>>> plain(fill(text, {"R1": Printed("4.7 kΩ", r"4.7\,\mathrm{k\Omega}", "4.7", "4.7")}))
'电路如图，R_1 = 4.7 kΩ，求增益 ____。'
>>> read(r"求 $\fracc{1}{2}$")
Traceback (most recent call last):
    ...
qbank.markup.error.MarkupError: \fracc is not a known command; did you mean \frac?
"""

from __future__ import annotations

from qbank.markup.braces import of_key
from qbank.markup.error import MarkupError
from qbank.markup.fill import fill, fill_line, told
from qbank.markup.held import blanks, derivations, figures, files, names, opened, pieces
from qbank.markup.joining import joined
from qbank.markup.plain import BLANK, called, literal, plain, plain_line
from qbank.markup.read import label, line, read

__all__ = [
    "BLANK", "MarkupError", "blanks", "called", "derivations", "figures", "files", "fill", "fill_line", "joined",
    "label", "line", "literal", "names", "of_key", "opened", "pieces", "plain", "plain_line", "read", "told",
]
