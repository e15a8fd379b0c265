"""Documentation is run: what the pages show is read by the program, what they name exists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pytest
import yaml
from nbclient import NotebookClient
from pydantic import BaseModel, TypeAdapter

from qbank import answers, circuits, domains, figures, nodes, registry, scales, witnesses
from qbank.bank import Source, read_item
from qbank.bank.blueprint import Blueprint, Entry, Section
from qbank.bank.item import Derived, Item, Part, Trial
from qbank.cli import COMMANDS
from qbank.records import bilingual

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("??/*.md")])
FENCE = re.compile(r"^( *)(```+|~~~+)([\w-]*) *(\w*)[^\n]*\n(.*?)^\1\2", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its page and line, the word behind its language (what it shows), its text."""

    page: Path
    line: int
    word: str
    text: str


def fenced(*languages: str) -> Iterator[Block]:
    """Every fenced block in one of the languages, without its indentation."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in FENCE.finditer(text):
            if match[3] in languages:
                inner = re.sub(rf"^{match[1]}", "", match[5], flags=re.MULTILINE)
                yield Block(page, text.count("\n", 0, match.start()) + 1, match[4], inner)


def named(block: Block) -> str:
    return f"{block.page.name}:{block.line}"


def test_the_python_of_every_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Page by page, each listing after those before it."""
    monkeypatch.chdir(tmp_path)
    names: dict[Path, dict[str, Any]] = {}
    for block in fenced("python"):
        exec(compile(block.text, named(block), "exec"), names.setdefault(block.page, {}))  # noqa: S102 (our own pages)

    assert {page.name for page in names} >= {"python.md", "interop.md"}


def test_the_notebook_runs(tmp_path: Path) -> None:
    read = nbformat.read(ROOT / "docs/en/python.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(read)

    NotebookClient(read, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()

    shown = [output for cell in read.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output for output in shown if output.output_type == "error"] == []
    assert any("text/html" in output.get("data", {}) for output in shown), "a question shows itself"


def parameters(plain: Any) -> None:
    for each in plain.values():
        domains.read(each)


def derived(plain: Any) -> None:
    for each in plain.values():
        Derived.model_validate(each)


def pictures(plain: Any) -> None:
    for each in plain.values():
        figures.read(each)


def texts(plain: Any) -> None:
    for each in plain.values():
        bilingual(each)


def lines_of(model: type[BaseModel]) -> Callable[[Any], None]:
    """A few lines of a record: its fields by their names, those that stand alone being read as well."""

    def read(plain: Any) -> None:
        if strange := set(plain) - set(model.model_fields):
            raise ValueError(f"{model.__name__} has no {', '.join(sorted(strange))}")
        for name, value in plain.items():
            if name in READERS:
                READERS[name](value)

    return read


def listed(read: Callable[[Any], object]) -> Callable[[Any], None]:
    def each(plain: Any) -> None:
        if not isinstance(plain, list):
            raise ValueError("not a list")
        for one in plain:
            read(one)

    return each


READERS: dict[str, Callable[[Any], object]] = {
    "parameters": parameters,
    "derive": derived,
    "figures": pictures,
    "parts": listed(Part.model_validate),
    "trials": listed(Trial.model_validate),
    "answer": answers.read,
    "part": Part.model_validate,
    "blueprint": Blueprint.model_validate,
    "circuit": lambda plain: circuits.read("shown", plain),
    "witness": lambda plain: plain == "none" or witnesses.read(plain),
}
WAYS: tuple[Callable[[Any], object], ...] = (
    Blueprint.model_validate, Part.model_validate, answers.read, domains.read, parameters, Entry.model_validate,
    Trial.model_validate, figures.read, pictures, derived, texts, witnesses.read, lines_of(Item), lines_of(Part),
    lines_of(Blueprint), lines_of(Section), listed(Part.model_validate), listed(Trial.model_validate),
    READERS["circuit"], listed(answers.read), listed(Entry.model_validate), listed(Section.model_validate),
)  # fmt: skip
"""What a block may show that does not say what it is."""


def validated(plain: Any, source: Source) -> None:
    """Reads a block as anything that the bank knows. Raises AssertionError with the reasons when it is none of it."""
    if isinstance(plain, dict) and {"id", "topic", "parts"} <= set(plain):
        assert read_item(source, None)[1] == []
        return
    if isinstance(plain, dict) and {"components", "round"} <= set(plain):
        assert scales.scheme(source.text, source.file).components
        return
    reasons = []
    for way in WAYS:
        try:
            way(plain)
        except (ValueError, AttributeError, TypeError) as error:
            reasons.append(f"{error}".splitlines()[0])
        else:
            return
    pytest.fail(f"{source.file}: this is nothing that the bank reads:\n" + "\n".join(dict.fromkeys(reasons)))


YAML = list(fenced("yaml", "yml"))


@pytest.mark.parametrize("block", YAML, ids=map(named, YAML))
def test_what_a_page_shows_of_yaml_can_be_read(block: Block) -> None:
    source = Source(named(block), block.text.encode())
    plain = nodes.plain(nodes.read(source.text, source.file))

    if block.word in READERS:
        READERS[block.word](plain)
    else:
        validated(plain, source)


SHELL = [
    Block(page, line, "", command.strip())
    for page, line, _, text in fenced("sh", "bash", "shell", "console", "")
    for command in re.sub(r"\\\n\s*", " ", text).splitlines()
    if re.match(r"\s*(\$ )?(uv run |python -m |pipx run )?qbank\b", command)
]


@pytest.mark.parametrize("block", SHELL, ids=map(named, SHELL))
def test_a_command_that_a_page_shows_exists_with_its_options(block: Block) -> None:
    from click import Context

    from qbank.cli import group

    page, line, _, text = block
    words = re.sub(r"^.*?\bqbank\b", "", text.split("#")[0].split("|")[0].split(">")[0]).split()
    named_ = [word for word in words if not word.startswith("-")]
    if not named_:
        return
    name = named_[0].removesuffix("[").strip("`")
    assert name in COMMANDS, f"{page.name}:{line}: there is no command {name!r}"
    command = group.get_command(Context(group), name)
    assert command is not None
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    options = {word.split("=")[0].strip("[]") for word in words if word.startswith("-")}
    assert options - known - {"--help", "-h"} == set(), f"{page.name}:{line}"


INLINE = sorted({
    (page.name, name) for page in PAGES for name in re.findall(r"`qbank ([a-z]+)", page.read_text(encoding="utf-8"))
})  # fmt: skip


@pytest.mark.parametrize(("page", "name"), INLINE)
def test_a_command_that_a_page_speaks_of_exists(page: str, name: str) -> None:
    assert name in COMMANDS, page


LINKS = sorted({
    (page, target)
    for page in PAGES
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    if not re.match(r"[a-z]+:", target)
})  # fmt: skip


@pytest.mark.parametrize(("page", "target"), LINKS, ids=lambda value: getattr(value, "name", value))
def test_a_link_within_the_repository_leads_somewhere(page: Path, target: str) -> None:
    assert (page.parent / target).exists()


def test_yaml_blocks_mean_to_pyyaml_what_they_mean_to_us() -> None:
    """An editor reads them too: both readers agree on every mapping, sequence and text."""
    for block in YAML:
        plain = nodes.plain(nodes.read(block.text.encode(), named(block)))
        assert yaml.load(block.text, Loader=yaml.BaseLoader) == blank(plain), named(block)


def blank(value: object) -> object:
    """PyYAML's plainest reader has an empty text where we have nothing."""
    match value:
        case None:
            return ""
        case dict():
            return {key: blank(each) for key, each in value.items()}
        case list() | tuple():
            return [blank(each) for each in value]
    return value


def test_the_chinese_overview_writes_every_kind_and_domain_as_it_is_read() -> None:
    overview = (ROOT / "docs/zh/items.md").read_text(encoding="utf-8").partition("\n## ")[0]
    kinds, drawn = set(), set()
    for code in re.findall(r"`(\{(?!\{)[^`…]*\})`", overview):
        written = yaml.load(code, yaml.BaseLoader)
        if "kind" in written:
            kinds.add(TypeAdapter(answers.Field).validate_python(written).kind)
        elif set(written) & set(registry.tags("witnesses")):
            witnesses.read(written)
        elif set(written) & set(registry.tags("domains")):
            drawn.add(domains.tag(written))
            assert domains.table(domains.read(written))

    assert kinds == set(registry.tags("answers"))
    assert drawn == set(registry.tags("domains"))
