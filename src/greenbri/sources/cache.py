"""A cache of what was made from files, such as compiled packs, keyed by their content.

It is only ever an economy: a folder that is missing, cannot be written or belongs to somebody else means no cache, and
an entry that is damaged or foreign means a miss. Nothing here raises for the state of the disk.

Entries are marshal data, which no program may read from strangers. So the folder must be the user's own, with no
permission for others, and is held open while it is used, so that it cannot be exchanged; each entry must be a plain
file of the same user and carry the checksum of its key and content. Whoever can still write there is the user.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

_MAGIC = b"greenbri cache 1\n"
_HEADER = len(_MAGIC) + 32 + 8
_LARGEST = 256_000_000
_MOST_ENTRIES = 64


class Cache:
    """The entries of one folder, by default `$XDG_CACHE_HOME/greenbri`.

    `schema` is the version of what is stored: an entry of another schema, tool or Python is another entry.
    """

    def __init__(self, schema: str, *, home: str | None = None) -> None:
        self.schema = schema
        self._home = home

    def get(self, parts: Iterable[bytes | str]) -> Any | None:
        """What was put under the same parts, or None."""
        key = self._key(parts)
        folder = self._open_folder(create=False)
        if folder is None:
            return None
        try:
            content = _read(key.hex(), folder)
        except OSError:
            return None
        finally:
            os.close(folder)
        if content is None or len(content) < _HEADER or not content.startswith(_MAGIC):
            return None
        checksum = content[len(_MAGIC) : len(_MAGIC) + 32]
        length = int.from_bytes(content[_HEADER - 8 : _HEADER], "big")
        payload = memoryview(content)[_HEADER:]
        if length != len(payload) or _checksum(key, payload) != checksum:
            return None
        try:
            return marshal.loads(payload)
        except (ValueError, EOFError, TypeError, MemoryError, OverflowError):
            return None

    def put(self, parts: Iterable[bytes | str], data: Any) -> bool:
        """Keep plain data (dict, list, tuple, str, bytes, numbers, None); whether it was kept.

        Raises `TypeError` for data of other types, such as `Number`, because that is a fault of the caller.
        """
        try:
            payload = marshal.dumps(data)
        except ValueError as fault:
            raise TypeError(f"not plain data: {fault}") from None
        key = self._key(parts)
        folder = self._open_folder(create=True)
        if folder is None:
            return False
        try:
            header = _MAGIC + _checksum(key, payload) + len(payload).to_bytes(8, "big")
            _replace(key.hex(), folder, header + payload)
            _prune(folder)
        except OSError:
            return False
        finally:
            os.close(folder)
        return True

    def _key(self, parts: Iterable[bytes | str]) -> bytes:
        from greenbri import __version__

        python = f"{sys.implementation.cache_tag} {sys.hexversion:x} {sys.byteorder} {marshal.version}"
        digest = hashlib.sha256()
        for part in (__version__, self.schema, python, *parts):
            content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
            digest.update(len(content).to_bytes(8, "big"))
            digest.update(content)
        return digest.digest()

    def _open_folder(self, *, create: bool) -> int | None:
        """A descriptor of the folder, if it is the user's own and closed to others."""
        home = self._home or os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(home):  # also how the XDG specification wants it
            home = os.path.expanduser("~/.cache")
        folder = os.path.join(home, "greenbri")
        try:
            if create:
                os.makedirs(home, mode=0o700, exist_ok=True)
                with suppress(FileExistsError):
                    os.mkdir(folder, 0o700)
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except (OSError, ValueError, AttributeError):
            return None
        found = os.fstat(descriptor)
        if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & 0o077:
            os.close(descriptor)
            return None
        return descriptor


def _checksum(key: bytes, payload: bytes | memoryview) -> bytes:
    digest = hashlib.sha256(key)
    digest.update(payload)
    return digest.digest()


def _read(name: str, folder: int) -> bytes | None:
    # Without O_NONBLOCK a pipe of that name would block for ever.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    with open(os.open(name, flags, dir_fd=folder), "rb") as file:
        found = os.fstat(file.fileno())
        own = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022
        return file.read() if own and found.st_size <= _LARGEST else None


def _replace(name: str, folder: int, content: bytes) -> None:
    part = f".{os.urandom(8).hex()}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with open(os.open(part, flags, 0o600, dir_fd=folder), "wb") as file:
        try:
            file.write(content)
            file.flush()
            os.replace(part, name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError:
            os.unlink(part, dir_fd=folder)
            raise


def _prune(folder: int) -> None:
    """Remove the oldest entries, so that the cache does not grow with every edit of a pack."""
    names = os.listdir(folder)
    if len(names) <= _MOST_ENTRIES:
        return

    def age(name: str) -> float:
        try:
            return os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime
        except OSError:
            return 0.0

    for name in sorted(names, key=age)[: len(names) - _MOST_ENTRIES]:
        with suppress(OSError):
            os.unlink(name, dir_fd=folder)
