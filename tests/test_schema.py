"""The schemas let through every file that the bank reads, as an editor reads its YAML, and say what is misspelt."""

from __future__ import annotations

import gettext
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Run
from jsonschema import Draft202012Validator

from qbank import answers, bank, messages, registry, resources, schemas
from qbank.actions import schema
from qbank.schemas import _translated

ROOT = resources.folder("questions")
GALLERY = Path(__file__).parent / "gallery"
NEW = resources.folder("templates") / "new"
SCHEMAS = {file: json.loads(schema.schema(file)) for file in schemas.FILES}


def sort(path: Path) -> str:
    if path.stem in SCHEMAS:
        return path.stem
    return {"blueprints": "blueprint", "circuits": "circuit"}.get(path.parent.name, "item")


def read(path: Path) -> Any:
    """The file as an editor reads it: numbers are numbers."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def faults(file: str, value: Any) -> list[str]:
    """What an editor would underline: where, and what is wrong there."""
    found = Draft202012Validator(SCHEMAS[file]).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in found]


@pytest.mark.parametrize("file", schemas.FILES)
def test_every_schema_is_one(file: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[file])


@pytest.mark.parametrize("root", [ROOT, GALLERY], ids=["shipped", "gallery"])
def test_every_file_of_a_bank_fits_its_schema(root: Path) -> None:
    files = sorted(path for path in root.rglob("*.yaml") if path.name != "bank.yaml")

    assert {sort(path) for path in files} >= {"item", "blueprint", "topics"}
    assert {path.name: faults(sort(path), read(path)) for path in files} == {path.name: [] for path in files}


@pytest.mark.parametrize("tag", registry.tags("answers"))
def test_every_example_of_a_kind_fits(tag: str) -> None:
    part = {"$defs": SCHEMAS["item"]["$defs"], "$ref": "#/$defs/Part"}
    for example in answers.kind_of(tag).examples:
        wanted = {"id": "a", "answer": yaml.safe_load(example.answer)}
        assert [error.message for error in Draft202012Validator(part).iter_errors(wanted)] == []


def properties(node: Any, place: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property that an author may write, with its place in the schema."""
    match node:
        case dict():
            for name, value in node.get("properties", {}).items():
                if isinstance(value, dict) and name not in ("zh", "en"):
                    yield f"{place}.{name}", value
            for name, value in node.items():
                if name != "if":
                    yield from properties(value, f"{place}.{name}")
        case list():
            for each in node:
                yield from properties(each, place)


@pytest.mark.parametrize("file", ["item", "blueprint", "circuit"])
def test_every_field_has_its_sentence(file: str) -> None:
    found = list(properties(SCHEMAS[file]))
    bare = {place for place, value in found if not value.get("description") and not set(value) <= {"const", "enum"}}

    assert len(found) > 20
    assert bare == set()


class Marked(gettext.NullTranslations):
    """A table that has every text."""

    def gettext(self, message: str) -> str:
        return message if message.startswith("译：") else f"译：{message}"


@pytest.mark.parametrize("file", schemas.FILES)
def test_every_text_is_in_the_language_of_the_reader(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "_table", lambda _: Marked())
    made = json.loads(schema.schema(file))

    assert {text for text in _translated.texts(made) if not text.startswith("译：")} == set()
    assert set(_translated.texts(SCHEMAS[file])) == {text.removeprefix("译：") for text in _translated.texts(made)}


def test_what_the_schemas_tell_besides_the_meanings_is_known() -> None:
    meanings = {record: dict.fromkeys(fields, "") for record, fields in schema.meanings().items()}
    told = {text for file in schemas.FILES for text in _translated.texts(schemas.schema(file, meanings))}

    assert set(schemas.texts()) == told
    assert "One question, from which variants are drawn." in told


@pytest.mark.parametrize(("change", "said"), [
    ({"paramters": {}}, "Additional properties are not allowed ('paramters' was unexpected)"),
    ({"parts": [{"id": "gain", "answer": {"kind": "number", "kye": "1", "key": "A", "tolerance": "1%"}}]},
     "Additional properties are not allowed ('kye' was unexpected)"),
    ({"parts": [{"id": "gain", "answer": {"kind": "number", "key": "A"}}]},
     "{'kind': 'number', 'key': 'A'} is not valid under any of the given schemas"),
    ({"parts": [{"id": "gain", "answer": {"kind": "nombre", "key": "A"}}]}, "'nombre' is not one of "),
    ({"parts": [{"id": "gain", "answer": {"key": "A"}}]}, "'kind' is a required property"),
    ({"parts": [{"id": "gain", "answer": {"kind": "vector", "key": "A"}}]}, "'tolerance' is a required property"),
    ({"parameters": {"R1": {"series": "E24", "from": "1k"}}}, "'to' is a required property"),
    ({"figures": {"main": {"circuit": "inverting", "value": {}}}}, "'value' was unexpected"),
    ({"level": 6}, "6 is greater than the maximum of 5"),
])  # fmt: skip
def test_what_is_wrong_is_named_where_it_stands(change: dict[str, Any], said: str) -> None:
    item = read(ROOT / "electronics/opamp/opamp.inverting.gain.yaml")

    assert faults("item", item) == []
    assert [fault for fault in faults("item", item | change) if said in fault], faults("item", item | change)


def test_a_witness_is_asked_for_by_its_solver() -> None:
    item = read(ROOT / "electronics/opamp/opamp.inverting.gain.yaml")
    item["parts"][0]["witness"]["sovle"] = "u_o"

    assert len(faults("item", item)) == 1


@pytest.mark.parametrize(("entry", "said"), [
    ({"R": "R_1", "from": "0 0"}, ""),
    ({"R": "R_1", "form": "0 0"}, "'form' was unexpected"),
    ({"NPNN": "VT", "at": "5 4"}, "is not valid under any of the given schemas"),
])
def test_a_circuits_entries_are_asked_for_by_their_kind(entry: dict[str, str], said: str) -> None:
    texts = {"zh": "分压电路", "en": "divider"}
    found = faults("circuit", {"title": texts, "alt": texts, "parts": [entry]})

    assert (found == []) == (said == "")
    assert all(said in fault for fault in found)


def test_the_names_of_a_bank_complete_themselves_and_new_ones_may_be_written() -> None:
    own = bank.load(GALLERY)
    made = json.loads(schema.schema("item", own))
    plan = json.loads(schema.schema("blueprint", own))

    offered = made["properties"]["topic"]["anyOf"][0]["enum"]
    assert set(offered) == set(own.topics)
    entry = plan["$defs"]["Entry"]
    assert set(entry["anyOf"][0]["properties"]["item"]["anyOf"][0]["enum"]) == set(own.items)
    item = read(GALLERY / "items/number.yaml") | {"topic": "of/tomorrow"}
    assert list(Draft202012Validator(made).iter_errors(item)) == []


def test_an_editor_gets_the_schemas_and_keeps_its_own_settings(tmp_path: Path) -> None:
    place = tmp_path / ".vscode"
    place.mkdir()
    (place / "settings.json").write_text('{"editor.tabSize": 2, "yaml.schemas": {"own.json": "*.yml"}}')

    written = schema.editor(tmp_path)
    again = schema.editor(tmp_path)

    settings = json.loads((place / "settings.json").read_text(encoding="utf-8"))
    assert written == again
    assert settings["editor.tabSize"] == 2
    assert settings["yaml.schemas"]["own.json"] == "*.yml"
    assert settings["yaml.schemas"]["./.vscode/qbank-blueprint.json"] == ["**/blueprints/*.yaml"]
    assert {path.name for path in place.iterdir()} == {"settings.json", *(f"qbank-{file}.json" for file in SCHEMAS)}


def test_settings_with_comments_are_not_overwritten(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode/settings.json").write_text("// mine\n{}")

    code, out, err = run("schema", "--editor", "--bank", str(tmp_path))

    assert (code, out) == (2, "")
    assert err.startswith(f"qbank: {tmp_path / '.vscode/settings.json'} cannot be read: ")
    assert (tmp_path / ".vscode/settings.json").read_text() == "// mine\n{}"


def test_the_command_prints_any_of_them(run: Run) -> None:
    for file in SCHEMAS:
        code, out, err = run("schema", "--of", file)
        assert (code, err, json.loads(out)) == (0, "", SCHEMAS[file])
