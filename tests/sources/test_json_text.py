from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenbri.errors import Diagnostic, InputError
from greenbri.sources import Limits, Number, load_json, load_yaml

Refused = Callable[[Callable[[], object]], list[Diagnostic]]


def test_json_and_yaml_give_the_same_document() -> None:
    text = b'{"a": [1, 2.50, true, null, "x"], "b": {"c": {}, "d": []}}'
    one, other = load_json(text, "p.json"), load_yaml(text, "p.json")
    assert one.data == other.data
    assert isinstance(one.data["a"][1], Number)
    assert one.data["a"][1] == "2.50"
    for address in ("", "/a", "/a/1", "/b/c", "/b/d", "/b"):
        assert one.position(address) == other.position(address)
        assert one.position(address, "key") == other.position(address, "key")


def test_json_may_hold_what_the_yaml_parsers_refuse() -> None:
    text = ('{"pair": "\\ud83d\\ude00", "' + "k" * 2000 + '": 1, "line": "a\u2028b", "half": "\\ud83d"}').encode()
    data = load_json(text, "p.json").data
    assert data["pair"] == "😀"
    assert data["line"] == "a\u2028b"
    assert data["half"] == "\ufffd"


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ('{"a": 1, "a": 2}', "GRB012", 10),
        ('{"a": 1,}', "GRB030", 9),
        ("{'a': 1}", "GRB030", 2),
        ('{"a": 01}', "GRB030", 7),
        ('{"a": 1} x', "GRB030", 10),
        ('{"a": [1 2]}', "GRB030", 10),
        ('{"a": [1, ]}', "GRB030", 11),
        ('{"a" 1}', "GRB030", 6),
        ('{"a": }', "GRB030", 7),
        ('{"a": "x', "GRB030", 7),
        ('{"a": 1', "GRB030", 8),
        ('{"a": 1]', "GRB030", 8),
        ('{"a": NaN}', "GRB032", 7),
        ('{"a": 1e99999}', "GRB032", 7),
        ("[1]", "GRB010", 1),
        ("1", "GRB010", 1),
    ],
)
def test_bad_json_is_refused_at_its_place(text: str, code: str, column: int, refused: Refused) -> None:
    (fault,) = refused(lambda: load_json(text.encode(), "p.json"))
    assert fault.code == code
    assert fault.position is not None
    assert fault.position.column == column
    assert fault.message("en") and fault.message("zh")


def test_deep_json_is_refused_without_recursion(refused: Refused) -> None:
    assert refused(lambda: load_json(b'{"a": ' + b"[" * 100_000, "p.json"))[0].code == "GRB017"


def test_too_many_values_are_refused(refused: Refused) -> None:
    text = b'{"a": [' + b"1," * 5000 + b"1]}"
    assert refused(lambda: load_json(text, "p.json", limits=Limits(nodes=1000)))[0].code == "GRB018"


texts = st.text(max_size=12)
values = st.recursive(
    st.none() | st.booleans() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=30,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(texts, values, max_size=4), st.booleans(), st.sampled_from([None, 2]))
def test_what_is_dumped_is_loaded_back(data: dict[str, Any], ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(data, ensure_ascii=ascii_only, indent=indent)
    document = load_json(text.encode("utf-8"), "p.json")
    assert document.data == data
    for key in data:
        place = document.position([key], "key")
        assert place.line >= 1


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='{}[]:,"\\ 10aeE.+-\n\t', max_size=30))
def test_our_reader_accepts_what_the_standard_library_accepts(text: str) -> None:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({key for key, _ in pairs}) < len(pairs):
            raise ValueError("twice")
        return dict(pairs)

    try:
        expected = json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=unique)
    except ValueError:
        with pytest.raises(InputError):
            load_json(text.encode(), "p.json", top="any")
    else:
        assert load_json(text.encode(), "p.json", top="any").data == expected
