"""What several commands share: the folders of the banks, the language, the progress bar."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qbank import messages
from qbank.cli import _terminal

if TYPE_CHECKING:
    from qbank.bank import Bank
    from qbank.model import Lang
    from qbank.outputs import Loss
    from qbank.papers import Exam

Command = TypeVar("Command", bound=Callable[..., Any])
Thing = TypeVar("Thing")


def bank_option(command: Command) -> Command:
    """`--bank DIR`, once or more: the folders with the items."""
    return click.option(
        "--bank",
        "banks",
        type=click.Path(path_type=Path, file_okay=False),
        multiple=True,
        help="A folder with items; repeat it for several banks together. 'shipped' is the bank that comes with qbank. "
        "Default: $QBANK_BANK, else the bank around the working folder or the given file, else the shipped one.",
    )(command)


def exam_argument(command: Command) -> Command:
    """EXAM: the folder of a sealed exam. Whether it exists is checked later: a killed run may have to be finished."""
    return click.argument("exam", type=click.Path(path_type=Path, file_okay=False))(command)


def unsealed_option(command: Command) -> Command:
    """`--unsealed`: go on with an exam that was changed after it was sealed."""
    return click.option("--unsealed", is_flag=True, help="Go on although the exam was changed after it was sealed.")(
        command
    )


def replace_option(command: Command) -> Command:
    """`--replace`: write over a file that is there."""
    return click.option("--replace", is_flag=True, help="Replace a file that is already there.")(command)


def by_option(command: Command) -> Command:
    """`--by NAME`: who decides."""
    return click.option(
        "--by", default="", help="The name of the person who decides (default: the user of this machine)."
    )(command)


def why_option(command: Command) -> Command:
    """`--why TEXT`: the reason, for the record."""
    return click.option("--why", default="", help="The reason, for the record.")(command)


def say_kept(folder: Path) -> None:
    """Where an exam is that was replaced."""
    _terminal.say(messages.tell("kept:        {folder} (the earlier exam; its keys belong to its printed papers)",
                                folder=folder))  # fmt: skip


def say_granted(exam: Exam, first: int = 0) -> None:
    """For the invigilators: who is granted large print or extra time, each on a line, from a place of the roster on."""
    from qbank.outputs import granted

    for form, candidate in list(zip(exam.form_of.tolist(), exam.candidates, strict=True))[first:]:
        if candidate.accommodation:
            extra = candidate.accommodation.extra(exam.minutes)
            allowed = granted(candidate.accommodation, messages.language())
            paper = exam.forms[form]
            _terminal.say(
                messages.tell("accommodation: {candidate}, paper {paper}: {granted} ({minutes} minutes)",
                              candidate=candidate.id, paper=paper, granted=allowed, minutes=exam.minutes + extra)
                if extra else messages.tell("accommodation: {candidate}, paper {paper}: {granted}",
                                            candidate=candidate.id, paper=paper, granted=allowed)
            )  # fmt: skip


def lang_option(command: Command) -> Command:
    """`--lang zh|en`: what is shown to the reader, in the reader's language by default."""
    return click.option("--lang", type=click.Choice(["zh", "en"]), default=messages.language,
                        help="The language of the content shown (default: that of messages).")(command)


def written_lang_option(command: Command) -> Command:
    """`--lang zh|en`: of a file for others, which is the same whoever makes it."""
    return click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True,
                        help="The language of the file.")(command)


def files_option(command: Command) -> Command:
    """`--files DIR`: the folder for the data files of a question."""
    return click.option("--files", "files_folder", type=click.Path(path_type=Path, file_okay=False),
                        help="Write the data files of the question into this folder.")(command)


def folders(banks: Iterable[Path], near: Iterable[str] = (), *, around: bool = True) -> tuple[Path, ...]:
    """The folders of the banks that are meant: those named, else those in $QBANK_BANK, else the one around.

    A bank is around the working folder, or around the first of the files `near` that is there. Where there is none,
    it is the shipped one.
    """
    from qbank import bank

    named = tuple(banks) or tuple(Path(each) for each in os.environ.get("QBANK_BANK", "").split(os.pathsep) if each)
    if not named and around:
        files = [Path(each) for each in near if Path(each).exists()]
        found = bank.around(files[0] if files else Path())
        named = () if found is None else (found,)
    return tuple(map(bank.named, named or (bank.SHIPPED,)))


def open_bank(
    banks: Iterable[Path], near: Iterable[str] = (), *, strict: bool = False, around: bool = True
) -> Bank:
    """The banks that are meant (see `folders`), together. With `strict`, a bank with problems is refused."""
    from qbank import bank
    from qbank.model import Refused

    loaded = bank.load(*folders(banks, near, around=around))
    if strict and loaded.problems:
        raise Refused(*loaded.problems)
    return loaded


def no_file(name: str) -> str:
    """The name of an item, a topic or a blueprint. Raises Refused where it is the name of a file, which is missing."""
    from qbank.model import Refused

    if name.endswith((".yaml", ".yml")):
        raise Refused(messages.tell("there is no file {file}", file=name))
    return name


def having(source: Bank, name: str) -> tuple[Bank, str]:
    """The bank that has what is named, and its id: something of its own, or the item or the blueprint of a file."""
    path = Path(name)
    if path.suffix in {".yaml", ".yml"} and path.is_file():
        from qbank import bank, store
        from qbank.model import Refused

        if path.name == "exam.yaml" and store.is_exam(path.parent):
            raise Refused(messages.tell("{file} belongs to a sealed exam; give the exam by its folder: {folder}",
                                        file=name, folder=path.parent))  # fmt: skip
        return bank.with_file(source, path)
    return source, no_file(name)


def safe(text: str) -> str:
    """A candidate's text for a terminal: on one line, and no sign in it that a terminal obeys."""
    return "".join(sign if sign.isprintable() else "�" for sign in " ".join(text.split()))


def judge(by: str) -> str:
    """Who decides: the name given, else the user of this machine."""
    import getpass

    from qbank.model import Refused

    if by:
        return by
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise Refused(messages.tell("the name of this machine's user is not known; give a name: --by NAME")) from None


def aside(text: str, lang: Lang) -> str:
    """Words in brackets after others, as the language has them."""
    return f"（{text}）" if lang == "zh" else f" ({text})"


def joined(phrases: Iterable[str]) -> str:
    """Phrases of one sentence, such as counts of several things."""
    return messages.tell(", ").join(phrases)


def step(text: str | None) -> Fraction | None:
    """The step of `--round`. Raises Refused for a text that is not a step."""
    from qbank.model import Refused
    from qbank.records import fraction

    if text is None:
        return None
    try:
        return fraction(text)
    except ValueError:
        raise Refused(messages.tell("--round {text}: give a step such as 1, 0.5 or 0.1 (0 does not round)",
                                    text=text)) from None


def say_lost(losses: Iterable[Loss], *, of_people: bool = False) -> None:
    """What another system cannot hold, on stderr: equal losses in one line."""
    from qbank import outputs

    for line in outputs.told(losses, of_people=of_people):
        _terminal.say(messages.tell("lost: {loss}", loss=line), err=True)


def warn(problems: Iterable[object]) -> None:
    """Problems that do not stop the command, on stderr."""
    for problem in problems:
        _terminal.say(f"qbank: {problem}", err=True)


def progress(things: Iterable[Thing], total: int, what: str) -> Iterator[Thing]:
    """The things, with a bar on a terminal that goes away when it is done."""
    if not sys.stderr.isatty() or total < 2:
        yield from things
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        for thing in things:
            yield thing
            bar.advance(task)
