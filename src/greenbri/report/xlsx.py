"""XLSX, a workbook to go on working with: filters, fixed headings, columns to fill in; no formula and no link.

The bytes depend on the assessment and on openpyxl only: no clock, and every member of the archive has one date.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from greenbri.model.assessment import Assessment
from greenbri.report.diagnostics.printable import one_line
from greenbri.report.workbook import Cell, Sheet, sheets

# What begins a formula, also in full width: `csv` makes the same harmless in its own way.
_FORMULA = re.compile("^[\\s\u0000]*[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212]|^[\t\r]")
_LONGEST = 32_000
_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEADING, _ENTRY = "FF1F4E45", "FFFFF8E1"
_MOST_CHOICES = 255


def render(assessment: Assessment, lang: str = "en", *, embedded: Mapping[str, Any] | None = None) -> bytes:
    """The workbook of one project. What makes a report verifiable is not in it: its cells are there to be changed."""
    day = datetime(assessment.as_of.year, assessment.as_of.month, assessment.as_of.day)
    return written(sheets(assessment, lang), f"greenbri {assessment.project.id}", day)


def written(content: Sequence[Sheet], title: str, day: datetime) -> bytes:
    """Tables as the bytes of a workbook; `day` stands for every clock."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    properties = book.properties
    properties.creator, properties.title = "greenbri", _plain(title)
    properties.created = properties.modified = day
    for sheet in content:
        _fill(book.create_sheet(_sheet_name(sheet.name, book.sheetnames)), sheet)
    file = io.BytesIO()
    book.save(file)
    return _without_clock(file.getvalue(), day)


def _fill(target: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    head = (Font(bold=True, color="FFFFFFFF"), PatternFill("solid", fgColor=_HEADING))
    entry = PatternFill("solid", fgColor=_ENTRY)
    top = Alignment(vertical="top", wrap_text=True)
    for number, column in enumerate(sheet.columns, 1):
        cell = target.cell(1, number)
        _put(cell, column.title)
        cell.font, cell.fill, cell.alignment = *head, top
        target.column_dimensions[get_column_letter(number)].width = column.width
    for row_number, row in enumerate(sheet.rows, 2):
        for number, (value, column) in enumerate(zip(row, sheet.columns, strict=True), 1):
            if value is None and not column.entry:
                continue
            cell = target.cell(row_number, number)
            _put(cell, value)
            cell.alignment = top
            if column.entry:
                cell.fill = entry
    last = max(2, len(sheet.rows) + 1)
    for number, column in enumerate(sheet.columns, 1):
        if column.choices:
            _choices(target, column.choices, f"{get_column_letter(number)}2:{get_column_letter(number)}{last}")
    target.freeze_panes = "B2"
    target.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    target.print_title_rows = "1:1"
    target.page_setup.orientation, target.page_setup.paperSize = "landscape", 9
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr.fitToPage = True


def _put(cell: Any, value: Cell) -> None:
    """A number as a number, and a text as text: openpyxl takes one that begins with = for a formula."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = _plain(value)
    cell.value = text
    cell.data_type = "s"
    if _FORMULA.match(value) or _FORMULA.match(text):
        cell.quotePrefix = True


def _plain(value: str) -> str:
    text = one_line(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _choices(target: Any, choices: Sequence[str], place: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ",".join(one.replace(",", " ").replace('"', " ") for one in choices)
    if len(listed) < _MOST_CHOICES:
        validation = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        target.add_data_validation(validation)
        validation.add(place)


def _sheet_name(name: str, taken: Sequence[str]) -> str:
    """A name of at most 31 characters, without those that a sheet may not have."""
    text = re.sub(r"[\\/*?:\[\]]", "-", name)[:31].strip("' ")
    return text if text not in taken else f"{text[:28]} {len(taken) + 1}"


def _without_clock(content: bytes, day: datetime) -> bytes:
    """The archive with one date for all its members, and the day of assessment for the day of writing."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            data = source.read(name)
            if name == "docProps/core.xml":
                stamp = f"{day.isoformat()}Z".encode()
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            target.writestr(member, data, compresslevel=6)
    return out.getvalue()
