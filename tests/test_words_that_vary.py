"""Labels print as the words of the paper's language, whole numbers as digits in a base; what is printed is marked."""

from __future__ import annotations

import numpy as np
import pytest
from sample_items import HEAD, faults, item_of

from qbank import marking, markup, papers, variants
from qbank.bank.item import Item
from qbank.model import LANGS, Lang, Refused
from qbank.variants import Variants

CASE = "case: {labels: {rise: {zh: 上升, en: rises}, fall: {zh: 下降, en: falls}}}"
ASK = "parts: [{id: word, ask: {zh: 填空, en: Fill in}, answer: {kind: text, %s}}]\n"
OTHER = ASK % 'accept: "1"'


def item(parameters: str = CASE, derive: str = "{}", answer: str = 'accept: "1"') -> Item:
    return item_of(f"{HEAD}parameters: {{n: {{integers: [0, 255]}}, {parameters}}}\nderive: {derive}\n{ASK % answer}")


def printed(one: Item, text: str, lang: Lang, **given: str) -> str:
    """What a text prints on the variant with these values."""
    drawn = variants.given(one, given)
    return markup.plain(markup.fill(markup.read(text), variants.printed(drawn, 0, lang)))


def marked(one: Item, responses: list[str], **given: str) -> list[float]:
    """The credit of every response on the variant with these values."""
    drawn = variants.given(one, given).take(np.zeros(len(responses), dtype=np.int64))
    return list(map(float, marking.mark(one, drawn, {"word": responses})["word"].credit))


PRINTED: list[tuple[str, str, str, str, str]] = [
    # parameters, derived values, what `{{ w }}` prints in Chinese and in English, remark
    ("w: {labels: {a: {zh: 上升, en: rises}}}", "{}", "上升", "rises", ""),
    ("w: {labels: {a: NPN}}", "{}", "NPN", "NPN", "one text for both languages"),
    ("w: {labels: [cut_off]}", "{}", "cut_off", "cut_off", "a label without a text is itself, and no mark-up"),
    ("w: {labels: {a: {zh: 电阻 $R_1$, en: 'the resistor $R_1$'}}}", "{}", "电阻 R_1", "the resistor R_1", "a formula"),
    ("c: {labels: {a: {zh: 甲, en: A}}}", "{w: c}", "甲", "A", "a derived label has the text of what it is"),
    ("c: {labels: [a]}", "{w: {value: c, labels: {a: {zh: 甲, en: A}}}}", "甲", "A", "or of its own table"),
    ("c: {labels: {a: 甲, b: 乙}}", "{w: \"'b' if c == 'a' else 'a'\"}", "乙", "乙", "the word of the other label"),
    ("k: {value: 1}", "{w: {value: k, labels: {a: 甲, b: 乙}}}", "乙", "乙", "by its place, from 0"),
    ("k: {value: 1}", "{w: {value: '2*k - 2', labels: [mon, tue]}}", "mon", "mon", "a list of words alone"),
    ("k: {value: 31}", "{w: hex(k)}", "1F", "1F", "digits in capitals, without a prefix"),
    ("k: {value: 31}", "{w: 'hex(k, 4)'}", "001F", "001F", "filled up"),
    ("k: {value: 300}", "{w: 'bin(k % 16, 8)'}", "00001100", "00001100", "of an expression"),
    ("k: {value: -8}", "{w: oct(k)}", "−10", "−10", "a negative number has its sign"),
    ("k: {value: 9007199254740991}", "{w: hex(k)}", "1FFFFFFFFFFFFF", "1FFFFFFFFFFFFF", "the largest one"),
    ("k: {value: 10}", "{w: 'hex([k, 2*k])'}", "A, 14", "A, 14", "a vector"),
]


@pytest.mark.parametrize(
    ("parameters", "derive", "zh", "en", "remark"), PRINTED, ids=[row[-1] or row[0] for row in PRINTED]
)
def test_a_word_prints_in_the_language_of_the_paper(
    parameters: str, derive: str, zh: str, en: str, remark: str
) -> None:
    one = item(parameters, derive)

    assert (printed(one, "{{ w }}", "zh", n="1"), printed(one, "{{ w }}", "en", n="1")) == (zh, en), remark
    assert printed(one, "$x = {{ w }}$", "zh", n="1") == f"x = {zh}".replace("−", "-"), remark


def test_the_words_of_options_of_mistakes_and_of_solutions_are_those_of_the_paper() -> None:
    one = item_of(f"""{HEAD}
parameters: {{{CASE}}}
stem: {{zh: "温度{{{{ case }}}}。", en: "The temperature {{{{ case }}}}."}}
parts:
  - id: pick
    ask: {{zh: 选择, en: Choose}}
    answer:
      kind: choice
      options:
        same: {{right: yes, zh: "它{{{{ case }}}}", en: "it {{{{ case }}}}"}}
        other: {{zh: 不变, en: it stays, why: {{zh: "它{{{{ case }}}}了", en: "it {{{{ case }}}}"}}}}
solution: {{zh: "**{{{{ case }}}}**", en: "**{{{{ case }}}}**"}}
""")
    drawn = variants.given(one, {"case": "fall"})
    said = {lang: str(papers.worked(drawn, 0, lang, {}, 1, (one.marks,))) for lang in LANGS}

    assert [said["zh"].count("下降"), said["zh"].count("falls"), said["zh"].count("{{")] == [5, 0, 0]
    assert [said["en"].count("falls"), said["en"].count("下降"), said["en"].count("{{")] == [5, 0, 0]


TABLE = "{up: {zh: 增大, en: grows}, down: {zh: 减小, en: shrinks}}"
WORD = f"{{word: {{value: \"'up' if case == 'rise' else 'down'\", labels: {TABLE}}}}}"


@pytest.mark.parametrize(("response", "credit", "remark"), [
    ("增大", 1, "the Chinese word"), ("grows", 1, "the English one, whatever the paper's language"),
    ("增大（grows）", 1, "both"), ("减小", 0, "the word of the other variants"), ("up", 0, "a label is not printed"),
])  # fmt: skip
def test_the_printed_word_is_what_is_right(response: str, credit: float, remark: str) -> None:
    one = item(derive=WORD, answer='accept: "{{ word }}"')

    assert marked(one, [response], case="rise", n="1") == [credit], remark


def test_each_language_prints_its_word_as_the_key() -> None:
    mistakes = 'mistakes: {other: {accept: "{{ case }}", zh: 题中, en: given}}'
    one = item(derive=WORD, answer=f'accept: "{{{{ word }}}}", {mistakes}')
    drawn = variants.given(one, {"case": "rise"})

    assert [papers.questions.key(drawn, one.parts[0], 0, lang).text for lang in LANGS] == ["增大", "grows"]
    assert marked(one, ["上升", "rises"], case="rise") == [0, 0]


def test_an_exam_that_sealed_one_text_for_both_languages_keeps_its_marks() -> None:
    one = item("w: {labels: [NPN]}", answer='accept: "{{ w }}"')
    drawn = variants.given(one, {"n": "1"})

    assert set(drawn.keys["word"]) == {"set", "filled"}


DIGITS: list[tuple[str, int, list[str], list[str]]] = [
    # the derived value, n, what is right, what is wrong
    ("hex(n)", 31, ["1F", "1f", "0x1F", "0X1f", "1Fh", "1F H", "001F", "(1F)16", "(1F)_16", "1F_16",
                      "1F_{16}", "1F₁₆", "(1F)₁₆", "h = 1F", "１Ｆ"],
     ["1E", "31", "F1", "0b1F", "1F8", "-1F", "2F", "1F_{2}", "1F₂"]),
    ("hex(n, 4)", 31, ["001F", "0x001f", "001Fh"], ["1F", "0x1F", "00001F"]),
    ("bin(n, 8)", 240, ["11110000", "1111 0000", "1111_0000", "0b11110000", "11110000B", "(11110000)2"],
     ["1111", "240", "0x11110000", "11110001"]),
    ("bin(n)", 5, ["101", "0101", "0000 0101", "0b101"], ["110", "5"]),
    ("oct(n)", 8, ["10", "010", "0o10", "10o", "10q", "(10)8"], ["8", "0x10"]),
]  # fmt: skip


@pytest.mark.parametrize(("value", "n", "right", "wrong"), DIGITS, ids=[row[0] for row in DIGITS])
def test_digits_count_as_they_are_usually_written(value: str, n: int, right: list[str], wrong: list[str]) -> None:
    one = item(derive=f"{{h: '{value}'}}", answer='accept: "{{ h }}"')

    assert dict(zip(right, marked(one, right, n=str(n)), strict=True)) == dict.fromkeys(right, 1.0)
    assert dict(zip(wrong, marked(one, wrong, n=str(n)), strict=True)) == dict.fromkeys(wrong, 0.0)


def test_digits_with_a_prefix_in_the_spelling_are_asked_with_it() -> None:
    one = item(derive="{h: hex(n)}", answer='accept: "0x{{ h }}"')

    assert marked(one, ["0x1f", "1F"], n="31") == [1, 0]


FAULTS: list[tuple[str, str]] = [
    ("derive: {h: 1 + hex(n)}", "hex(…) is a way to print, so it must be a whole derived value, as in h: hex(n)"),
    ("derive: {h: hex(n) + 1}", "hex(…) is a way to print, so it must be a whole derived value, as in h: hex(n)"),
    ("require: ['bin(n) == 1']", "bin(…) is a way to print, so it must be a whole derived value, as in h: bin(n)"),
    ("derive: {h: hex()}", "hex needs a whole number, as in hex(n)"),
    ("derive: {h: 'oct(n, m)'}",
     "oct takes a whole number and its least number of digits, from 1 to 64, as in oct(n, 4)"),
    ("derive: {h: {value: hex(n), unit: V}}",
     "hex(n) prints the digits of a whole number, so it must not have shown:, unit: or labels:"),
    ("derive: {h: {value: n, labels: [a], shown: 3}}",
     "a value with labels: must not have shown: or unit:"),
    ("derive: {h: {value: n, labels: {a: {zh: 甲}}}}", "a: the English text (en:) is missing"),
    ("derive: {h: {value: n, zeros: yes}}",
     "zeros: keeps the zeros of a rounded value; give the number of figures with shown:"),
    ("derive: {w: 'case if n > 3 else other'}", "the label 'rise' has two texts; give w labels: of its own"),
    ("require: [case == rise]", "'rise' is a label; write it in quotes, as in case == 'rise'"),
]


@pytest.mark.parametrize(("field", "message"), FAULTS)
def test_what_no_word_can_be_is_refused_at_its_place(field: str, message: str) -> None:
    parameters = f"parameters: {{n: {{integers: [0, 9]}}, {CASE}, other: {{labels: {{rise: {{zh: 涨, en: up}}}}}}}}\n"
    found = faults(f"{HEAD}{parameters}{field}\n{OTHER}")

    assert len(found) == 1
    assert f": {message}\n" in found[0]


def test_a_circle_of_labels_is_one_fault() -> None:
    found = faults(f"{HEAD}derive: {{a: b, b: a}}\n" + ASK % 'accept: "{{ a }}"')

    assert [text.split(": ", 2)[2].split("\n")[0] for text in found] == ["there is a circular definition: a → b → a"]


@pytest.mark.parametrize(("value", "message"), [
    ("{value: n, labels: [a, b]}", "the value of w is not one of its labels"),
    ("{value: \"'c' if n > 1 else 'a'\", labels: [a, b]}", "the value of w is not one of its labels"),
    ("hex(n/2)", "hex(n/2) is not a whole number below 2^53"),
])  # fmt: skip
def test_a_variant_whose_word_does_not_exist_is_not_drawn(value: str, message: str) -> None:
    text = f"{HEAD}parameters: {{n: {{integers: [%s]}}}}\nderive: {{w: {value}}}\n{OTHER}"

    kept: Variants = variants.make(item_of(text % "0, 3"), "seed", np.arange(8))
    with pytest.raises(Refused) as refused:
        variants.make(item_of(text % "5, 5"), "seed", np.arange(2))

    assert set(kept.columns["n"].values.tolist()) <= {0, 1, 2}
    assert refused.value.problems[0].message == f"its only variant cannot be drawn: {message}"
    assert refused.value.problems[0].path == "$.derive.w"
