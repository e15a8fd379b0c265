"""What is written under `answer:` with `kind: truth`."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from qbank import messages
from qbank.answers._fields import Credit, Right, Why
from qbank.model import Bilingual
from qbank.records import Record, Worded, asked


class Twin(Worded):
    """One statement: whether it is right, and why."""

    right: Right
    why: Why | None = None


class Spec(Record):
    """`kind: truth`: `twins:` of which one is drawn, or a single statement, or `right:` alone under the stem."""

    kind: Literal["truth"]
    twins: dict[str, Twin] = Field(default_factory=dict, max_length=26)
    right: Right | None = None
    zh: str = ""
    en: str = ""
    why: Why | None = None
    negative: Credit = 0.0

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Self:
        if self.twins and (self.right is not None or self.zh or self.en or self.why):
            raise ValueError(messages.tell("write either twins:, or one statement with right:, not both"))
        if not self.twins and self.right is None:
            raise ValueError(messages.tell("needs twins:, or right: yes or no"))
        if len(self.twins) == 1:
            raise ValueError(messages.tell("there is only one twin: write its right:, zh: and en: under answer:"))
        certain = {twin.right for twin in self.twins.values() if isinstance(twin.right, bool)}
        if len(certain) == 1 and all(isinstance(twin.right, bool) for twin in self.twins.values()):
            raise ValueError(messages.tell("twins must have opposite keys: one right, one wrong"))
        said = Bilingual(zh=self.zh, en=self.en).langs
        missing = [lang for lang in asked(info) if said and lang not in said]
        if missing:
            raise ValueError(messages.tell("the statement in {lang} is missing ({lang}:)", lang=missing[0]))
        return self

    @property
    def loss(self) -> float:
        """What a wrong answer earns: the negative marking, or a plain zero."""
        return 0.0 - self.negative

    @property
    def statements(self) -> tuple[Twin, ...]:
        """The twins, or the single statement as the only one."""
        if self.twins or self.right is None:
            return tuple(self.twins.values())
        return (Twin.model_construct(right=self.right, zh=self.zh, en=self.en, why=self.why),)
