"""A bank in Chinese only: read, checked, printed, graded and reported, and refused where English is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run

from qbank import bank, papers, records
from qbank.actions.check import check
from qbank.actions.regrade import regrade
from qbank.bank import Bank, Settings, Source
from qbank.bank.blueprint import Blueprint
from qbank.bank.item import Item
from qbank.model import Bilingual, Lang, Refused
from qbank.outputs import html, text

FOLDER = Path(__file__).parent / "one_language"
RESPONSES = """candidate,name,form,Q1,Q2.1,Q2.2,Q2.3,Q2.4,Q2.5,Q3
1,甲,A,B,1-a,abc,字,上海,√,3
2,乙,A,A,ab,cab,,北京,×,5 V
"""


@pytest.fixture(scope="module")
def chinese() -> Bank:
    loaded = bank.load(FOLDER)
    assert loaded.problems == ()
    return loaded


@pytest.fixture
def exam(run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """The folder of an exam of the bank, graded; commands are on the bank."""
    monkeypatch.setenv("QBANK_BANK", str(FOLDER))
    assert run("paper", "quiz", "-o", "quiz", "--seed", "never on a sheet")[0] == 0
    Path("answers.csv").write_text(RESPONSES, encoding="utf-8")
    code, _, err = run("grade", "quiz", "answers.csv")
    assert (code, err) == (0, "")
    return "quiz"


def test_the_bank_has_no_problem_and_every_kind_of_text_in_one_language() -> None:
    assert check([FOLDER], seats=50).problems == ()


def test_a_text_that_is_missing_is_given_in_the_other_language() -> None:
    assert (Bilingual("电阻", "")["en"], Bilingual("", "resistor")["zh"]) == ("电阻", "resistor")
    assert [each.langs for each in (Bilingual("a", "b"), Bilingual("a", ""), Bilingual("", ""))] == [
        ("zh", "en"), ("zh",), (),
    ]  # fmt: skip


TEXTS = [
    ({"zh": "数"}, ("zh",), ("数", "")),
    ({"en": "n"}, ("en",), ("", "n")),
    ({"zh": "数", "en": "n"}, ("zh",), ("数", "n")),
    ({"zh": "数"}, (), ("数", "")),
    ({"zh": "数", "en": None}, ("zh",), ("数", "")),
    ("数", ("zh",), ("数", "")),
    ("n", ("en",), ("", "n")),
]
WRONG = [
    ({"zh": "数"}, ("en",), "the English text (en:) is missing"),
    ({"zh": "数"}, ("zh", "en"), "the English text (en:) is missing"),
    ({"zh": "数", "en": []}, ("zh",), "the English text (en:) is missing"),
    ({"zh": "  "}, (), "the Chinese text (zh:) is missing"),
    ({}, (), "needs a text: zh: …, en: …"),
    ("数", ("zh", "en"), "needs a text in each language: zh: …, en: …"),
    (" ", ("zh",), "needs a text in each language: zh: …"),
    ("zh：数", ("zh",), "write 'zh: ', with a half-width colon and a space"),
    ({"zh": "数", "fr": "n"}, ("zh",), "a text has zh: and en: only, not 'fr'"),
]


@pytest.mark.parametrize(("value", "asked", "expected"), TEXTS)
def test_a_text_is_needed_in_the_languages_that_are_declared(
    value: object, asked: tuple[Lang, ...], expected: tuple[str, str]
) -> None:
    assert records.bilingual(value, asked) == Bilingual(*expected)


@pytest.mark.parametrize(("value", "asked", "message"), WRONG)
def test_a_text_that_is_needed_and_missing_is_named(value: object, asked: tuple[Lang, ...], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message.translate({ord(s): chr(92) + s for s in '()'})}$"):
        records.bilingual(value, asked)


KINDS = [
    ("{kind: number, key: '2', tolerance: exact, mistakes: {m: {value: '3', zh: 三}}}", "mistakes.m"),
    ("{kind: vector, key: '[1, 2]', tolerance: exact, mistakes: {m: {value: [2, 1], zh: 反}}}", "mistakes.m"),
    ("{kind: shape, key: ['2'], mistakes: {m: {value: ['3'], zh: 三}}}", "mistakes.m"),
    ("{kind: text, accept: a, mistakes: {m: {accept: b, zh: 错}}}", "mistakes.m"),
    ("{kind: complex, key: {re: '1', im: '2'}, tolerance: 1%, mistakes: {m: {value: {re: '2', im: '1'}, zh: 反}}}",
     "mistakes.m"),
    ("{kind: interval, low: '1', high: '2', brackets: '[]', tolerance: 1%, mistakes: {m: {low: '0', zh: 零}}}",
     "mistakes.m"),
    ("{kind: choice, options: {a: {right: yes, zh: 一}, b: {zh: 二, en: two}}}", "options.a"),
    ("{kind: truth, twins: {a: {right: yes, zh: 一, en: one}, b: {right: no, zh: 二}}}", "twins.b"),
    (("{kind: matching, left: {a: {zh: 一, to: x}, b: {zh: 二, en: two, to: x}}, right: {x: {zh: 甲, en: x}, "
     "y: {zh: 乙, en: y}}}"), "left.a"),
    ("{kind: essay}\n    steps: {a: {marks: 1, zh: 一}}", "steps.a"),
]  # fmt: skip
ITEM = "id: a.b\ntitle: {{zh: 一, en: One}}\ntopic: t\nlevel: 1\nstem: {{zh: 一, en: One}}\n{more}parts:\n  - id: p\n"


@pytest.mark.parametrize(("answer", "path"), KINDS, ids=[row[0].partition(",")[0][7:] for row in KINDS])
@pytest.mark.parametrize("said", ["in the item", "in the bank"])
def test_every_kind_needs_its_texts_in_the_languages_that_are_declared(answer: str, path: str, said: str) -> None:
    def problems(langs: tuple[Lang, ...]) -> list[str]:
        more = f"languages: [{', '.join(langs)}]\n" if said == "in the item" else ""
        source = Source("a.yaml", f"{ITEM.format(more=more)}    answer: {answer}\n".encode())
        _, found = bank.read_item(source, {}, settings=Settings() if more else Settings(languages=langs))
        return [f"{problem.path}: {problem.message}" for problem in found]

    assert problems(("zh",)) == []
    own = "the text in en is missing; write zh:, en:, or figure: and a name"
    told = own if path == "options.a" else "'en:' is missing"
    place = path if path.startswith("steps") else f"answer.{path}"
    assert problems(("zh", "en")) == [f"$.parts[0].{place}: {told}"]


def test_a_bare_reason_serves_for_the_languages_that_there_are() -> None:
    answer = "{kind: choice, options: {a: {right: yes, zh: 一}, b: {zh: 二, why: 三}}}"
    item, _ = bank.read_item(
        Source("a.yaml", f"{ITEM.format(more='languages: [zh]' + chr(10))}    answer: {answer}\n".encode()), {}
    )

    assert isinstance(item, Item)
    assert [option.why for option in item.parts[0].facts.options] == [None, Bilingual("三", "")]


def test_a_paper_in_a_language_that_is_not_there_is_refused_before_anything_is_written(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QBANK_BANK", str(FOLDER))

    code, _, err = run("paper", "quiz", "-o", "quiz", "--lang", "both", "--seed", "never on a sheet")

    assert (code, err.splitlines()[:4]) == (2, [
        "qbank: blueprint quiz has no English texts",
        "  → make the paper with --lang zh, or write the English texts and languages: [zh, en]",
        "qbank: one.choice: the item has no English texts, and the paper is in Chinese and English",
        "  → write its English texts, name another item, or change the languages of the paper (languages: and --lang)",
    ])  # fmt: skip
    assert list(Path().iterdir()) == []


def test_a_blueprint_in_both_languages_draws_no_item_in_one(chinese: Bank) -> None:
    source = FOLDER / "blueprints" / "quiz.yaml"
    both = source.read_text(encoding="utf-8").replace("小测", "小测, en: Quiz").replace("zh: 题", "zh: 题, en: Part")
    both = both.replace("闭卷。", "闭卷。, en: Closed book.").replace("one.choice, one.match, ", "")
    plan, problems = bank.read(Source("quiz.yaml", both.encode()), Blueprint)
    assert plan is not None, problems

    with pytest.raises(Refused) as refused:
        papers.compose(plan, chinese, seed="s")

    assert refused.value.problems[0].message == (
        "draw: 1 (topic basics, kind number), but only 0 items fit; 1 more is not ready, or has no texts in a "
        "language of "
        "the paper"
    )


def test_the_exam_is_graded_and_reported_in_the_language_that_there_is(run: Run, exam: str) -> None:
    marks = Path(exam, "results/marks.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in marks[1:]] == ["1", "2"]
    assert '"title": {\n  "zh": "小测"\n }' in Path(exam, "exam.yaml").read_text(encoding="utf-8")
    for lang, said in (("zh", "上海不是首都，应填“北京”。"), ("en", "上海不是首都, expected “北京”.")):
        code, out, _ = run("explain", exam, "1", "Q2.4", "--lang", lang)
        assert code == 0
        assert said in out
    assert run("feedback", exam, "--lang", "en")[0] == 0


def test_a_corrected_item_needs_the_languages_of_the_papers_alone(exam: str) -> None:
    printed = (FOLDER / "basics" / "one.choice.yaml").read_text(encoding="utf-8")
    fixed = printed.replace("{right: yes, zh: 一}", "{zh: 一}").replace("b: {zh: 甲,", "b: {right: yes, zh: 甲,")

    found = [(each.candidate, float(each.before), float(each.after)) for each in regrade(Path(exam), fixed).changes]
    assert found == [("1", 1.0, 0.0)]


def test_an_item_is_shown_asked_and_listed_in_the_language_that_it_has(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QBANK_BANK", str(FOLDER))

    assert run("show", "one.match", "--lang", "en", "--key") == run("show", "one.match", "--lang", "zh", "--key")
    assert "选择" in run("list", "--lang", "en")[1]
    assert run("preview", "-o", "page.html", "--lang", "en")[0] == 0
    page = Path("page.html").read_text(encoding="utf-8")
    assert '<span lang="zh-CN">配对</span>' in page
    assert '<div class="one en"' not in page
    assert run("check", "--html", "check.html")[0] == 0


def test_an_export_leaves_out_what_is_not_in_its_language(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QBANK_BANK", str(FOLDER))

    _, _, err = run("export", "gift", "--lang", "en")
    assert err.splitlines() == [
        "lost: 5 items: left out: it is in Chinese only: one.choice, one.curve, one.match, one.number and 1 more"
    ]
    assert run("export", "gift", "one.choice", "--lang", "en") == (
        2, "", "qbank: one.choice: is in Chinese only\n  → export it with --lang zh\n"
    )  # fmt: skip


def test_every_output_prints_a_text_in_either_language(chinese: Bank) -> None:
    exam = papers.compose(chinese.blueprint("quiz"), chinese, seed="s")

    for lang in ("zh", "en"):
        book = papers.book(exam, 0, lang)
        for output in (text, html):
            assert "下列何者为数" in str(output.book(book) if output is html else text.worked(book.worked[0], lang))


ALONE = """\
id: text.alone
languages: [zh]
title: 平面镜
topic: {topic}
level: 1
parameters:
  d: {{integers: [1 m, 5 m]}}
derive:
  D: {{value: 2*d, shown: 2, unit: m}}
stem:
  - 某人站在平面镜前 {{{{ d }}}} 处。
  - {{when: d > 0, zh: 像是虚像。}}
parts:
  - id: distance
    ask: 人与像之间的距离是多少？
    answer:
      kind: choice
      options: {{near: "{{{{ d }}}}", far: {{right: yes, zh: "{{{{ D }}}}"}}}}
  - id: order
    ask: 由小到大排列。
    answer: {{kind: ordering, items: {{one: 一, two: 二}}, order: [one, two]}}
  - id: pairs
    ask: 连线。
    answer: {{kind: matching, left: {{a: {{zh: 镜, to: p}}, b: {{zh: 灯, to: q}}}}, right: {{p: 反射, q: 发光}}}}
solution: 像与物到镜面的距离相等。
"""


def test_in_one_language_a_text_may_be_written_alone(chinese: Bank) -> None:
    """Titles, stems, passages, questions, options, the items of an ordering, the right of a matching, solutions."""
    source = Source("alone.yaml", ALONE.format(topic=next(iter(chinese.topics))).encode())
    item, problems = bank.read_item(source, {})

    assert (problems, item is not None and item.title) == ([], Bilingual("平面镜", ""))


def test_in_two_languages_it_may_not() -> None:
    source = Source("alone.yaml", ALONE.replace("languages: [zh]", "languages: [zh, en]").format(topic="t").encode())
    _, problems = bank.read_item(source, {})

    assert str(problems[0]).splitlines()[0] == (
        "alone.yaml:3:8: $.title: needs a text in each language: zh: …, en: …"
    )
