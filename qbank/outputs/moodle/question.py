"""Questions of Moodle's bank: an element a question, of the type that asks what is to be asked."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from qbank.model import Bilingual, Counted, Lang, printed_marks
from qbank.outputs import _moodle, _webtext
from qbank.outputs._moodle import Asked, Fields, Impossible, Joined, Numeric, Ticks, Truth, Words, Written
from qbank.outputs.moodle.markup import Files, answer, cdata, formula, manner
from qbank.sheets import Answer, Worked

PENALTY = "0.3333333"
"""What a further try costs where a quiz allows some: Moodle's default."""
KEY = Bilingual(zh="参考答案：", en="Key: ")
ACCEPTED = Bilingual(zh="可接受：", en="Accepted: ")
MARKS = Counted(zh="（{marks} 分）", one=" ({marks} mark)", en=" ({marks} marks)")


def element(sort: str, name: str, idnumber: str, told: str, solution: str, marks: Fraction | None, more: str) -> str:
    """One question; its texts are elements already. A cloze has no mark of its own."""
    mark = "" if marks is None else f"<defaultgrade>{float(marks):.7f}</defaultgrade>"
    return (
        f'<question type="{sort}"><name><text>{cdata(name)}</text></name>{told}{solution}{mark}'
        f"<penalty>{PENALTY}</penalty><hidden>0</hidden><idnumber>{cdata(idnumber)}</idnumber>{more}</question>"
    )


def category(path: str) -> str:
    """The category of the questions that follow."""
    return f'<question type="category"><category><text>{cdata(path)}</text></category></question>'


def alone(asked: Asked, given: Answer, lang: Lang, files: Files) -> tuple[str, str]:
    """The type of a question with one part, and what stands in it besides its texts. Raises TypeError for Fields."""
    match asked:
        case Numeric():
            return "numerical", _numerical(asked)
        case Words(words, case):
            answers = "".join(answer(_percent(each.credit), _moodle.typed(each.text), each.why) for each in words)
            return "shortanswer", f"<usecase>{int(case)}</usecase>{answers}"
        case Ticks():
            return "multichoice", _multichoice(asked, files)
        case Truth(holds, why):
            return "truefalse", "".join(
                answer("100" if one == holds else "0", str(one).lower(), "" if one == holds else why)
                for one in (True, False)
            )  # fmt: skip
        case Joined():
            return "matching", _matching(asked, files)
        case Written(lines):
            return "essay", _essay(lines, given, lang, files)
        case Impossible():
            return "essay", _essay(3, given, lang, files)
        case Fields():
            raise TypeError("several fields are a cloze")
        case other:
            assert_never(other)


def _numerical(asked: Numeric) -> str:
    answers = "".join(
        answer(_percent(each.credit), repr(each.middle), each.why, more=f"<tolerance>{each.reach!r}</tolerance>")
        for each in asked.nears
    )  # fmt: skip
    units = "".join(
        f"<unit><multiplier>{1 / each.factor!r}</multiplier><unit_name>{cdata(each.name)}</unit_name></unit>"
        for each in asked.units
    )  # fmt: skip
    graded = int(bool(units and asked.penalty))
    return (
        f"{answers}{f'<units>{units}</units>' if units else ''}<unitgradingtype>{graded}</unitgradingtype>"
        f"<unitpenalty>{asked.penalty:.7f}</unitpenalty><showunits>{0 if units else 3}</showunits>"
        "<unitsleft>0</unitsleft>"
    )


def _multichoice(asked: Ticks, files: Files) -> str:
    answers = "".join(
        f'<answer fraction="{_percent(each.credit)}" format="html">{_inner(files, each.option)}'
        f"{files.element('feedback', each.why)}</answer>"
        for each in asked.ticks
    )  # fmt: skip
    single = str(not asked.several).lower()
    return (
        f"<single>{single}</single><shuffleanswers>false</shuffleanswers>"
        f"<answernumbering>{'ABCD' if asked.lettered else 'none'}</answernumbering>"
        f"<showstandardinstruction>{int(asked.several)}</showstandardinstruction>{answers}"
    )


def _matching(asked: Joined, files: Files) -> str:
    pairs = [(left, asked.right[place]) for left, place in zip(asked.left, asked.places, strict=True)]
    pairs += [("", right) for place, right in enumerate(asked.right) if place not in asked.places]
    return "<shuffleanswers>false</shuffleanswers>" + "".join(
        f'<subquestion format="html">{_inner(files, left)}<answer><text>{cdata(right)}</text></answer></subquestion>'
        for left, right in pairs
    )  # fmt: skip


def _inner(files: Files, html: str) -> str:
    """A text with its files, without an element of its own."""
    return files.element("", html).removeprefix('< format="html">').removesuffix("</>")


def _essay(lines: int, given: Answer, lang: Lang, files: Files) -> str:
    """Room to write, and for whoever marks: the key and the marking scheme."""
    shows = manner(files)
    key = formula(given.printed.tex) if given.printed.tex else _webtext.escaped(given.printed.text)
    told = [f"<p>{KEY[lang]}{key}</p>"]
    told += [f"<p>{ACCEPTED[lang]}{_webtext.escaped(given.accepted)}</p>"] if given.accepted else []
    for line in given.steps:
        told.append(f"<p><strong>{MARKS.of(line.marks, lang, marks=printed_marks(line.marks)).strip()}</strong></p>")
        told.append(_webtext.html(line.text, lang, shows))
    told += [f"<p>{_webtext.escaped(each.printed)}: {_webtext.line(each.text, shows)}</p>" for each in given.mistakes]
    return (
        f"<responseformat>editor</responseformat><responserequired>1</responserequired>"
        f"<responsefieldlines>{lines}</responsefieldlines><attachments>0</attachments>"
        f"<attachmentsrequired>0</attachmentsrequired>{files.element('graderinfo', ''.join(told))}"
        '<responsetemplate format="html"><text></text></responsetemplate>'
    )


def solution(worked: Worked, lang: Lang, files: Files) -> str:
    """The worked solution, shown once the answer is in."""
    return files.element("generalfeedback", _webtext.html(worked.explained, lang, manner(files)))


def _percent(credit: float) -> str:
    return _moodle.percent(credit)[0]
