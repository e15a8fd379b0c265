"""`qbank ask`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbank.cli import _completion, _shared, _terminal

if TYPE_CHECKING:
    from qbank.actions.ask import Asked, Verdict
    from qbank.model import Lang

WORDS = {
    "zh": {"answer": "作答", "marks": "得分", "waits": "待人工评阅", "total": "合计",
           "end": "（输入结束，其余未作答）", "colon": "："},
    "en": {"answer": "answer", "marks": "marks", "waits": "waits for a person", "total": "total",
           "end": "(end of input; the other parts are blank)", "colon": ": "},
}  # fmt: skip


@click.command()
@click.argument("item", shell_complete=_completion.items)
@click.option("--seat", type=click.IntRange(0), default=0, show_default=True, help="The seat whose variant is asked.")
@click.option("--seed", default="preview", show_default=True, help="The seed that the variant is drawn from.")
@click.option("--show-key", is_flag=True, help="Show the key and the solution at the end.")
@_shared.files_option
@_shared.lang_option
@_shared.bank_option
def command(
    item: str, seat: int, seed: str, show_key: bool, files_folder: Path | None, lang: Any, banks: tuple[Path, ...]
) -> None:
    """Ask ITEM (an id or a file) in the terminal, mark the answers and give the reasons.

    Answers may be piped in, one line for each part.
    """
    from qbank.actions.ask import ask
    from qbank.outputs import text

    source, name = _shared.having(_shared.open_bank(banks, [item]), item)
    asked = ask(name, seat=seat, lang=lang, seed=seed, source=source)
    lang = asked.lang
    _terminal.say(f"{asked.item.id}  {asked.item.title[lang]}\n")
    _terminal.say(f"{text.question(asked.question, lang)}\n", hang=0)
    if files_folder is not None:
        from qbank.actions.hand_out import hand_out

        hand_out(asked.question, files_folder)
    outcome = asked.mark(_answers(asked, lang))
    _terminal.say()
    called = text.names(asked.question, lang)
    for verdict in outcome.parts:
        _terminal.say(_told(verdict, called[verdict.part], lang))
    if len(outcome.parts) > 1:
        _terminal.say(f"{WORDS[lang]['total']}{WORDS[lang]['colon']}{outcome.marks:.4g} / {outcome.worth:g}")
    if show_key:
        solved = text.worked(asked.worked, lang).removeprefix(text.question(asked.question, lang))
        _terminal.say(f"\n{solved.strip()}", hang=0)


def _answers(asked: Asked, lang: Lang) -> dict[str, str]:
    """A line for each part, from the terminal or from what is piped in."""
    from qbank.outputs import text

    answers: dict[str, str] = {}
    called = text.names(asked.question, lang)
    for part in asked.item.parts:
        click.echo(f"{called[part.id]} {WORDS[lang]['answer']}{WORDS[lang]['colon']}".lstrip(), nl=False)
        line = sys.stdin.readline()
        if not line:
            _terminal.say(f"\n{WORDS[lang]['end']}")
            break
        answers[part.id] = line.rstrip("\r\n")
        if not sys.stdin.isatty():
            _terminal.say(answers[part.id])
    return answers


def _told(verdict: Verdict, name: str, lang: Lang) -> str:
    from qbank.reports import joined

    words, why = WORDS[lang], joined(verdict.reasons, lang)
    waiting = _shared.aside(words["waits"], lang) if verdict.waits and words["waits"] not in why else ""
    head = f"{name}{words['colon']}" if name else ""
    return f"{head}{words['marks']} {verdict.marks:.4g} / {verdict.worth:g}{waiting}  {why}".rstrip()
