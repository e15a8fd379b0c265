"""Items with one fault each, as instructors make them: every one is caught by the check that is named, at a place."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from qbank import bank, checks, registry
from qbank.bank import Bank, Source
from qbank.model import Problem

QUESTIONS = Path(__file__).parents[1] / "questions"
SABOTAGE = Path(__file__).parent / "sabotage"
SEATS = 200

FAULTS = [
    ("key-without-minus", "witness.disagrees", "the minus sign of the key is missing"),
    ("key-upside-down", "witness.disagrees", "the ratio is upside down"),
    ("key-noninverting", "witness.disagrees", "the formula of the other amplifier"),
    ("key-in-thousands", "witness.disagrees", "a factor of 1000 for a prefix that SI values do not have"),
    ("figure-values-swapped", "witness.disagrees", "R_1 and R_f change places in the figure"),
    ("figure-of-another-circuit", "witness.disagrees", "the figure shows the non-inverting amplifier"),
    ("witness-of-nothing", "witness.unusable", "the witness asks for a node that the circuit has not"),
    ("witness-forgotten", "witness.none", "no witness, and nobody says why"),
    ("level-10-for-20", "witness.disagrees", "10 lg for a ratio of voltages"),
    ("level-10-for-20-tried", "trials.marks", "the author’s own trial knows 20 lg"),
    ("level-of-power", "dimensions.level", "the item says power and computes with 20 lg"),
    ("level-by-formula", "dimensions.level", "the item says amplitude and computes with 10 lg"),
    ("rms-for-peak", "trials.marks", "the amplitude is given as the rms value"),
    ("peak-over-root-two", "trials.marks", "divided by √2 instead of multiplied"),
    ("power-from-peak", "trials.marks", "the power of the amplitude"),
    ("otl-for-ocl", "trials.marks", "the right option is the other one"),
    ("count-without-bias", "trials.marks", "the bias is not counted"),
    ("volts-for-milliamperes", "dimensions.key", "the current is asked in mV"),
    ("key-of-voltage-asked-as-current", "dimensions.key", "the key of the current is the voltage"),
    ("power-without-square", "dimensions.unit", "U/R is no power"),
    ("volts-plus-amperes", "dimensions.formula", "a voltage plus a current"),
    ("ohms-plus-one", "dimensions.formula", "1 + R_f has lost its R_1"),
    ("logarithm-of-ohms", "dimensions.formula", "the logarithm of a resistance"),
    ("comparison-of-volts-and-ohms", "dimensions.formula", "a requirement compares what cannot be compared"),
    ("unit-unknown", "model.value", "no such unit"),
    ("unit-in-small-letters", "model.value", "W is written w"),
    ("parameter-unit-unknown", "dimensions.unknown", "kohmm"),
    ("tolerance-of-20-percent", "tolerance.wide", "a guess is right"),
    ("tolerance-of-12-percent", "tolerance.wide", "two coarse steps of a series are right"),
    ("tolerance-of-4-decibels", "tolerance.wide", "a factor is right"),
    ("tolerance-takes-zero", "tolerance.zero", "0 mA is right"),
    ("tolerance-takes-the-other-sign", "tolerance.sign", "the sign does not matter"),
    ("tolerance-of-a-count", "tolerance.count", "one parameter more or less is right"),
    ("tolerance-forgotten", "model.missing", "no default hides it"),
    ("tolerance-in-words", "model.value", "1 pct"),
    ("tolerance-in-another-unit", "model.value", "volts around a power"),
    ("mistake-equal-to-key", "variants.mistake", "no variant can be drawn: the mistake is always right"),
    ("formula-undefined", "variants.key", "the root of what is never positive"),
    ("more-right-than-ticks", "variants.key", "two options are right, one may be ticked"),
    ("weights-that-do-not-add-up", "variants.key", "the right options weigh 0.8"),
    ("figure-in-an-option", "item.consistency", "an option holds text alone"),
    ("stem-built-from-the-key", "names.unshown", "the size is to be found, and is not said to be hidden"),
    ("comma-without-quotes", "yaml.comma", "a comma within { } parts a call"),
    ("function-of-another-language", "model.value", "len is no ln"),
    ("mistake-within-tolerance", "tolerance.edge", "the mistake is within 1 % on nearly all variants"),
    ("mistake-that-never-is", "mistakes.never", "when: is never true"),
    ("mistake-of-unknown-name", "item.consistency", "nothing defines RF"),
    ("name-unknown-in-stem", "item.consistency", "R2 is nowhere defined"),
    ("parameter-not-shown", "names.unshown", "the hidden size stands nowhere"),
    ("key-of-hidden-thing", "names.hidden", "the key needs what is hidden"),
    ("parameter-unused", "names.unused", "a load that nothing uses"),
    ("derived-unused", "names.unused", "a value that nobody reads"),
    ("derived-shown-unrounded", "item.consistency", "an endless current in an option"),
    ("derive-in-a-circle", "item.consistency", "A needs B needs A"),
    ("derived-twice", "item.consistency", "a derived value with the name of a parameter"),
    ("name-of-a-function", "item.consistency", "a parameter called exp"),
    ("require-impossible", "variants.none", "nothing meets it"),
    ("require-narrow", "variants.scarce", "hardly anything meets it"),
    ("division-by-zero", "variants.key", "the key is infinite"),
    ("formula-unfinished", "model.value", "a bracket is open"),
    ("function-unknown", "model.value", "db30"),
    ("domain-upside-down", "model.value", "from: above to:"),
    ("series-unknown", "model.choice", "E25"),
    ("blank-missing-in-english", "item.consistency", "the English sheet has no blank"),
    ("english-missing", "model.value", "the English stem is missing"),
    ("numbers-differ", "languages.numbers", "15 V and 12 V"),
    ("names-differ", "languages.names", "R_f shows the value of R_1 in English"),
    ("figure-placed-in-one-language", "languages.figures", "[[figure main]] stands in Chinese alone"),
    ("comma-of-the-wrong-width", "prose.half-width", "a Latin comma between Chinese characters"),
    ("chinese-in-english", "prose.chinese", "a word was not translated"),
    ("comma-full-width-in-english", "prose.full-width", "a Chinese comma in English"),
    ("bracket-open", "prose.brackets", "（ without ）"),
    ("word-twice", "prose.twice", "the the"),
    ("options-equal", "variants.options", "two options read the same"),
    ("options-equal-on-a-variant", "variants.options", "2·I is the same as what tenfold says"),
    ("options-one-number", "variants.options", "3 significant figures of nearly one number"),
    ("two-right-options", "model.value", "a single choice with two right options"),
    ("no-right-option", "model.value", "nothing is right"),
    ("right-on-no-variant", "variants.key", "no option is right anywhere"),
    ("all-of-the-above", "guessing.all", "known right from two others"),
    ("longest-is-right", "guessing.longest", "the key is three times as long"),
    ("right-is-last", "guessing.position", "last: keeps the key at D"),
    ("always-saturated", "guessing.always", "the cases are drawn unevenly"),
    ("largest-is-right", "guessing.extreme", "the key is the largest number on every variant"),
    ("twins-alike", "model.value", "both statements are right"),
    ("field-misspelt", "model.unknown-key", "anser:"),
    ("kind-unknown", "model.value", "kind: nubmer"),
    ("tab-indentation", "yaml.tab", "a tab"),
    ("key-twice-in-file", "yaml.duplicate-key", "level: appears twice"),
    ("markup-unknown-command", "model.value", "\\fracc"),
    ("markup-open-formula", "model.value", "a $ is not closed"),
    ("marks-negative", "model.value", "-3 marks"),
    ("circuit-unknown", "item.consistency", "no such circuit"),
    ("part-of-the-figure-unknown", "figures.undrawn", "the figure has no R_9"),
    ("blank-of-no-part", "item.consistency", "[[cuont]]"),
    ("part-twice", "item.consistency", "two parts of one name"),
    ("follows-nothing", "item.consistency", "a part that comes later"),
    ("label-misspelt", "variants.impossible", "a label that the parameter has not"),
    ("topic-unknown", "topic", "never drawn"),
    ("point-unknown", "topic.point", "E999"),
    ("points-forgotten", "metadata.covers", "no point"),
    ("title-untranslated", "metadata.title", "an English title in Chinese"),
    ("solution-forgotten", "metadata.solution", "nothing to learn from"),
    ("trial-of-the-wrong-mark", "trials.marks", "the author says that +10 is right"),
    ("trial-of-the-wrong-note", "trials.note", "the mistake has another name"),
    ("trial-off-the-domain", "trial.given", "10.3k is not in E24"),
    ("character-without-glyph", "outputs.pdf", "no font has it"),
    ("stem-tells-the-key", "leaks.stem", "the gain stands in the stem"),
    ("id-in-the-stem", "leaks.name", "the item is named on the sheet"),
    ("few-variants", "spread.few", "four variants for a class"),
    ("key-that-stays", "spread.constant", "every variant has the key -10"),
    ("key-that-hardly-moves", "spread.common", "saturated on nearly every variant"),
    ("key-in-the-wrong-prefix", "spread.awkward", "a current of 1e9 nA"),
    ("variants-too-easy", "spread.easy", "I R is U again where R_L is 1 Ω"),
    ("variants-that-look-alike", "spread.duplicates", "the parameter that differs stands nowhere"),
    ("key-that-all-but-vanishes", "spread.near-zero", "the difference of two gains is nearly nothing on some variants"),
    ("ask-in-one-language", "prose.brackets", "a quotation mark is not closed"),
    ("power-of-ten-is-right", "tolerance.power", "0.1 of the key is right"),
    ("key-under-another-name", "leaks.key", "B is A, and B stands in the stem"),
    ("rms-asked-as-peak", "dimensions.mark", "the rms value is the key of the amplitude"),
    ("one-minus-ohms", "dimensions.formula", "1 - R_f has lost its R_1"),
]
"""The file, the code that it is caught under, and what is wrong with it."""

SAYS = {
    "unit-unknown": "'mAmpr' is not a unit",
    "unit-in-small-letters": "'w' is not a unit; did you mean W?",
    "tolerance-forgotten": "'tolerance:' is missing",
    "tolerance-in-words": "'1 pct' is not a tolerance; did you mean '1%'?",
    "tolerance-in-another-unit": "the tolerance is in V, but the key is in W",
    "formula-unfinished": "')', which belongs to '(', is missing at the end",
    "comma-without-quotes": (
        "the comma splits 'max(-Rf/R1, -100)' into 2 entries; put it in quotes: \"max(-Rf/R1, -100)\""
    ),
    "function-of-another-language": "the function 'len' is not known; write the size of the list as a number",
    "figure-in-an-option": "[[figure main]]: a figure is allowed in the stem, an ask: or the solution, and as figure: "
                           "in an option of a choice",
    "function-unknown": "the function 'db30' is not known; did you mean 'db20'?",
    "domain-upside-down": "E24 has no value from 10k to 1k",
    "series-unknown": "'E25' is not known; did you mean 'E24'?",
    "english-missing": "the English text (en:) is missing",
    "two-right-options": "a single choice has one right option, not 2; write 'several: yes' if several may be ticked",
    "no-right-option": "a single choice has one right option, not 0; write 'several: yes' if several may be ticked",
    "twins-alike": "twins must have opposite keys: one right, one wrong",
    "field-misspelt": "unknown key 'anser'; did you mean 'answer'?",
    "kind-unknown": "'nubmer' is not known; did you mean 'number'?",
    "tab-indentation": "the indentation has a tab; use spaces",
    "key-twice-in-file": "the key 'level' appears twice; the first is on line 7",
    "markup-unknown-command": "\\fracc is not a known command; did you mean \\frac?",
    "markup-open-formula": "the formula is not closed with $; a dollar sign is written \\$",
    "marks-negative": "'-3' is not a number of marks between 0 and 1000",
}
"""What is said of a file that cannot be read as an item."""


@cache
def library() -> Bank:
    """The topics, points and circuits of the bank, without its items."""
    return bank.load(QUESTIONS, only=[QUESTIONS / "topics.yaml"])


def read(name: str) -> tuple[Bank, list[Problem]]:
    """The bank of one file, or what keeps it from being read."""
    source = Source(f"{name}.yaml", (SABOTAGE / f"{name}.yaml").read_bytes())
    item, problems = bank.read_item(source, library().circuits)
    held = {} if item is None else {item.id: item}
    return replace(library(), items=held, sources=dict.fromkeys(held, source)), problems


def found(name: str, code: str) -> list[Problem]:
    """What reading the file finds, else what the check finds that the code belongs to."""
    held, problems = read(name)
    for item in held.items:
        if code.endswith((".impossible", ".undrawn")):
            return list(checks.of_item(held, item, seats=SEATS))
        tag = {"trial.given": "trials"}.get(code, code.partition(".")[0])
        return list(registry.load("checks", tag).check(checks.scene(held, item, SEATS)))
    return problems


@pytest.mark.parametrize(("name", "code"), [row[:2] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_the_fault_is_caught_by_its_check(name: str, code: str) -> None:
    caught = [problem for problem in found(name, code) if problem.code == code]

    assert caught, f"{name} is not caught by {code}"
    assert all(problem.place is not None and problem.place.file == f"{name}.yaml" for problem in caught)


@pytest.mark.parametrize("name", SAYS)
def test_what_cannot_be_read_says_why(name: str) -> None:
    assert SAYS[name] in [problem.message for problem in read(name)[1]]


CAUSES = {
    "mistake-equal-to-key": (
        ("none of its 625 combinations of values can be drawn: on 28, 'Rf/R1 <= 100' is not met; "
         "on 597, the mistake 'sign' of part 'gain' counts as right"),
        "correct its value:, add when: it applies, or narrow the tolerance",
    ),
    "formula-undefined": (
        ("none of its 625 combinations of values can be drawn: on 28, 'Rf/R1 <= 100' is not met; on 597, part 'gain': "
         "the key has no value on the domains of its letters (over: and the parameters' domains)"),
        "correct the answer, or add a line to require: that excludes this",
    ),
    "more-right-than-ticks": (
        ("its only variant cannot be drawn: part 'pick': 2 options are right, and max_ticks: 1 "
         "does not let a candidate tick them all"),
        "correct the answer, or add a line to require: that excludes this",
    ),
    "weights-that-do-not-add-up": (
        ("its only variant cannot be drawn: part 'pick': the weights: of the right options add "
         "up to 0.8, not to 1"),
        "correct the answer, or add a line to require: that excludes this",
    ),
    "right-on-no-variant": (None, "correct the answer, or add a line to require: that excludes this"),
    "options-equal": (None, "change an option, or widen a parameter's domain"),
    "stem-built-from-the-key": (
        "the key of part 'count' depends on h, which the question does not show",
        "if h is to be found from N, write hidden: yes under parameters: h; otherwise show it",
    ),
}
"""What is said of an item that can be read, and what to do."""


@pytest.mark.parametrize("name", CAUSES)
def test_what_cannot_be_drawn_or_answered_says_why(name: str) -> None:
    code = next(code for listed, code, _ in FAULTS if listed == name)
    problem = next(problem for problem in found(name, code) if problem.code == code)
    message, proposal = CAUSES[name]

    assert message is None or problem.message == message
    assert problem.proposal == proposal
    assert problem.place is not None
    assert problem.place.line > 8, "at the fault, not at the head of the file"


@pytest.mark.parametrize("name", sorted(path.stem for path in SABOTAGE.glob("good-*.yaml")))
def test_nothing_is_found_in_what_the_faults_were_made_from(name: str) -> None:
    held, problems = read(name)

    assert problems == []
    assert [str(problem) for item in held.items for problem in checks.of_item(held, item, seats=SEATS)] == []


def test_every_file_is_in_the_table() -> None:
    listed = {name for name, _, _ in FAULTS}
    there = {path.stem for path in SABOTAGE.glob("*.yaml") if not path.stem.startswith("good-")}

    assert there == listed
    assert len(listed) >= 60
