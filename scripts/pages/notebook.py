"""A page as a notebook: its text in cells of Markdown, its Python listings in cells of code, without any output."""

from __future__ import annotations

import json
import re
from typing import Any

_LISTING = re.compile(r"^```python\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


def notebook(page: str) -> str:
    """The notebook of a page, as the text of an .ipynb file.

    >>> [cell["cell_type"] for cell in json.loads(notebook("# One\\n\\n```python\\n1 + 1\\n```\\nTwo\\n"))["cells"]]
    ['markdown', 'code', 'markdown']
    """
    cells: list[dict[str, Any]] = []
    for place, text in enumerate(_LISTING.split(page)):
        if text.strip():
            cells.append(_cell("code" if place % 2 else "markdown", text.strip(), len(cells)))
    about = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return json.dumps({"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False,
                      indent=1) + "\n"  # fmt: skip


def _cell(sort: str, text: str, place: int) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": sort, "id": f"{sort}-{place}", "metadata": {}, "source": text.splitlines(keepends=True)
    }
    return cell | {"execution_count": None, "outputs": []} if sort == "code" else cell
