"""Countries, groups of countries, documents and lenders."""

from __future__ import annotations

from datetime import date

import pytest

from greenbri.vocabulary import (
    NotRecorded,
    UnknownName,
    countries,
    country,
    document_type,
    document_types,
    groups,
    is_group,
    jurisdiction,
    lender,
    lenders,
    members,
    membership,
    serves,
    standards,
)

TODAY = date(2026, 11, 22)


def test_no_is_norway() -> None:
    assert country("NO").en == "Norway"
    assert country("NOR").code == "NO"
    assert country("挪威").code == "NO"


def test_the_codes_are_those_of_iso_3166() -> None:
    official = [entry for entry in countries() if entry.iso]
    assert len(official) == 249
    assert len({entry.alpha3 for entry in countries()}) == len(countries())
    for entry in countries():
        assert entry.code.isalpha() and entry.code.isupper() and len(entry.code) == 2
        assert entry.alpha3.isalpha() and entry.alpha3.isupper() and len(entry.alpha3) == 3
    assert [entry.code for entry in countries() if not entry.iso] == ["XK"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Laos", "LA"), ("Lao PDR", "LA"), ("老挝", "LA"), ("Viet Nam", "VN"), ("Vietnam", "VN"), ("越南", "VN"),
        ("Türkiye", "TR"), ("Turkey", "TR"), ("Côte d'Ivoire", "CI"), ("Ivory Coast", "CI"), ("UAE", "AE"),
        ("DRC", "CD"), ("柬埔寨", "KH"), ("KHM", "KH"),
        ("Bosnia and Herzegovina", "BA"), ("Kyrgyz Republic", "KG"), ("Swaziland", "SZ"),
    ],
)  # fmt: skip
def test_a_country_is_found_by_its_usual_names(name: str, code: str) -> None:
    assert country(name).code == code


def test_a_name_that_two_states_share_is_not_guessed() -> None:
    with pytest.raises(UnknownName):
        country("Congo")


def test_bodies_are_jurisdictions_and_no_countries() -> None:
    for code in ("EU", "WBG", "WHO", "EP", "AIIB", "ADB", "BRI"):
        assert jurisdiction(code).code == code
        assert jurisdiction(code).alpha3 == "" and not jurisdiction(code).iso
        with pytest.raises(UnknownName):
            country(code)
    assert jurisdiction("KH").en == "Cambodia"
    assert jurisdiction("Cambodia").code == "KH"


def test_membership_has_dates() -> None:
    assert len(members("EU", TODAY)) == 27
    assert len(members("EU", date(2019, 1, 1))) == 28
    assert "GB" in members("EU", date(2020, 1, 31)) and "GB" not in members("EU", date(2020, 2, 1))
    assert "HR" not in members("EU", date(2013, 6, 30)) and "HR" in members("EU", date(2013, 7, 1))
    assert len(members("EU", date(2004, 4, 30))) == 15
    assert len(members("EEA", TODAY)) == 30 and {"NO", "IS", "LI"} <= members("EEA", TODAY)
    assert members("ENC", TODAY) == {"AL", "BA", "GE", "MD", "ME", "MK", "RS", "UA", "XK"}
    assert "HR" in members("ENC", date(2013, 6, 30)) and "HR" not in members("ENC", date(2013, 7, 1))
    assert len(members("OECD", TODAY)) == 38


def test_nobody_is_in_the_union_and_a_party_of_the_energy_community_on_one_day() -> None:
    for year in range(2006, 2027):
        for day in (date(year, 1, 1), date(year, 7, 1), date(year, 12, 31)):
            assert not members("EU", day) & members("ENC", day), day


def test_designated_countries_are_members_of_the_oecd_and_34() -> None:
    designated = members("EP-designated", date(2021, 10, 1))
    assert len(designated) == 34
    assert designated <= members("OECD", date(2021, 10, 1))
    assert designated <= members("WB-high-income", date(2024, 7, 1))
    assert "TR" not in designated and "MX" not in designated


def test_a_day_before_a_list_begins_has_no_answer() -> None:
    with pytest.raises(NotRecorded) as caught:
        members("EP-designated", date(2021, 9, 30))
    assert caught.value.first == date(2021, 10, 1)


def test_members_are_countries_and_periods_run_forward() -> None:
    codes = {entry.code for entry in countries()}
    for group in groups():
        assert is_group(group.group)
        assert group.source.status in ("verified", "secondary", "recalled") and group.source.url
        for code, first, last in group.periods:
            assert code in codes, (group.group, code)
            assert first is None or last is None or first <= last
    assert not is_group("KH")
    with pytest.raises(UnknownName):
        membership("NATO")


def test_an_integrated_permit_stands_for_the_single_ones_but_not_the_reverse() -> None:
    assert serves("environmental-permit", "discharge-permit")
    assert serves("discharge-permit", "discharge-permit")
    assert not serves("discharge-permit", "environmental-permit")


def test_documents_serve_as_documents() -> None:
    for entry in document_types():
        for wanted in entry.serves_as:
            assert document_type(wanted).name == wanted


def test_chinese_banks_and_insurers_are_known_as_such() -> None:
    for name in ("China Exim", "China Development Bank", "ICBC", "中国银行", "建行", "ABC", "SINOSURE"):
        assert lender(name).chinese, name
        assert "CN-GFG" in lender(name).standards, name
    for name in ("AIIB", "NDB", "IFC", "JBIC", "HSBC"):
        assert not lender(name).chinese, name


def test_adoption_that_was_read_is_told_from_what_is_recalled() -> None:
    assert "EP" in lender("Industrial Bank").confirmed
    assert "EP" in lender("Bank of Jiangsu").standards and "EP" not in lender("Bank of Jiangsu").confirmed
    read = {
        (entry.name, one.since) for entry in lenders() for one in entry.adoptions if one.source.status == "verified"
    }
    assert ("bank-of-chongqing", "2021-02-02") in read
    for entry in lenders():
        for one in entry.adoptions:
            assert one.source.status == "recalled" or one.source.url, entry.name


def test_lenders_stand_on_known_countries_and_standards() -> None:
    codes = {entry.code for entry in countries()}
    names = {entry.name for entry in standards()}
    for entry in lenders():
        assert set(entry.standards) <= names, entry.name
        assert (entry.country == "") == (entry.kind == "multilateral"), entry.name
        assert not entry.country or entry.country in codes, entry.name
