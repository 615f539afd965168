from __future__ import annotations

from collections.abc import Callable

import pytest

from greenbri.errors import Diagnostic, InputError

Refused = Callable[[Callable[[], object]], list[Diagnostic]]


@pytest.fixture
def refused() -> Refused:
    """The diagnostics of a call that must be refused."""

    def call(action: Callable[[], object]) -> list[Diagnostic]:
        with pytest.raises(InputError) as error:
            action()
        return list(error.value.diagnostics)

    return call
