from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from greenbri.errors import Diagnostic, InputError, diagnostic
from greenbri.sources import Document, load_yaml, located, refused
from greenbri.sources.located import known_keys


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Stack(Model):
    kind: Literal["stack"]
    height: float = Field(default=0, ge=0)


class Outfall(Model):
    kind: Literal["outfall"]
    water: Literal["river", "lake", "sea"] = "river"


class QuantityError(InputError, ValueError):
    pass


class Project(Model):
    name: str
    size: dict[str, str] = {}
    sources: list[Annotated[Stack | Outfall, Field(discriminator="kind")]] = []
    amount: int | list[int] = 0
    limit: Stack | None = None
    from_: str | None = Field(default=None, alias="from")

    @field_validator("name")
    @classmethod
    def _check(cls, name: str) -> str:
        if name == "coded":
            raise PydanticCustomError("GRB044", "unused", {"reason": "made up"})
        if name == "quantity":
            raise QuantityError(diagnostic("GRB045", args={"value": "21", "bound": "< 21"}))
        if name == "plain":
            raise ValueError("too plain")
        return name


def faults(text: str) -> tuple[Document, list[Diagnostic]]:
    document = load_yaml(text.encode(), "p.yaml")
    with pytest.raises(ValidationError) as error:
        Project.model_validate(document.data)
    return document, located(error.value, document, model=Project)


def only(text: str) -> Diagnostic:
    _, found = faults(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "code", "place", "words"),
    [
        ("name: x\nsizes: {}\n", "GRB040", (2, 1), "did you mean `size`?"),
        ("name: x\nfrm: a\n", "GRB040", (2, 1), "did you mean `from`?"),
        ("name: x\nqqq: {}\n", "GRB040", (2, 1), "known here: amount, from, limit"),
        ("name: x\nsources:\n  - kind: stack\n    heigth: 3\n", "GRB040", (4, 5), "did you mean `height`?"),
        ("name: x\nlimit: {kind: stack, hight: 3}\n", "GRB040", (2, 22), "did you mean `height`?"),
        ("size: {}\n", "GRB041", (1, 1), "`name: ...`"),
        ("name: x\nlimit:\n  height: 3\n", "GRB041", (2, 1), "`kind: ...`"),
        ("name: x\nsources: [{kind: stak}]\n", "GRB042", (2, 18), "did you mean `stack`?"),
        ("name: x\nsources: [{}]\n", "GRB041", (2, 11), "`kind: ...`"),
        ("name: x\nsources: [{kind: outfall, water: rivr}]\n", "GRB042", (2, 34), "did you mean `river`?"),
        ("name: x\nsources: [{kind: outfall, water: qq}]\n", "GRB042", (2, 34), "allowed: river, lake, sea"),
        ("name: x\nsources: 3\n", "GRB043", (2, 10), "a list is wanted here, and this is a number"),
        ("name: x\nsize: {a: [1]}\n", "GRB043", (2, 11), "text is wanted here, and this is a list"),
        ("name: x\namount: many\n", "GRB043", (2, 9), "this is text"),
        ("name: x\nlimit: {kind: stack, height: -3}\n", "GRB045", (2, 30), "`-3` is outside of what is possible: >= 0"),
        ("name: coded\n", "GRB044", (1, 7), "made up"),
        ("name: quantity\n", "GRB045", (1, 7), "21"),
        ("name: plain\n", "GRB044", (1, 7), "too plain"),
    ],
)
def test_each_fault_stands_at_its_line_with_a_way_out(text: str, code: str, place: tuple[int, int], words: str) -> None:
    fault = only(text)
    assert fault.code == code
    assert fault.position is not None
    assert (fault.position.line, fault.position.column) == place
    assert words in f"{fault.message('en')} {fault.remedy('en')}"
    assert fault.message("zh")


def test_all_faults_come_in_the_order_of_the_file() -> None:
    _, found = faults("sources: 3\nqqq: 1\nname: [x]\n")
    assert [fault.code for fault in found] == ["GRB043", "GRB040", "GRB043"]
    assert [fault.pointer for fault in found] == ["/sources", "/qqq", "/name"]


def test_union_tags_are_no_part_of_the_place() -> None:
    fault = only("name: x\nsources:\n  - kind: stack\n    height: [1]\n")
    assert fault.pointer == "/sources/0/height"


def test_a_part_of_a_document_is_located_within_the_whole() -> None:
    document = load_yaml(b"projects:\n  - name: x\n  - name: [y]\n", "p.yaml")
    data: Any = document.data["projects"][1]
    with pytest.raises(ValidationError) as error:
        Project.model_validate(data)
    whole = refused(error.value, document, model=Project, base=["projects", 1])
    assert whole.diagnostics[0].pointer == "/projects/1/name"
    assert whole.diagnostics[0].position is not None
    assert whole.diagnostics[0].position.line == 3
    assert whole.source is document


def test_known_keys_follow_lists_unions_and_optional_values() -> None:
    assert known_keys(Project, []) == ["amount", "from", "limit", "name", "size", "sources"]
    assert known_keys(Project, ["sources", 0]) == ["height", "kind", "water"]
    assert known_keys(Project, ["limit"]) == ["height", "kind"]
    assert known_keys(Project, ["size"]) == []
