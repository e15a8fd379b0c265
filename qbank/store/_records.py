"""What exam.yaml and the seals hold, read strictly: anything else is a damaged file."""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qbank import messages, nodes

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Model = TypeVar("Model", bound=BaseModel)


class About(BaseModel):
    """exam.yaml: what was asked, by which version, the digests of the sheets and of the private half."""

    model_config = ConfigDict(frozen=True, strict=True, extra="allow", defer_build=True)

    exam: str
    title: dict[str, str] = {}
    made_by: str = Field("", alias="made by")
    """Which version made it; early ones left it out."""
    format: int = 1
    sheets: dict[str, Digest] = Field({}, alias="sha256")
    form: Digest | None = Field(None, alias="responses form")
    seal: Digest | None = None
    private: Digest | None = Field(None, alias="sha256 of private")
    anonymised: str = ""


class Seal(BaseModel):
    """A seal.json: the digests of the files beside it; the first one also that of exam.yaml, the others `before`.

    The others end with the digest of their own fields.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)

    format: int
    exam: Digest | None = Field(None, alias="exam.yaml")
    before: Digest | None = None
    files: dict[str, Digest]
    own: Digest | None = Field(None, alias="sha256")


def parsed(model: type[Model], content: bytes) -> Model | str:
    """The record, or why it is none, in a few words."""
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        return fault(error)


def fault(error: ValidationError) -> str:
    """The first thing that is wrong with a JSON file, and where.

    >>> parsed(Seal, b'{"format": 2}')
    '$.files: this field is missing'
    """
    place, message = nodes.complaint(error)
    if not place:
        return message
    where = "".join(("$", *(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)))
    return messages.tell("{place}: {problem}", place=where, problem=message)
