# ruff: noqa: E501  (the two languages read best side by side)
"""A rich sample sheet and book in both languages: every interaction, and everything that can stand in a text."""

from __future__ import annotations

from fractions import Fraction

from qbank.model import (
    Bilingual,
    Blank,
    Block,
    Candidate,
    Code,
    Drawing,
    Inline,
    Label,
    Lang,
    Listing,
    Maths,
    Paragraph,
    Printed,
    Strong,
    Table,
    Text,
)
from qbank.sheets import Answer, Body, Book, Foreseen, Part, Question, Section, Sheet, Worked
from qbank.waist import Choice, EntryGrid, ExtendedText, Interaction, Pairing, TextEntry, Unscored

HOSTILE = (
    "#set page(1cm)", "<script>alert(1)</script>", "$x$", "\\", "]]", "{{ 7*7 }}", "{% raw %}", "#panic()",
    "*bold*", "_it_", "@ref", "<lbl>", "`raw`", "= heading", "- item", "// comment", "/* */", '"quoted"', "'single'",
    "&amp;", "&lt;b&gt;", "-->", "]]>", "</style>", "\\u{41}", "~", "---", "https://a.b", "#sys.inputs",
)


def m(tex: str, *, display: bool = False) -> Maths:
    return Maths((tex,), display)


def p(*run: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in run))


def option(*run: str | Inline) -> tuple[Block, ...]:
    return (p(*run),)


def amplifier() -> Drawing:
    """An inverting amplifier, drawn by hand."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 130" width="220pt" height="130pt">'
        '<g fill="none" stroke="#000" stroke-width="1">'
        '<path d="M10 60H40M80 60H110M40 54H80V66H40ZM110 50V100L160 75ZM95 60V20H115M155 20H175V75M115 14H155V26H115Z'
        'M160 75H200M110 90H95V115M87 115H103"/><circle cx="8" cy="60" r="2"/><circle cx="202" cy="75" r="2"/></g>'
        '<circle cx="95" cy="60" r="2"/><circle cx="175" cy="75" r="2"/></svg>'
    )
    labels = (
        Label(60, 50, "center", "bottom", (m("R_1"), Text(" "), m(r"10\,\mathrm{k\Omega}"))),
        Label(135, 10, "center", "bottom", (m(r"R_f = 100\,\mathrm{k\Omega}"),)),
        Label(2, 60, "right", "middle", (m("u_i"),)),
        Label(208, 75, "left", "middle", (m("u_o"),)),
        Label(113, 60, "left", "middle", (Text("−"),), 8.0),
        Label(113, 90, "left", "middle", (Text("+"),), 8.0),
        Label(95, 119, "center", "top", (Text("公共地"),), 8.0),
    )
    alt = Bilingual(zh="反相比例运算电路，输入电阻接反相端", en="An inverting amplifier with its input at the minus end")
    return Drawing(220, 130, svg, labels, alt)


def part(
    id: str, interaction: Interaction, *ask: Block | Drawing, label: str = "", marks: int | Fraction = 2,
    inline: bool = False, space: float = 0.0,
) -> Part:
    return Part(id, label, Fraction(marks), ask, interaction, inline, space)  # type: ignore[arg-type]


def question(number: int, stem: Body, *parts: Part) -> Question:
    return Question(number, sum((each.marks for each in parts), Fraction(0)), stem, parts)


def section(label: str, title: str, note: str, *questions: Question) -> Section:
    return Section(label, title, note, (), sum((q.marks for q in questions), Fraction(0)), questions)


def sections(lang: Lang) -> tuple[Section, ...]:
    """Every interaction once or more, with both short and long texts."""
    t = Bilingual.__getitem__

    def say(zh: str, en: str) -> str:
        return t(Bilingual(zh, en), lang)

    blanks = section(
        say("一", "A"), say("填空题", "Fill in the blanks"), say("每空 1 分，共 4 分", "1 mark for each blank, 4 in all"),
        question(
            1, (p(say("半波整流电路的输出平均电压为 ", "The mean output voltage of a half-wave rectifier is "),
                  Blank("half"), say("，桥式整流电路为 ", ", that of a bridge rectifier is "), Blank("bridge"),
                  say("。其中二极管承受的最大反向电压是 ", ". The greatest reverse voltage on a diode is "),
                  m(r"\sqrt{2}U_2"), "。" if lang == "zh" else "."),),
            part("half", TextEntry(5.0, "V"), inline=True, marks=1),
            part("bridge", TextEntry(5.0), inline=True, marks=1),
        ),
        question(
            2, (p(say("若输入 ", "With an input "), m(r"x \in \mathbb{R}^{N \times T \times d}"),
                  say("，隐藏层输出的形状为 ", ", the hidden output has the shape "), Blank("shape"),
                  say("，最后一步的向量为 ", " and the last step is "), Blank("vector"), "。" if lang == "zh" else "."),),
            part("shape", TextEntry(8.0), inline=True, marks=1),
            part("vector", EntryGrid(1, 3), inline=True, marks=1),
        ),
    )
    choices = section(
        say("二", "B"), say("选择题", "Multiple choice"), say("每小题 2 分，共 8 分", "2 marks each, 8 in all"),
        question(
            3, (p(say("某放大电路的 ", "An amplifier has "), m(r"20\lg|\dot{A}_u| = 40\,\mathrm{dB}"),
                  say("，则 ", "; then "), m("|A_u|"), say(" 为", " is")),),
            part("gain", Choice((option(m("10")), option(m("100")), option(m("1000")), option(m("40"))))),
        ),
        question(
            4, (p(say("电路如图，下列说法正确的是", "For the circuit shown, the true statement is")), amplifier()),
            part("which", Choice((
                option(say("输入电阻等于 ", "the input resistance is "), m("R_1")),
                option(say("输出电阻很大", "the output resistance is large")),
                option(say("是电流串联负反馈", "the feedback is current series")),
                option(say("闭环增益为 ", "the gain is "), m(r"1 + \frac{R_f}{R_1}")),
            ))),
        ),
        question(
            5, (p(say("关于长短期记忆网络（LSTM），下列说法正确的是", "Of long short-term memory networks, it is true that")),),
            part("lstm", Choice((
                option(say("遗忘门的输出在 ", "the output of the forget gate lies in "), m("(0, 1)"),
                       say(" 内，它逐元素地乘在上一时刻的细胞状态上，决定保留多少旧的信息",
                           ", and multiplies the previous cell state element by element, which decides how much is kept")),
                option(say("输入门恒为 0", "the input gate is always 0")),
                option(say("细胞状态与隐藏状态总是相等", "the cell state always equals the hidden state")),
                option(say("以上都不对", "none of these")),
            ), several=True)),
        ),
        question(
            6, (), part("hostile", Choice((option(HOSTILE[0]), option(HOSTILE[1]), option(HOSTILE[3]), option(HOSTILE[5]))),
                        p(" ".join(HOSTILE))),
        ),
    )
    truths = section(
        say("三", "C"), say("判断题", "True or false"), say("每小题 1 分，共 2 分；对的打√，错的打×", "1 mark each; write T or F"),
        *(question(
            7 + i, (),
            part("truth", Choice((option(say("对", "true")), option(say("错", "false"))), style="truth",
                                 prompt=(p(text),)), marks=1))
          for i, text in enumerate((
              say("稳压管工作在反向击穿区。", "A Zener diode regulates in reverse breakdown."),
              say("循环神经网络在各个时间步使用同一组权重，因此序列再长，参数的数量也不变；这也是梯度消失与梯度爆炸的来源之一，因为同一个矩阵被反复相乘。",
                  "A recurrent network uses the same weights at every step, so that the number of parameters does not grow "
                  "with the sequence; this is also one source of vanishing gradients."),
          ))),
    )
    matching = section(
        say("四", "D"), say("匹配与排序题", "Matching and ordering"), "",
        question(
            9, (p(say("将措施与它所解决的问题配对。", "Match each remedy with its problem.")),),
            part("pairs", Pairing(
                (option(say("梯度裁剪", "gradient clipping")), option(say("门控结构", "gates")), option(say("随机失活", "dropout"))),
                (option(say("过拟合", "overfitting")), option(say("梯度爆炸", "exploding gradients")),
                 option(say("梯度消失", "vanishing gradients")), option(say("欠拟合", "underfitting"))),
            ), marks=3),
        ),
        question(
            10, (p(say("按先后排列训练的步骤。", "Put the steps of training in order.")),),
            part("order", Pairing((), (option(say("反向传播", "backward pass")), option(say("更新参数", "update")),
                                       option(say("前向计算", "forward pass")))), marks=3),
        ),
    )
    long = section(
        say("五", "E"), say("计算与论述题", "Longer questions"), "",
        question(
            11, (p(say("电路如图，", "In the circuit shown, "), m(r"R_1 = 10\,\mathrm{k\Omega}"), say("，", " and "),
                   m(r"R_f = 100\,\mathrm{k\Omega}"), say("，运放为理想运放。", "; the amplifier is ideal.")), amplifier()),
            part("a", TextEntry(6.0), p(say("求闭环电压放大倍数 ", "Find the closed-loop gain "), m("A_{uf}"), say("。", ".")),
                 label="(1)", marks=3, space=2.0),
            part("b", TextEntry(6.0, "kΩ"), p(say("求输入电阻 ", "Find the input resistance "), m("R_i"), say("。", ".")),
                 label="(2)", marks=Fraction(5, 2)),
            part("c", EntryGrid(2, 2), p(say("写出传输矩阵。", "Write down the transmission matrix.")), label="(3)", marks=4),
        ),
        question(
            12, (p(say("一段程序如下，表中是各层的参数。", "A program and the parameters of its layers:")),
                 Listing('rnn = torch.nn.LSTM(input_size=8, hidden_size=16)  # 循环层\nif x[0] < 1 and y != "a":\n\tprint(f"{h.shape}")',
                         "python"),
                 Table(((Text(say("层", "layer")),), (Text(say("形状", "shape")),), (m("n"),)),
                       (((Strong((Text("LSTM"),)),), (m(r"4h \times (d + h)"),), (Text("1 664"),)),
                        ((Code("fc.weight"),), (m(r"h \times 10"),), (Text("160"),))))),
            part("x", ExtendedText(6),
                 p(say("推导每个时间步的更新式，并说明 ", "Derive the update and explain "), Code("hidden_size"),
                   say(" 的作用：", ":"), m(r"c_t = f_t \odot c_{t-1} + i_t \odot \tilde{c}_t", display=True)), marks=6),
        ),
    )
    return blanks, choices, truths, matching, long


def sheet(lang: Lang, *, candidate: Candidate | None = None, form: str = "A") -> Sheet:
    """The sample sheet."""
    parts = sections(lang)
    zh = lang == "zh"
    return Sheet(
        lang, "期末考试" if zh else "Final Examination", "某某大学" if zh else "Example University",
        "模拟电子技术" if zh else "Analogue Electronics", 120, sum((s.marks for s in parts), Fraction(0)), form, candidate,
        (p("注意：所有答案写在试卷上。" if zh else "Answer all questions on this paper."),), parts,
    )


SECRET = "0.7071e-9"
"""A key that stands nowhere on the sheet."""


def book(lang: Lang) -> Book:
    """The sample sheet with a key, mistakes and a solution for every question."""
    shown = sheet(lang)
    wrong = (Foreseen("+10", (Text("漏掉负号" if lang == "zh" else "the minus sign is missing"),), 0.0),
             Foreseen("11", (Text(HOSTILE[1]),), 0.5))
    return Book(shown, tuple(
        Worked(q, f"opamp.sample.q{q.number}", "反相比例运算电路" if lang == "zh" else "Inverting amplifier",
               tuple(Answer(each, Printed(SECRET, r"-\frac{R_f}{R_1} = -10", SECRET, SECRET), f"[{SECRET}, 1]",
                            wrong if i == 0 else (), Unscored("")) for i, each in enumerate(q.parts)),
               (p("由虚短、虚断得" if lang == "zh" else "With a virtual short,", m(r"A_{uf} = -\frac{R_f}{R_1} = -10", display=True)),))
        for part in shown.sections for q in part.questions))
