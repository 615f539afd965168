"""The data files of the vocabularies, read once and kept compiled between runs."""

from __future__ import annotations

from typing import Any

_SCHEMA = "vocabulary 1"


def read(name: str) -> dict[str, Any]:
    """The data of `rules/vocabulary/<name>.yaml`, in plain types; numbers are text."""
    return read_rules(f"vocabulary/{name}.yaml")


def read_rules(name: str) -> dict[str, Any]:
    """The data of a file below `rules/`, in plain types; numbers are text.

    What was read is cached by the content of the file, so that an edit is seen at once.
    """
    from greenbri.resources import rules_dir
    from greenbri.sources.cache import Cache

    path = rules_dir() / name
    content = path.read_bytes()
    cache = Cache(_SCHEMA)
    data: Any = cache.get((content,))
    if not isinstance(data, dict):
        from greenbri.sources import load_yaml

        data = plain(load_yaml(content, str(path)).data)
        cache.put((content,), data)
    return dict(data)


def plain(value: Any) -> Any:
    """The value without the reader's own kinds of text, which a cache does not keep."""
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    if isinstance(value, str):
        return str.__str__(value)
    return value
