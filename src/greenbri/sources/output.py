"""Writing results so that nothing is ever half written: checked before any work, replaced in one step after it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from greenbri.errors import Diagnostic, OutputError, diagnostic

_DISK_FAULTS = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG, errno.EROFS}

Target = str | os.PathLike[str]


def check_outputs(paths: Iterable[Target], *, inputs: Iterable[Target] = ()) -> None:
    """Check every output of a run before any work is done; raises `OutputError` with all that is wrong.

    `inputs` are the files of the run, which no output may overwrite.
    """
    read = tuple(inputs)
    faults: list[Diagnostic] = []
    seen: set[str] = set()
    for path in paths:
        try:
            check_writable(path, inputs=read)
        except OutputError as error:
            faults.extend(error.diagnostics)
        real = os.path.realpath(path)
        if real in seen and not _is_special(real):
            faults.append(diagnostic("GRB307", args={"name": os.fspath(path)}))
        seen.add(real)
    if faults:
        raise OutputError(faults)


def check_writable(path: Target, *, inputs: Iterable[Target] = ()) -> None:
    """Raise `OutputError` if `path` cannot be written: folder missing, a file on the way, not permitted."""
    name = os.fspath(path)
    folder = os.path.dirname(name) or os.curdir
    try:
        if name.endswith(os.sep) or os.path.isdir(name):
            raise _refused("GRB304", name=name.rstrip(os.sep) or os.sep)
        if not os.path.isdir(folder):
            blocked = _nearest(folder)
            if not os.path.isdir(blocked):
                raise _refused("GRB302", folder=blocked, name=os.path.relpath(name, blocked))
            raise _refused("GRB301", folder=folder)
        if any(os.path.exists(one) and os.path.exists(name) and os.path.samefile(one, name) for one in inputs):
            raise _refused("GRB306", name=name)
        if _is_special(name):
            if not os.access(name, os.W_OK):
                raise _refused("GRB303", folder=name)
            return
        # The folder decides, because the file is replaced and never written into.
        real = os.path.dirname(os.path.realpath(name))
        if not os.access(real, os.W_OK | os.X_OK):
            raise _refused("GRB303", folder=folder)
    except (OSError, ValueError) as fault:
        raise _refused("GRB305", name=name, reason=getattr(fault, "strerror", None) or str(fault)) from None


def write_atomically(path: Target, content: bytes | str) -> None:
    """Write the whole content, or leave the file as it was and raise `OutputError`."""
    with replacing(path) as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def replacing(path: Target) -> Iterator[BinaryIO]:
    """A file to write into, which takes the place of `path` when the block ends without an error.

    A device or pipe such as `/dev/stdout` is written directly; a symbolic link stays a link.
    """
    check_writable(path)
    name = os.fspath(path)
    if _is_special(name):
        with _told(name), open(name, "wb") as device:
            yield device
        return
    target = os.path.realpath(name)
    part = os.path.join(os.path.dirname(target), f".{os.path.basename(target)[:80]}.{os.urandom(6).hex()}.part")
    with _told(name, always=True):
        # 0666 leaves the permissions to the user's umask, as for any new file.
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        with _told(name), open(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
        with _told(name, always=True):
            with suppress(FileNotFoundError):
                os.chmod(part, stat.S_IMODE(os.stat(target).st_mode))
            os.replace(part, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise


@contextmanager
def _told(name: str, *, always: bool = False) -> Iterator[None]:
    """Tell a failure of the disk as a diagnostic; other errors of a caller's block are the caller's."""
    try:
        yield
    except OSError as fault:
        if not always and fault.errno not in _DISK_FAULTS:
            raise
        raise _refused("GRB305", name=name, reason=fault.strerror or str(fault)) from fault


def _nearest(folder: str) -> str:
    """The folder itself, or the first thing above it that exists."""
    while folder and not os.path.lexists(folder):
        above = os.path.dirname(folder)
        if above == folder:
            break
        folder = above
    return folder or os.curdir


def _is_special(name: str) -> bool:
    """Whether a device or a pipe is there already, which must not be replaced by a file."""
    try:
        mode = os.stat(name).st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _refused(code: str, **args: object) -> OutputError:
    return OutputError(diagnostic(code, args=args))
