from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from greenbri.errors import Diagnostic, InputError
from greenbri.sources import Document, Limits, Number, load_yaml
from greenbri.sources.pointers import pointer

Refused = Callable[[Callable[[], object]], list[Diagnostic]]


@pytest.fixture(params=["libyaml", "pure Python"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every behaviour holds with both parsers of PyYAML."""
    if request.param == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(yaml, "__with_libyaml__", request.param == "libyaml")
    yield


def load(text: str) -> Document:
    return load_yaml(text.encode(), "p.yaml")


def test_scalars_follow_the_core_schema_of_yaml_1_2() -> None:
    data = load(
        "country: NO\nyes: on\ntime: 1:30\ndate: 2026-01-31\nflag: true\n"
        "none: ~\nempty:\nnull_text: 'null'\nhex: 0x1F\n"
    ).data
    assert data == {
        "country": "NO",
        "yes": "on",
        "time": "1:30",
        "date": "2026-01-31",
        "flag": True,
        "none": None,
        "empty": None,
        "null_text": "null",
        "hex": "0x1F",
    }


@pytest.mark.parametrize("text", ["010", "180e6", "1.10", "-0.5", "+3", ".5", "5.", "0.1000000000000000055511151231"])
def test_an_unquoted_number_keeps_every_digit_of_its_text(text: str) -> None:
    value = load(f"v: {text}").data["v"]
    assert isinstance(value, Number)
    assert value == text
    assert Decimal(value) == Decimal(text)


def test_a_quoted_number_is_text() -> None:
    value = load('v: "1.0"').data["v"]
    assert type(value) is str


@pytest.mark.parametrize("text", ["1_000", "12e", "1e99999", "1" * 200, "٣", "1,5", "- 5"])
def test_what_is_no_usable_number_is_text_or_refused(text: str) -> None:
    try:
        assert not isinstance(load(f"v: {text}").data["v"], Number)
    except InputError as error:
        assert text == "- 5", error


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a:\n\tb: 1\n", "GRB011", (2, 1)),
        ("a:\n  b: 1\n\tc: 2\n", "GRB011", (3, 1)),
        ("a: 1\n燃料: x\n燃料: y\n", "GRB012", (3, 1)),
        ("a: &x [1]\n", "GRB013", (1, 4)),
        ("a: *x\n", "GRB013", (1, 4)),
        ("a: {b: *x}\n", "GRB013", (1, 8)),
        ("a: !!python/object:os.x {}\n", "GRB014", (1, 4)),
        ("a: !x!y 1\n", "GRB014", (1, 4)),
        ("# c\n" + "%TAG !e! tag:x,1:\n" * 100_000 + "---\na: 1\n", "GRB014", (2, 1)),
        ("a: 1\n---\nb: 2\n", "GRB015", (2, 1)),
        ("a: 1\n...\nb: 1\n", "GRB015", (3, 1)),
        ("a:\n  <<: {b: 1}\n", "GRB016", (2, 3)),
        ("1: a\n", "GRB019", (1, 1)),
        ("a:\n  true: b\n", "GRB019", (2, 3)),
        ("~: b\n", "GRB019", (1, 1)),
        ("a: {{x}}\n", "GRB034", (1, 5)),
        ("v: {value: 85 mg/Nm3 @ 6 % O2, dry}\n", "GRB020", (1, 32)),
        ('名称: "x\nb: 1\n', "GRB021", (1, 5)),
        ("a: [1, 2\nb: 3\n", "GRB022", (1, 4)),
        ("a: [50, 100) MWth\n", "GRB022", (1, 4)),
        ("a: {x: 1\n", "GRB022", (1, 4)),
        ("a: [1, {b: [\n", "GRB022", (1, 12)),
        ("a: b: c\n", "GRB023", (1, 5)),
        ("a:\n    b: 1\n  c: 2\n", "GRB024", (3, 3)),
        ("a: 1\n- b\n", "GRB024", (2, 1)),
        ("a: 1\nbroken\nc: 2\n", "GRB025", (2, 1)),
        ("a: >= 300 MWth\n", "GRB026", (1, 4)),
        ("a: @x\n", "GRB026", (1, 4)),
        ("a: * 3\n", "GRB026", (1, 4)),
        ('a: "C:\\Users"\n', "GRB027", (1, 9)),
        ('a: "\\ud800"\n', "GRB027", None),
        ("a: 1\nb：2\nc: 3\n", "GRB028", (2, 2)),
        ("a:\n\u3000\u3000b: 1\n", "GRB028", (2, 1)),
        ("%YAML 3.0\n---\na: 1\n", "GRB029", (1, 1)),
        ("a: .nan\n", "GRB032", (1, 4)),
        ("a: [-.inf]\n", "GRB032", (1, 5)),
        ("a: {x: 1 y: 2}\n", "GRB035", (1, 11)),
        ("a: 'it's here'\n", "GRB036", (1, 8)),
        ("a: ]\n", "GRB037", (1, 4)),
        ("a: - b\n", "GRB038", (1, 4)),
        ("- a\n", "GRB010", (1, 1)),
        ("just text\n", "GRB010", (1, 1)),
        ("燃料：煤\n", "GRB010", (1, 1)),
        ("# only a comment\n", "GRB009", (1, 1)),
        ("---\n", "GRB009", (1, 1)),
    ],
)
def test_bad_yaml_is_refused_at_its_place(
    text: str, code: str, place: tuple[int, int] | None, refused: Refused
) -> None:
    found = refused(lambda: load(text))
    assert [fault.code for fault in found] == [code]
    assert found[0].position is not None
    assert found[0].position.file == "p.yaml"
    if place is not None:
        assert (found[0].position.line, found[0].position.column) == place
    for lang in ("en", "zh"):
        assert found[0].message(lang)
        assert found[0].remedy(lang)


def test_a_second_equal_key_names_the_place_of_the_first(refused: Refused) -> None:
    (fault,) = refused(lambda: load("a: [{x: 1}, {k: 1, 'k': 2}]\n"))
    assert fault.pointer == "/a/1/k"
    assert [(related.position.line, related.position.column) for related in fault.related] == [(1, 14)]


def test_one_fault_does_not_hide_the_next(refused: Refused) -> None:
    found = refused(lambda: load("a: 1\na: 2\nb: !t x\nc: *z\nd: [\n"))
    assert [fault.code for fault in found] == ["GRB012", "GRB014", "GRB013", "GRB022"]


def test_an_anchor_bomb_is_refused_at_once(refused: Refused) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 60)]
    started = time.perf_counter()
    found = refused(lambda: load("\n".join(lines)))
    assert {fault.code for fault in found} == {"GRB013"}
    assert len(found) <= 20
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 2000,
        "a: " + "{a: " * 2000,
        "- " * 2000,
        "? " * 2000,
        "".join(f"{' ' * n}a:\n" for n in range(2000)),
    ],
    ids=["lists", "mappings", "dashes", "keys", "indentation"],
)
def test_deep_nesting_is_refused_without_recursion(text: str, refused: Refused) -> None:
    started = time.perf_counter()
    found = refused(lambda: load(text))
    assert found[-1].code in ("GRB017", "GRB034")
    assert time.perf_counter() - started < 1


def test_fifty_levels_are_allowed_and_one_more_is_not(refused: Refused) -> None:
    assert load("a: " + "[" * 49 + "]" * 49).data
    assert refused(lambda: load("a: " + "[" * 50 + "]" * 50))[0].code == "GRB017"


def test_too_many_values_are_refused(refused: Refused) -> None:
    text = b"a:\n" + b"- 1\n" * 5000
    assert refused(lambda: load_yaml(text, "p.yaml", limits=Limits(nodes=1000)))[0].code == "GRB018"


def test_a_key_that_waits_for_a_text_with_colon_is_not_taken_for_a_lost_word() -> None:
    assert load("a: {b: , c: , d: null}\ne:\n").data == {"a": {"b": None, "c": None, "d": None}, "e": None}


def test_the_garbage_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    load("a: 1")
    with pytest.raises(InputError):
        load("a: [")
    assert gc.isenabled()


def test_a_byte_order_mark_shifts_no_column() -> None:
    document = load_yaml("\ufeff名称: 值\n".encode(), "p.yaml")
    assert document.data == {"名称": "值"}
    assert document.position("/名称").column == 5


def test_line_breaks_of_every_system_count_alike() -> None:
    for sign in ("\n", "\r\n", "\r"):
        document = load(f"a: 1{sign}b:{sign}  - x{sign}  - y{sign}")
        place = document.position("/b/1")
        assert (place.line, place.column, place.end_line, place.end_column) == (4, 5, 4, 6)
        assert document.line(4) == "  - y"


def test_positions_point_at_keys_and_values() -> None:
    document = load("项目:\n  燃料: 褐煤\n  parts: [a, {b: 'c d'}]\n  text: |\n    one\n    two\nlast: 1\n")
    places: dict[tuple[str, str], tuple[int, ...]] = {
        ("/项目/燃料", "value"): (2, 7, 2, 9),
        ("/项目/燃料", "key"): (2, 3, 2, 5),
        ("/项目/parts/1/b", "value"): (3, 18, 3, 23),
        ("/项目/parts/0", "key"): (3, 11, 3, 12),
        ("/项目/text", "value"): (4, 9, 6, 8),
        ("/项目", "value"): (2, 3, 6, 8),
        ("/项目/none/such", "value"): (2, 3, 6, 8),
        ("/last", "key"): (7, 1, 7, 5),
        ("", "value"): (1, 1, 7, 8),
    }
    for (address, prefer), expected in places.items():
        found = document.position(address, "key" if prefer == "key" else "value")
        assert (found.line, found.column, found.end_line, found.end_column) == expected, address


def test_positions_survive_a_dump_and_a_change_of_the_data() -> None:
    from greenbri.sources.positions import Spans

    document = load("a: {b: 1}\nc: [1, 2]\n")
    document.data.clear()
    assert document.spans is not None
    again = Document(None, document.name, document.text, Spans.load(document.spans.dump()))
    for address in ("/a/b", "/c/1", "/c", ""):
        assert again.position(address) == document.position(address)
    assert again.position("/c/1").column == 8


def test_data_that_never_was_a_file_has_a_place_too() -> None:
    assert Document.of({"a": 1}, "made").position("/a").line == 1
    sheet = Document.of({"a": [1, 2]}, "b.xlsx", cells={"/a": (3, 2, "Sheet1!B3"), "/a/1": (3, 4, "Sheet1!D3")})
    assert sheet.position("/a/1").cell == "Sheet1!D3"
    assert sheet.position("/a/0").cell == "Sheet1!B3"
    assert str(sheet.position("/a/0")) == "b.xlsx:Sheet1!B3"


def test_a_path_and_its_name_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("a: 1\n")
    assert load_yaml(file, "shown.yaml").position("/a").file == "shown.yaml"
    assert load_yaml(file).name == str(file)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


def as_loaded(value: Any) -> Any:
    """What the loader makes of a value: numbers are their text."""
    if isinstance(value, dict):
        return {key: as_loaded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_loaded(inner) for inner in value]
    return value if value is None or isinstance(value, bool) else str(value)


class _Quoting(yaml.SafeDumper):
    """Quotes every text, because what YAML 1.1 leaves plain may be a number in 1.2, and the other way round."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in inner:
        yield from places(child, (*path, step))


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(texts, plain, max_size=4), st.booleans())
def test_what_is_dumped_is_loaded_back_and_found_again(data: dict[str, Any], flow: bool) -> None:
    text = yaml.dump(data, Dumper=_Quoting, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    document = load_yaml(text.encode(), "p.yaml", top="any")
    assert document.data == as_loaded(data)
    for path, value in places(data):
        found = document.position(pointer(path))
        assert document.position(path) == found
        if isinstance(value, int) and not isinstance(value, bool):
            line = document.line(found.line)
            assert line is not None
            assert line[found.column - 1 : found.end_column - 1] == str(value)
