"""A sheet as a PDF: its units are measured, divided into pages, and printed on them with what each page bears.

Measuring takes as long as printing. The forms of one exam differ in values and hardly in heights, so the pages of the
first one serve for all of a language and a size of type, and everybody's question 12 is on the same page; a form that
does not fit them gets pages of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, TypeAlias

from qbank.model import Lang
from qbank.outputs import _view
from qbank.outputs.pdf import breaks, pagecode, tree
from qbank.outputs.pdf.breaks import Page, Unit
from qbank.outputs.pdf.press import found, typeset
from qbank.sheets import Sheet

Plan: TypeAlias = tuple[Page, ...]
Kind: TypeAlias = tuple[Lang, bool]
_COUNT = re.compile(rb"/Type\s*/Pages\s*/Count (\d+)")


def planned(sheet: Sheet) -> Plan:
    """The pages of a sheet. Raises Refused when a text holds a character that no font has."""
    return _planned(sheet, tree.written(_view.sheet(sheet)))


def printed(sheet: Sheet, plan: Plan | None = None) -> bytes:
    """The sheet on the pages of a plan if it fits them, else on its own.

    Raises Refused when a text holds a character that no font has.
    """
    node = tree.written(_view.sheet(sheet))
    if plan is not None:
        content, count = _printed(sheet, node, plan)
        if count == _sides(sheet, plan):
            return content
    plan = _planned(sheet, node)
    content, count = _printed(sheet, node, plan)
    missing = count - _sides(sheet, plan)
    return content if missing <= 0 else _printed(sheet, node, _longer(plan, missing))[0]


def pages(paper: bytes) -> int:
    """How many pages a PDF of ours has."""
    return max((int(count) for count in _COUNT.findall(paper)), default=0)


def kind(sheet: Sheet) -> Kind:
    """What sheets have in common that may have the same pages."""
    return sheet.lang, sheet.large_print


def printed_by(plans: Mapping[Kind, Plan], sheet: Sheet) -> bytes:
    """The sheet on the pages that were planned for its kind."""
    return printed(sheet, plans.get(kind(sheet)))


def document(sheet: Sheet, node: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """What the page template reads: the sheet's node, its pages, and the code of each side."""
    codes = pagecode.drawings(sheet.langs, sheet.serial, _sides(sheet, plan)) if sheet.serial else []
    return {**node, "codes": codes, "pages": [asdict(page) for page in plan]}


def _printed(sheet: Sheet, node: Mapping[str, Any], plan: Plan) -> tuple[bytes, int]:
    content = typeset("sheet", sheet.lang, document(sheet, node, plan), sheet.imprint.templates)
    return content, pages(content)


def _sides(sheet: Sheet, plan: Plan) -> int:
    """How many pages are printed: a page of A3 holds two of a plan."""
    count = sum(page.count for page in plan)
    return -(-count // 2) if sheet.imprint.imposition.size == "A3" else count


def _longer(plan: Plan, missing: int) -> Plan:
    """The plan with the pages counted to which something higher than a page went on."""
    flowing = max(plan, key=lambda page: page.count)
    return tuple(replace(page, count=page.count + missing) if page is flowing else page for page in plan)


def _planned(sheet: Sheet, node: Any) -> Plan:
    told = found("heights", sheet.lang, node, "heights", sheet.imprint.templates)
    units = [Unit(**unit) for unit in told["units"]]
    on = sheet.imprint.imposition
    turned = {1} if on.size == "A3" else {0} if on.sides == 2 else set()
    return breaks.divided(units, told["height"], turned)
