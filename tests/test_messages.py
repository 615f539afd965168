from __future__ import annotations

import re
import string
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from greenbri import messages
from greenbri.errors import (
    ExitCode,
    GreenbriError,
    InputError,
    InternalError,
    OutputError,
    Position,
    UsageError,
    diagnostic,
)

LEVELS = {"error", "warning", "note"}


def placeholders(template: str) -> set[str]:
    found = set()
    for _, name, form, conversion in string.Formatter().parse(template):
        if name is not None:
            assert re.fullmatch(r"[a-z_]+", name), f"{name!r} is no plain argument in {template!r}"
            assert not form and conversion is None, template
            found.add(name)
    return found


def entries() -> list[tuple[str, str, dict[str, object]]]:
    return [(area, key, dict(entry)) for area in messages.areas() for key, entry in messages.area(area).items()]


@pytest.mark.parametrize(("area", "key", "entry"), entries(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_entry_says_the_same_in_both_languages(area: str, key: str, entry: dict[str, object]) -> None:
    english, chinese = entry["en"], entry["zh"]
    if not key.startswith("GRB"):
        assert isinstance(english, str) and isinstance(chinese, str), f"{area}: {key}"
        assert english.strip() and chinese.strip()
        assert placeholders(english) == placeholders(chinese)
        return
    assert re.fullmatch(r"GRB\d{3}", key), key
    assert entry["level"] in LEVELS
    assert isinstance(english, dict) and isinstance(chinese, dict)
    assert english.keys() == chinese.keys()
    assert {"message", "explain"} <= english.keys()
    for part in english.keys() - {"explain"}:
        assert english[part].strip() and chinese[part].strip()
        assert placeholders(english[part]) == placeholders(chinese[part]), f"{key}.{part}"
    parts = messages.explanation(key, "en")
    assert parts.keys() == messages.explanation(key, "zh").keys()
    assert tuple(parts) == messages.HEADINGS, f"{key} explains only {', '.join(parts)}"
    assert all(parts.values()) and all(messages.explanation(key, "zh").values())


def test_chinese_texts_are_chinese() -> None:
    for area, key, entry in entries():
        half = entry["zh"]
        texts = [half] if isinstance(half, str) else [half["message"]] if isinstance(half, dict) else []
        for text in texts:
            bare = re.sub(r"\{\w+\}|`[^`]*`|[\W\d_]", "", str(text))
            latin = bool(re.fullmatch(r"[A-Za-z]*", bare))
            assert not latin or not bare or text == entry["en"], f"{area}: {key}"


def test_no_code_is_registered_twice() -> None:
    counted = Counter(key for _, key, _ in entries() if key.startswith("GRB"))
    assert [code for code, count in counted.items() if count > 1] == []
    assert messages.codes() == tuple(sorted(counted))


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_every_code_can_be_explained(lang: str) -> None:
    for code in messages.codes():
        text = messages.explain(code, lang)
        assert text.startswith(f"{code}: ")
        headings = (
            ["What it means", "Why it is refused", "What to do"] if lang != "zh" else ["含义", "为何不接受", "如何处理"]
        )
        assert all(heading in text for heading in headings), text
        assert "{" not in text.splitlines()[0]


def test_a_text_takes_its_arguments_and_its_language() -> None:
    assert messages.text("GRB012", "en", key="a") == "the key `a` is given twice"
    assert messages.text("GRB012.message", "zh", key="a") == "键 `a` 出现了两次"
    assert messages.text("cli.explain.why", "both") == "Why it is refused / 为何不接受"
    word = messages.Word("sources.kind.list")
    assert messages.text("GRB043", "zh", expected=word, found="x") == "此处需要列表，实际为x"


def test_braces_in_an_argument_are_left_alone() -> None:
    assert messages.text("GRB012", "en", key="{0.__class__}{x}") == "the key `{0.__class__}{x}` is given twice"


@pytest.mark.parametrize("key", ["GRB999", "cli.no.such", "no_area.x", "GRB012.nothing", ""])
def test_a_missing_key_is_a_fault_of_the_code(key: str) -> None:
    with pytest.raises(messages.MissingMessage):
        messages.text(key, "en")
    assert not messages.has(key)


def test_a_missing_argument_is_a_fault_of_the_code() -> None:
    with pytest.raises(messages.MissingMessage, match="key"):
        messages.text("GRB012", "en")


def test_a_diagnostic_takes_level_and_hint_from_the_catalogue() -> None:
    fault = diagnostic("GRB001", Position("a", 1, 1, 1, 1), {"name": "a", "close": "b"})
    assert fault.level == "error"
    assert fault.message("en") == "there is no file a"
    assert "spelling" in str(fault.remedy("en"))
    near = diagnostic("GRB001", args={"name": "a", "close": "b"}, variant="close")
    assert near.remedy("en") == "did you mean b?"
    assert diagnostic("GRB044", args={"reason": "x"}).remedy("en") is None
    assert len({fault, near, fault}) == 2


def test_every_error_has_its_exit_code() -> None:
    assert [int(code) for code in ExitCode] == [0, 1, 2, 70]
    fault = diagnostic("GRB901", args={"reason": "no such option"})
    for kind, code in ((InputError, 2), (UsageError, 2), (OutputError, 2), (InternalError, 70)):
        error = kind([fault])
        assert isinstance(error, GreenbriError)
        assert error.exit_code == code
        assert str(error) == "GRB901 no such option"


def test_every_code_that_the_source_uses_is_registered() -> None:
    package = Path(messages.__file__).parents[1]
    used = {code for file in package.rglob("*.py") for code in re.findall(r'"(GRB\d{3})"', file.read_text("utf-8"))}
    assert used <= set(messages.codes())


def test_reading_a_file_imports_nothing_heavy() -> None:
    program = (
        "import sys; from greenbri.sources import Number, load_yaml, load, located; import greenbri.messages;"
        "import greenbri.sources.output, greenbri.sources.cache, greenbri.report.diagnostics;"
        "print(sorted({'yaml', 'rich', 'pydantic', 'json', 'typer', 'weasyprint'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
