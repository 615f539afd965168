"""The command `greenbri convert`: results on stdout, refusals with their place and remedy, exit code 2."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from greenbri.cli.convert import convert

app = typer.Typer()
app.command()(convert)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def read(*arguments: str) -> Any:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout, parse_float=Decimal, parse_int=Decimal)


def test_json_has_the_result_unrounded_with_state_steps_and_assumptions() -> None:
    answer = read("300 mg/Nm3 SO2 @ 7 % O2, dry, 25 C", "--to", "mg/Nm3 @ 6 % O2, dry, 0 C")
    # 300 * 15 / 14 * 298.15 / 273.15
    assert abs(answer["value"] - Decimal("350.8472581784")) < Decimal("1e-10")
    assert len(answer["value"].as_tuple().digits) >= 28
    assert answer["unit"] == "mg/Nm3"
    assert answer["species"] == "SO2"
    assert answer["reference"] == {
        "oxygen_pct": 6, "excess_air": None, "moisture": "dry", "temperature_k": Decimal("273.15"),
        "pressure_kpa": Decimal("101.325"), "heating_value": None, "output": None,
    }  # fmt: skip
    assert [step["operation"] for step in answer["steps"]] == ["oxygen", "temperature"]
    assert answer["steps"][0]["inputs"] == {"c": 300, "O2_air": 21, "O2_ref": 6, "O2": 7}
    assert answer["steps"][1]["result"] == answer["value"]
    assert all(step["formula"] and step["source"] for step in answer["steps"])
    assert {one["key"] for one in answer["assumptions"]} == {"normal_pressure"}
    assert all(one["message"]["en"] and one["message"]["zh"] for one in answer["assumptions"])


def test_fuel_species_and_heat_rate_come_from_vocabulary_and_options() -> None:
    # both by Method 19, worked in tests/quantity/test_energy_and_product.py
    heat = read("0.15 lb/MMBtu NOx", "--to", "mg/Nm3 @ 6 % O2, dry, 0 C", "--fuel", "烟煤")
    assert round(heat["value"], 4) == Decimal("187.9758")
    gas = read("100 ppmvd NOx @ 15 % O2", "--to", "lb/MMBtu", "--fuel", "coal.bituminous")
    assert round(gas["value"], 4) == Decimal("0.4136")
    output = read("0.15 lb/MMBtu @ HHV", "--to", "lb/MWh @ gross", "--heat-rate", "9000 Btu/kWh @ HHV, gross")
    assert output["value"] == Decimal("1.35")


def test_options_take_a_percentage_with_or_without_its_sign() -> None:
    for moisture, oxygen in (("10 %", "9 %"), ("10", "9")):
        answer = read("90 mg/Nm3", "--to", "mg/Nm3 @ 6 % O2, dry", "--moisture", moisture, "--oxygen", oxygen)
        # the oxygen is of the gas as it is, which is wet: 9 / 0.9 = 10 % of the dry gas; 90 / 0.9 * 15 / 11
        assert round(answer["value"], 4) == Decimal("136.3636")
    us = read("300 mg/Nm3 @ 7 % O2", "--to", "mg/Nm3 @ 6 % O2", "--oxygen-in-air", "20.9")
    # 300 * 14.9 / 13.9
    assert round(us["value"], 4) == Decimal("321.5827")


def test_a_volume_of_gas_or_of_water_makes_mass_per_product() -> None:
    gas = read("500 mg/Nm3 @ 10 % O2, dry, 0 C", "--to", "kg/t", "--gas-volume", "2300 Nm3/t @ 10 % O2, dry, 0 C")
    assert gas["value"] == Decimal("1.15")
    water = read("50 mg/L", "--to", "kg/t", "--gas-volume", "2 m3/t")
    assert water["value"] == Decimal("0.1")


def test_species_are_known_by_their_synonyms_and_bases() -> None:
    assert read("100 mg/Nm3 NOx", "--to", "mg/Nm3 NOx as NO2")["value"] == 100
    nitrogen = read("10 mg/L NO3 as N", "--to", "mg/L NO3 as NO3")
    # 10 * 62.004 / 14.007
    assert abs(nitrogen["value"] - Decimal("44.27")) < Decimal("0.01")
    # 100 * 64.06 / 22.41397
    assert abs(read("100 ppm 二氧化硫", "--to", "mg/Nm3")["value"] - Decimal("285.8")) < Decimal("0.1")


def test_ranges_and_bounds_keep_their_shape() -> None:
    band = read("14-28 mg/Nm3 @ 7 % O2", "--to", "mg/Nm3 @ 6 % O2")
    assert (band["value"], band["low"], band["high"]) == (None, 15, 30)
    assert read("< 5 mg/L", "--to", "ug/L")["bound"] == "<"


def test_text_shows_the_result_first_and_then_every_step() -> None:
    result = run("0.15 lb/MMBtu NOx", "--to", "mg/Nm3 @ 6 % O2, dry, 0 C", "--fuel", "coal.bituminous")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "0.15 lb/MMBtu NOx = 187.976 mg/Nm3 NOx @ 6 % O2, dry, 0 C, 101.325 kPa"
    assert lines[1] == "  1. f_factor: C = E / Fd * (20.9 - O2) / 20.9"
    assert "Fd = 9780" in lines[2] and "Method 19" in lines[2]
    assert "assumptions:" in lines
    assert "85 ± 10 mg/L = 85000 ± 10000 ug/L" in run("85 ± 10 mg/L", "--to", "ug/L").stdout


REFUSED = [
    (["85 mg/Nm3", "--to", "mg/Nm3 @ 6 % O2"], "QUANTITY:1:1: GRB406", ["oxygen content", "--oxygen"]),
    (["85 mg/Nm3 @ 6 % O2, dry", "--to", "lb/MMBtu"], "QUANTITY:1:1: GRB406", ["F-factor", "--fuel"]),
    (["0.15 lb/MMBtu", "--to", "lb/MWh"], "QUANTITY:1:1: GRB406", ["heat rate", "--heat-rate"]),
    (["85 mg/Nm3 @ dry", "--to", "kg/t"], "QUANTITY:1:1: GRB406", ["gas volume", "--gas-volume"]),
    (["85 mg/Nm3 @ wet", "--to", "mg/Nm3 @ dry"], "QUANTITY:1:1: GRB406", ["moisture", "--moisture"]),
    (["85 mg/L", "--to", "mg/Nm3"], "QUANTITY:1:1: GRB406", ["dimension"]),
    (["85 mgg/Nm3", "--to", "mg/Nm3"], "QUANTITY:1:4: GRB402", ["mgg", "write mg"]),
    (["85 mg/Nm3 @ 21 % O2", "--to", "mg/Nm3"], "QUANTITY:1:13: GRB404", ["air"]),
    (["nan mg/L", "--to", "mg/L"], "QUANTITY:1:1: GRB401", ["nan"]),
    (["85 mg/L", "--to", "5 mg/L"], "--to:1:1: GRB407", ["number"]),
    (["85 mg/L", "--to", "mg/L", "--moisture", "120"], "--moisture:1:1: GRB404", ["120"]),
    (["85 mg/L", "--to", "mg/L", "--moisture", "5 mg/L"], "--moisture:1:1: GRB405", ["mg/L"]),
    (["85 mg/L", "--to", "mg/L", "--oxygen", "21"], "--oxygen:1:1: GRB404", ["21"]),
    (["85 mg/L", "--to", "mg/L", "--heat-rate", "5 mg/L"], "--heat-rate:1:1: GRB405", ["kJ/kWh"]),
    (["85 mg/L", "--to", "mg/L", "--gas-volume", "5 mg/L"], "--gas-volume:1:1: GRB407", ["volume"]),
    (["85 mg/L", "--to", "mg/L", "--fuel", "unobtainium"], "--fuel:1:1: GRB407", ["unobtainium"]),
    (["85 mg/L", "--to", "mg/L", "--oxygen-in-air", "20.95"], "--oxygen-in-air:1:1: GRB407", ["20.9"]),
    (["85 mg/L", "--to", "mg/L", "--format", "xml"], "--format:1:1: GRB407", ["json"]),
    (["85 mg/Nm3 @ 6 % O2", "--to", "mg/Nm3", "--oxygen", "8"], "--oxygen:1:1: GRB407", ["6", "8"]),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "place", "words"), REFUSED, ids=[" ".join(row[0]) for row in REFUSED])
def test_a_refusal_is_one_line_with_place_code_and_remedy(arguments: list[str], place: str, words: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith(place)
    assert all(word in line for word in words), line
