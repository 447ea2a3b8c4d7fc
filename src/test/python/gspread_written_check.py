"""A client that we did not write reads what the write-back has written: python gspread_written_check.py ROOT KEY_FILE SPREADSHEET.

WrittenSheetIT starts the sheet's server and a process that has written to it. Each check says that it passed.
"""

import sys

import gspread
from gspread.utils import DateTimeOption, ValueRenderOption

ROOT, KEY_FILE, SPREADSHEET = sys.argv[1:]
GOOGLE = "https://sheets.googleapis.com/"


class Here(gspread.HTTPClient):
    """gspread itself, with another address."""

    def request(self, method, endpoint, *args, **kwargs):
        return super().request(method, endpoint.replace(GOOGLE, ROOT), *args, **kwargs)


client = gspread.service_account(filename=KEY_FILE, http_client=Here)
sheet = client.open_by_key(SPREADSHEET).worksheet("Request")
labels = sheet.row_values(1)


def same(what, found, expected):
    if found != expected or type(found) is not type(expected):
        raise AssertionError(f"{what}: expected {expected!r}, found {found!r}")


def cells(row, render):
    found = sheet.get(
        f"A{row}:AR{row}", value_render_option=render, date_time_render_option=DateTimeOption.serial_number
    )[0]
    return dict(zip(labels, found)) | {"D": found[3]}


for row, record in ((2, 0), (4, 2)):
    # What a cell comes to: a formula would be a number here, and a phone number would have lost its plus.
    values = cells(row, ValueRenderOption.unformatted)
    shown = cells(row, ValueRenderOption.formatted)
    same("text like a formula", values["Source"], "=1+1")
    same("phone number", values["Contact"], f"+84{record:05d}001")
    same("leading zero", values["Country"], "0912001")
    same("key", values["Request ID"], f"RQ-{record:05d}")
    same("whole number", values["Pax"], 2)
    same("amount", values["Revenue"], 1_000_000 + record)
    same("date", values["Start date"], 46023 + record + 1)
    same("date as shown", shown["Start date"], f"{record + 2:02d}/01/2026")
    same("label", values["Status"], "F4: Lần cuối")
    same("line break", values["Notes"], "Notes\nof change 1")
    print("passed: row", row)

formulas = cells(2, ValueRenderOption.formula)
same("a person's formula", formulas["D"], "=L2-M2")
same("what it comes to", cells(2, ValueRenderOption.unformatted)["D"], 500_000)
print("passed: formulas")
