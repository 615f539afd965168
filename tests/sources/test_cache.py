from __future__ import annotations

import hashlib
import marshal
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenbri.sources import Number
from greenbri.sources.cache import _HEADER, _MAGIC, _MOST_ENTRIES, Cache

DATA = {"rules": [{"id": "cn/x", "value": "0.10", "when": None, "bytes": b"\0"}], "名": (1, 2.5, True)}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache("1", home=str(tmp_path))


def entry(tmp_path: Path) -> Path:
    (file,) = (tmp_path / "greenbri").iterdir()
    return file


def test_what_was_put_is_got_again(cache: Cache, tmp_path: Path) -> None:
    assert cache.get([b"content"]) is None
    assert cache.put([b"content"], DATA)
    assert cache.get([b"content"]) == DATA
    assert (tmp_path / "greenbri").stat().st_mode & 0o777 == 0o700
    assert entry(tmp_path).stat().st_mode & 0o777 == 0o600


def test_other_content_schema_or_parts_are_other_entries(cache: Cache, tmp_path: Path) -> None:
    cache.put(["ab", "c"], 1)
    assert cache.get(["a", "bc"]) is None
    assert cache.get(["ab"]) is None
    assert Cache("2", home=str(tmp_path)).get(["ab", "c"]) is None
    assert cache.get(["ab", "c"]) == 1


def test_the_tool_version_is_part_of_the_key(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.put(["a"], 1)
    monkeypatch.setattr("greenbri.__version__", "99.0")
    assert cache.get(["a"]) is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_entry_is_a_miss(cache: Cache, tmp_path: Path, data: st.DataObject) -> None:
    cache.put([b"content"], DATA)
    content = bytearray(entry(tmp_path).read_bytes())
    if data.draw(st.booleans()):
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    else:
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    entry(tmp_path).write_bytes(bytes(content))
    assert cache.get([b"content"]) is None


def test_an_entry_moved_to_another_key_is_a_miss(cache: Cache, tmp_path: Path) -> None:
    cache.put(["a"], "of a")
    first = entry(tmp_path)
    cache.put(["b"], "of b")
    (second,) = (file for file in (tmp_path / "greenbri").iterdir() if file != first)
    second.write_bytes(first.read_bytes())
    assert cache.get(["b"]) is None


def test_a_checked_entry_that_is_no_marshal_data_is_a_miss(cache: Cache, tmp_path: Path) -> None:
    cache.put(["a"], 1)
    file = entry(tmp_path)
    for payload in (b"", b"\xff" * 20, b"[\xff\xff\xff\x7f", marshal.dumps([1, 2])[:-2]):
        checksum = hashlib.sha256(bytes.fromhex(file.name) + payload).digest()
        file.write_bytes(_MAGIC + checksum + len(payload).to_bytes(8, "big") + payload)
        assert len(file.read_bytes()) - len(payload) == _HEADER
        assert cache.get(["a"]) is None


def test_a_folder_open_to_others_or_a_link_means_no_cache(cache: Cache, tmp_path: Path) -> None:
    cache.put(["a"], 1)
    (tmp_path / "greenbri").chmod(0o755)
    assert cache.get(["a"]) is None
    assert not cache.put(["a"], 1)
    (tmp_path / "greenbri").chmod(0o700)
    (tmp_path / "greenbri").rename(tmp_path / "real")
    (tmp_path / "greenbri").symlink_to("real")
    assert cache.get(["a"]) is None
    assert not cache.put(["a"], 1)


def test_an_entry_that_others_may_write_or_that_is_no_file_is_a_miss(cache: Cache, tmp_path: Path) -> None:
    cache.put(["a"], 1)
    file = entry(tmp_path)
    file.chmod(0o666)
    assert cache.get(["a"]) is None
    file.unlink()
    os.mkfifo(file, 0o600)
    assert cache.get(["a"]) is None


@pytest.mark.parametrize("home", ["/proc/nothing/here", "/dev/null/x"])
def test_a_folder_that_cannot_be_made_means_no_cache(home: str) -> None:
    cache = Cache("1", home=home)
    assert not cache.put(["a"], 1)
    assert cache.get(["a"]) is None


def test_the_home_is_taken_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "deep" / "er"))
    assert Cache("1").put(["a"], [1])
    assert (tmp_path / "deep" / "er" / "greenbri").is_dir()
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Cache("1").put(["a"], [1])
    assert (tmp_path / ".cache" / "greenbri").is_dir()


@pytest.mark.parametrize("data", [Number("1"), [object()], {"a": Path()}])
def test_data_that_is_not_plain_is_a_fault_of_the_caller(cache: Cache, data: Any) -> None:
    with pytest.raises(TypeError):
        cache.put(["a"], data)


def test_old_entries_make_room(cache: Cache, tmp_path: Path) -> None:
    for number in range(_MOST_ENTRIES + 5):
        cache.put([str(number)], number)
    assert len(os.listdir(tmp_path / "greenbri")) == _MOST_ENTRIES
    assert cache.get([str(_MOST_ENTRIES + 4)]) == _MOST_ENTRIES + 4
