"""A content package: the items, their pictures and files, a test that draws one variant of each, and the manifest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

from qbank.model import Drawing, Lang
from qbank.outputs import Loss, Written, _media, _zipped
from qbank.outputs._qti import item, texts
from qbank.outputs._qti.tree import Element, Markup, Version, declared, element, packaged, text
from qbank.sheets import Items, Pool, Variant

FOLDER = "items/"
TEST = "test.xml"
SHOWN = re.compile(rb'(?:src|href)="([^"]+)"')
"""What an item shows of the package."""
LOM = "http://ltsc.ieee.org/xsd/LOM"


def package(items: Items, version: Version) -> Written:
    """The package of items in a version, with everything that it does not hold."""
    pictures = _media.pictures(items)
    files = {texts.path(each): each.content for each in _media.files(items)}
    losses: dict[Loss, None] = {}
    made: list[tuple[str, bytes]] = []
    for pool in items.pools:
        for variant in pool.variants:
            one = item.made(variant, items.lang, version, pictures)
            losses |= dict.fromkeys(Loss(pool.item, part, what) for part, what in one.lost)
            made.append((f"{FOLDER}{item.identifier(variant.code)}.xml", declared(one.root, version)))
    content = [
        ("imsmanifest.xml", packaged(_manifest(items, version, made, pictures, files), version)),
        (TEST, declared(_test(items), version)), *made,
        *_media.all_of(pictures.values(), FOLDER + texts.PICTURES),
        *((FOLDER + path, data) for path, data in files.items()),
    ]  # fmt: skip
    return Written(_zipped.zipped(content), len(made), tuple(losses))


def _test(items: Items) -> Element:
    """A section for each item, from which one variant is drawn."""
    sections = []
    for number, pool in enumerate(items.pools, 1):
        refs = (
            element("assessment_item_ref", identifier=item.identifier(each.code),
                    href=f"{FOLDER}{item.identifier(each.code)}.xml") for each in pool.variants
        )  # fmt: skip
        sections.append(element("assessment_section", element("selection", select="1"), *refs,
                                identifier=f"pool-{number}", title=pool.title, visible="false"))  # fmt: skip
    whole = element("assessment_section", *sections, identifier="items", title=items.title or "qbank", visible="false")
    part = element("test_part", whole, identifier="part", navigation_mode="nonlinear", submission_mode="simultaneous")
    return element("assessment_test", part, identifier="test", title=items.title or "qbank", tool_name="qbank")


def _manifest(
    items: Items, version: Version, made: Iterable[tuple[str, bytes]], pictures: Mapping[Drawing, _media.Picture],
    files: Iterable[str],
) -> Element:  # fmt: skip
    """What is in the package: of each item its own name, its title and its topic, and what it shows."""
    media = {FOLDER + texts.PICTURES + name: f"picture-{number}"
             for number, name in enumerate(dict.fromkeys(each.file for each in pictures.values()), 1)}  # fmt: skip
    media |= {FOLDER + path: f"file-{number}" for number, path in enumerate(files, 1)}
    contents = dict(made)
    resources = [
        _resource(pool, variant, items.lang, version, media, contents) for pool in items.pools
        for variant in pool.variants
    ]  # fmt: skip
    names = [item.identifier(each.code) for pool in items.pools for each in pool.variants]
    test = _named("resource", _file(TEST), *(_named("dependency", identifierref=f"r-{name}") for name in names),
                  identifier="r-test", type=version.test, href=TEST)  # fmt: skip
    webcontent = (_named("resource", _file(path), identifier=f"r-{name}", type="webcontent", href=quote(path))
                  for path, name in media.items())  # fmt: skip
    schema = (_named("schema", text(version.schema_name)), _named("schemaversion", text(version.schema_version)))
    return _named(
        "manifest", _named("metadata", *schema), _named("organizations"),
        _named("resources", test, *resources, *webcontent), identifier="qbank-package",
    )  # fmt: skip


def _resource(
    pool: Pool, variant: Variant, lang: Lang, version: Version, media: Mapping[str, str],
    contents: Mapping[str, bytes],
) -> Element:  # fmt: skip
    name = item.identifier(variant.code)
    path = f"{FOLDER}{name}.xml"
    shown = dict.fromkeys(FOLDER + unquote(each.decode()) for each in SHOWN.findall(contents[path]))
    used = [media[each] for each in shown if each in media]
    dependencies = (_named("dependency", identifierref=f"r-{key}") for key in used)
    return _named("resource", _named("metadata", _lom(pool, lang)), _file(path), *dependencies,
                  identifier=f"r-{name}", type=version.item, href=path)  # fmt: skip


def _lom(pool: Pool, lang: Lang) -> Element:
    """Which item of the bank it is, its title and its topic: for who keeps the bank, not for who answers."""
    def string(value: str) -> Element:
        return _named("string", text(value), language="zh-CN" if lang == "zh" else "en")

    general = _named("general", _named("identifier", _named("entry", text(pool.item))),
                     _named("title", string(pool.title)), _named("keyword", string(pool.topic)))  # fmt: skip
    return Element("lom", (("xmlns", LOM),), (general,))


def _file(path: str) -> Element:
    return _named("file", href=quote(path))


def _named(name: str, *children: Element | Markup, **attributes: str) -> Element:
    return Element(name, tuple(attributes.items()), children)
