"""Three-valued logic."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from greenbri.evaluate.truth import Truth, conjunction, disjunction

TRUTHS = st.lists(st.sampled_from([Truth(True), Truth(False), Truth(None, ("x",))]), max_size=6)


def completions(parts):
    """Every way in which the open parts could turn out."""
    choices = [(part.value,) if part.value is not None else (True, False) for part in parts]
    return list(product(*choices))


@given(TRUTHS)
def test_a_conjunction_is_decided_only_if_every_completion_agrees(parts):
    outcomes = {all(values) for values in completions(parts)}
    assert conjunction(parts).value == (outcomes.pop() if len(outcomes) == 1 else None)


@given(TRUTHS)
def test_a_disjunction_is_decided_only_if_every_completion_agrees(parts):
    outcomes = {any(values) for values in completions(parts)}
    assert disjunction(parts).value == (outcomes.pop() if len(outcomes) == 1 else None)


@given(TRUTHS)
def test_de_morgan(parts):
    assert (~conjunction(parts)).value == disjunction([~part for part in parts]).value


def test_what_is_undecided_names_each_missing_fact_once():
    parts = [Truth(None, ("a",)), Truth(None, ("b", "a")), Truth(True)]
    assert conjunction(parts).missing == ("a", "b")
