"""The command line: one command a file, found by its name and loaded only when it is asked for."""

from __future__ import annotations

import codecs
import errno
import gc
import gettext
import os
import sys
from importlib import import_module

import click

from qbank import messages
from qbank.cli import _help

COMMANDS = {
    "demo": "Make an example class with papers and answers, and grade them: every step in one run.",
    "list": "List the bank's items.",
    "coverage": "Show which items test each knowledge point, at which levels and with which kinds of answer.",
    "show": "Show one variant of an item in the terminal.",
    "ask": "Ask one item in the terminal, mark the answers and give the reasons.",
    "preview": "Write a web page of items: variants, both languages, keys and solutions to unfold.",
    "check": "Check the bank, or some of its items.",
    "witness": "Compare the keys of one item with the results of their witnesses.",
    "paper": "Make an exam from a blueprint: papers, answer book, responses form.",
    "print": "Print the papers of a sealed exam in stretches, on one machine or several.",
    "export": "Write items or marks for another system (Moodle, Canvas), and list what it cannot hold.",
    "add": "Add late candidates or spare papers to a sealed exam.",
    "correct": "Correct a candidate's number or name.",
    "reprint": "Find one sheet as it was sealed, to print it again.",
    "status": "Record who was excused, absent or caught cheating, or whose paper is lost.",
    "grade": "Grade the responses to an exam: marks, reasons, report.",
    "review": "List the answers that wait for a person, and take the marks that a person gives.",
    "explain": "Explain one mark, step by step.",
    "trace": "Find the candidate whose paper has some values.",
    "regrade": "Grade again with a corrected item: who changes, and by how much.",
    "complaint": "Record a complaint about a mark, and its outcome.",
    "marks": "Make final marks by a rule, and fill in the department's own file.",
    "feedback": "Write a page for each candidate: answers, marks, reasons.",
    "stats": "Show what an exam measured, and keep it with the items of your bank.",
    "history": "Show what happened to an exam, and check that nothing was changed.",
    "anonymise": "Copy a graded exam without names and numbers; the marks stay the same.",
    "pack": "Pack an exam into one encrypted file for the archive, or check one.",
    "unpack": "Unpack an exam from an encrypted file.",
    "new": "Start an item, a blueprint or a bank from a commented example.",
    "schema": "Print the JSON Schemas of a bank's files, for editors.",
}
"""Every command with its line in the help; written here so that the help loads none of them (a test compares)."""

MODULES = {"list": "list_", "print": "print_"}
"""The modules of commands that have a name of Python's own."""

LONGEST = 100
"""The most characters of a misspelt command that are quoted."""


class Commands(click.Group):
    """The group that loads a command when it is named, and guesses when it is misspelt."""

    context_class = _help.Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"qbank.cli.{MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return _help.in_language(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; a misspelt one gets the nearest as a proposal."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from qbank.registry import nearest

            name, guess = args[0], nearest(args[0], COMMANDS)
            ctx.fail(messages.tell("there is no command {name!r}; did you mean {guess!r}?", name=name, guess=guess)
                     if guess else messages.tell("there is no command {name!r}; qbank --help lists the commands",
                                                 name=name[:LONGEST]))  # fmt: skip
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading any."""
        with formatter.section(messages.translated("Commands")):
            formatter.write_dl([(name, messages.translated(line)) for name, line in COMMANDS.items()])

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help in the language that `--lang` has chosen by now."""
        super(Commands, _help.in_language(self)).format_help(ctx, formatter)


def _spoken(_context: click.Context, _option: click.Parameter, tag: str | None) -> None:
    if tag:
        messages.speak(tag)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="qbank", message="qbank %(version)s")
@click.option("--lang", type=click.Choice(messages.LANGUAGES), is_eager=True, expose_value=False,
              callback=_spoken,
              help="The language of messages and help (default: that of the environment).")
def group() -> None:
    """A question bank that proves every key, and a grader that explains every mark.

    Begin with: qbank demo
    """


def main() -> None:
    """The program.

    Exit codes: 0 done, 1 problems found by check, 2 input that cannot be used, 3 a check itself failed, 130 stopped.
    """
    from qbank.cli import _terminal

    gettext.bindtextdomain(messages.DOMAIN, messages.TABLES)  # click looks its own texts up there
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for them takes longer than a command
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # our matrices are small; starting threads for them takes longer
    gc.set_threshold(20_000)  # loading makes many records, and no rubbish
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            unset = codecs.lookup(stream.encoding).name == "ascii"  # no locale: what click assumes, rich must as well
            stream.reconfigure(encoding="utf-8" if unset else None, errors="replace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")  # an answer in another encoding is one that cannot be read
    try:
        group(prog_name="qbank", standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        _help.in_words(error).show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        _terminal.say(messages.tell("stopped; nothing was left half-written"), err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        from qbank.model import Refused

        if isinstance(error, Refused):
            for problem in error.problems:
                _terminal.say(f"qbank: {problem}", err=True)
            sys.exit(2)
        if isinstance(error, OSError) and error.errno is not None:
            from qbank import files

            file = error.filename
            if error.errno in (*files.FULL, errno.EROFS):
                told = f"{file}: {files.unwritten(error)}" if file else files.unwritten(error)
            else:
                told = messages.reason(error)
                told = messages.tell("{problem}: {file}", problem=told, file=file) if file else told
            _terminal.say(f"qbank: {told}", err=True)
            sys.exit(2)
        raise
