from __future__ import annotations

from typing import Any

import pytest


def test_a_stated_nationality_is_stated(read: Any) -> None:
    party = read(
        "parties: {sponsors: [{name: A, nationality: 中国, evidence: {kind: claim, document: d}}]}\n"
    ).project.parties[0]
    assert (party.nationality, party.inferred, party.role) == ("CN", False, "sponsor")


@pytest.mark.parametrize("evidence", ["inferred", "{kind: inferred}", "guess", "assumed"])
def test_a_guessed_nationality_is_never_stated(read: Any, evidence: str) -> None:
    body = f"parties: {{sponsors: [{{name: A, nationality: CN, evidence: {evidence}}}]}}\n"
    assert read(body).project.parties[0].inferred


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("parties: {contractors: [%s]}", "China Example Engineering"),
        ("parties: {suppliers: [{name: %s}]}", "Sinoexample Boilers"),
        ("parties: {sponsors: [{name: {en: Example, zh: %s}}]}", "示例电力"),
        ("financing: {lenders: [{name: %s}]}", "China Development Bank"),
        ("financing: {insurers: [%s]}", "Sinosure"),
    ],
)
def test_a_name_alone_makes_a_chinese_party_no_more_than_a_guess(read: Any, section: str, name: str) -> None:
    file = read(f"{section % name}\n")
    party = file.project.parties[0]
    assert (party.nationality, party.inferred) == ("CN", True)
    assert [one.code for one in file.warnings] == ["GRB136"]


def test_the_country_of_a_lender_is_its_nationality(read: Any) -> None:
    body = (
        "financing: {lenders: [{name: CDB, country: CN, amount: 1 billion USD, standards: [Equator Principles, EU]}]}\n"
    )
    party = read(body).project.parties[0]
    assert (party.nationality, party.inferred, party.role) == ("CN", False, "lender")
    assert (party.standards, party.amount) == (("EP", "EU"), "1 billion USD")


@pytest.mark.parametrize("text", ["{name: A}", "{name: A, nationality: unknown}", "A"])
def test_a_nationality_that_nobody_stated_stays_open(read: Any, text: str) -> None:
    party = read(f"parties: {{sponsors: [{text}]}}\n").project.parties[0]
    assert (party.name, party.nationality, party.inferred) == ("A", None, False)


@pytest.mark.parametrize(
    ("body", "roles"),
    [
        ("", set()),
        ("parties: {sponsors: []}", {"sponsor"}),
        ("parties: {sponsors: none}", {"sponsor"}),
        ("parties: {sponsors: unknown}", set()),
        ("parties: {sponsors: }", set()),
        ("parties: {sponsors: [A], insurers: []}", {"sponsor", "insurer"}),
        ("financing: {lenders: []}", {"lender"}),
        ("parties: [{name: A, role: contractor, nationality: KH}]", {"contractor"}),
        ("parties: []", set()),
    ],
)
def test_a_role_is_complete_where_its_list_stands_in_the_file(read: Any, body: str, roles: set[str]) -> None:
    assert read(f"{body}\n").project.roles_complete == roles


def test_an_unknown_standard_is_kept_and_pointed_out(read: Any) -> None:
    file = read("financing: {lenders: [{name: Bank, country: DE, standards: [IFC-PSS]}]}\n")
    assert file.project.parties[0].standards == ("IFC-PSS",)
    assert [one.code for one in file.warnings] == ["GRB137"]
