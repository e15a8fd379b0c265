"""Type: what a line may not tear, which signs a page is set in, and which numbers would be read as one."""

from __future__ import annotations

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from qbank.model import Paragraph, Text
from qbank.outputs import _page, _questions
from qbank.outputs.html import fonts, lines
from qbank.sheets import Part
from qbank.waist import Pairing

X = _page.Formula("x")
T = _page.Text


@pytest.mark.parametrize(("run", "expected", "remark"), [
    ((T("设 "), X, T("，则")), ["设 ", "x，", "则"], "no line begins with a comma"),
    ((T("由（"), X, T("）。")), ["由", "（x）。", ""], "brackets on both sides"),
    ((X, T("，"), X, T("。")), ["x，", "", "x。", ""], "formulas side by side"),
    ((T("for "), X, T(", with")), ["for ", "x,", " with"], "in English"),
    ((T("求 "), X, T(" 的值")), ["求 ", "x", " 的值"], "a word may begin the next line"),
    ((_page.Formula("x", display=True), T("，")), ["x", "，"], "a formula on a line of its own"),
])  # fmt: skip
def test_a_formula_and_the_signs_that_touch_it_are_one(
    run: tuple[_page.Inline, ...], expected: list[str], remark: str
) -> None:
    said = ["".join(each.text if isinstance(each, _page.Text) else "x" for each in group) for group in lines.glued(run)]

    assert said == expected, remark


@pytest.mark.parametrize("html", [
    '<div class="number">7.</div>', "<h2>第 3 题</h2>", "<p><strong>5</strong></p>", '<th scope="col">1</th>',
])
def test_every_bold_digit_is_of_the_bold_font(html: str) -> None:
    rule = next(rule for rule in fonts.faces(html).splitlines() if "font-weight: 700" in rule)
    found = re.search(r"base64,([^)]+)\)", rule)
    assert found
    covered = set(map(chr, TTFont(io.BytesIO(base64.b64decode(found[1]))).getBestCmap()))

    assert set("0123456789") <= covered


@pytest.mark.parametrize("html", ["<p>7</p>", "<thead><tr><td>1</td></tr></thead>", "<div>1</div>"])
def test_a_page_without_bold_text_carries_no_bold_font(html: str) -> None:
    assert "font-weight: 700" not in fonts.faces(html)


@pytest.mark.parametrize(("left", "expected", "remark"), [
    (("pin 1", "pin 2"), ["1", "2"], "numbered"),
    (("1 脚", "5 脚"), ["", ""], "'1. 1 脚' reads as one number"),
    (("增益", "3 dB 频率"), ["", ""], "none where one would be"),
])
def test_a_left_list_is_numbered_where_no_text_begins_with_a_number(
    left: tuple[str, ...], expected: list[str], remark: str
) -> None:
    lists = tuple((Paragraph((Text(text),)),) for text in left)
    shown = _questions.action(Part("a", "", 2, (), Pairing(lists, lists), inline=False, space=0.0), "zh")  # type: ignore[arg-type]
    assert isinstance(shown, _page.Pairs)

    assert [item.label for item in shown.left] == expected, remark
