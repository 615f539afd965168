"""The package as others meet it: light to import, every word in the catalogue, every public name there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from greenbri import messages, quantity

SOURCES = [file.read_text("utf-8") for file in Path(quantity.__file__).parent.glob("*.py")]


def test_reading_a_quantity_imports_nothing_heavy() -> None:
    program = (
        "import sys; from greenbri.quantity import parse; parse('85 ± 10 mg/Nm3 SO2 @ 6 % O2, dry');"
        "heavy = {'numpy', 'pydantic', 'typer', 'yaml', 'json', 'difflib', 'pint', 'rich'} & set(sys.modules);"
        "own = {name for name in sys.modules if name.startswith('greenbri.quantity.')};"
        "print(sorted(heavy), 'greenbri.quantity.routes' in own, 'greenbri.quantity.parse' in own)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] False False"


def test_every_public_name_can_be_had() -> None:
    for name in quantity.__all__:
        assert getattr(quantity, name) is not None, name
    assert callable(quantity.convert)


def test_everything_that_is_said_is_in_the_catalogue() -> None:
    text = "\n".join(SOURCES)
    errors = set(re.findall(r'QuantityError\(\s*"(\w+)"', text))
    assumed = set(re.findall(r'\.assume\(\s*"(\w+)"', text)) | {"month_length", "year_length", "count_method"}
    assert len(errors) > 20 and len(assumed) > 10
    for key in errors:
        assert messages.has(f"quantity.{key}"), key
    for key in assumed:
        assert messages.has(f"quantity.assumption.{key}"), key
    for name in quantity.INGREDIENTS:
        assert messages.has(f"quantity.missing.{name}") and messages.has(f"quantity.remedy.{name}")


def test_every_ingredient_that_can_be_missing_is_listed() -> None:
    text = "\n".join(SOURCES)
    named = set(re.findall(r'\.lack\("(\w+)"\)', text))
    assert named <= set(quantity.INGREDIENTS)
    assert {"oxygen", "moisture", "f_factor", "heat_rate", "heating_value", "output_basis"} <= named


def test_an_assumption_is_said_in_both_languages() -> None:
    plan = quantity.conversion(quantity.parse("1 mg/Nm3"), quantity.parse_form("mg/Nm3 @ 0 C"))
    said = [one.message("en") for one in plan.assumptions]
    assert said[0] == "Nm3 of the source without a temperature is taken at 0 C"
    assert "源" in plan.assumptions[0].message("zh")
