"""A client that we did not write works with the Sheets stand-in: python gspread_check.py ROOT KEY_FILE SPREADSHEET.

The stand-in serves a spreadsheet with a blank tab "Scratch"; GspreadIT starts it. Each check says that it passed.
"""

import sys

import gspread
import requests
from gspread.utils import InsertDataOption, ValueInputOption, ValueRenderOption

ROOT, KEY_FILE, SPREADSHEET = sys.argv[1:]
GOOGLE = "https://sheets.googleapis.com/"


class Here(gspread.HTTPClient):
    """gspread itself, with another address."""

    def request(self, method, endpoint, *args, **kwargs):
        return super().request(method, endpoint.replace(GOOGLE, ROOT), *args, **kwargs)


client = gspread.service_account(filename=KEY_FILE, http_client=Here)
spreadsheet = client.open_by_key(SPREADSHEET)
sheet = spreadsheet.worksheet("Scratch")
checks = []


def check(function):
    checks.append(function)
    return function


def same(found, expected):
    if found != expected:
        raise AssertionError(f"expected {expected!r}, found {found!r}")


def start_over():
    sheet.clear()
    sheet.update([["Serial", "Age", "Double"], ["a", 3, "=B2*2"], ["b", 1.5, "=B3*2"]], "A1:C3", raw=False)


def fault(name):
    answer = requests.post(ROOT + "stand-in/changes", json={"change": "fault", "fault": name}, timeout=10)
    same(answer.status_code, 200)


@check
def lists_tabs():
    same([tab.title for tab in spreadsheet.worksheets()][:1], ["Scratch"])
    same((sheet.row_count, sheet.col_count), (1000, 26))


@check
def reads_in_each_way():
    same(sheet.get_all_values(), [["Serial", "Age", "Double"], ["a", "3", "6"], ["b", "1.5", "3"]])
    same(sheet.get("A2:C2", value_render_option=ValueRenderOption.unformatted), [["a", 3, 6]])
    same(sheet.get("C2:C3", value_render_option=ValueRenderOption.formula), [["=B2*2"], ["=B3*2"]])
    same(sheet.get_all_records(), [{"Serial": "a", "Age": 3, "Double": 6}, {"Serial": "b", "Age": 1.5, "Double": 3}])
    same(sheet.acell("B3").value, "1.5")
    same(sheet.row_values(2), ["a", "3", "6"])
    same(sheet.col_values(1), ["Serial", "a", "b"])
    same(sheet.batch_get(["A1:B1", "C3"]), [[["Serial", "Age"]], [["3"]]])


@check
def updates_raw_and_as_a_user():
    sheet.update_acell("B2", "4")
    same(sheet.acell("C2").value, "8")
    sheet.update([["007", "=1+2"]], "D2:E2", raw=True)
    same(sheet.get("D2:E2", value_render_option=ValueRenderOption.unformatted), [["007", "=1+2"]])
    sheet.update([["007", "=1+2", "12%"]], "D2:F2", value_input_option=ValueInputOption.user_entered)
    same(sheet.get("D2:F2", value_render_option=ValueRenderOption.unformatted), [[7, 3, 0.12]])
    same(sheet.get("F2"), [["12%"]])


@check
def updates_several_ranges():
    answer = sheet.batch_update([{"range": "A2", "values": [["x"]]}, {"range": "A3:B3", "values": [["y", 9]]}])
    same(answer["totalUpdatedCells"], 3)
    same(sheet.get_all_values()[1:], [["x", "3", "6"], ["y", "9", "18"]])


@check
def appends():
    answer = sheet.append_row(["c", 7], insert_data_option=InsertDataOption.insert_rows)
    same(answer["tableRange"], "Scratch!A1:C3")
    same(answer["updates"]["updatedRange"], "Scratch!A4:B4")
    same(sheet.row_values(4), ["c", "7"])


@check
def finds():
    found = sheet.find("b")
    same((found.row, found.col), (3, 1))
    same(sheet.find("nowhere"), None)


@check
def inserts_and_deletes_rows():
    sheet.insert_row(["new"], 2)
    same(sheet.col_values(1), ["Serial", "new", "a", "b"])
    same(sheet.acell("C3", value_render_option=ValueRenderOption.formula).value, "=B3*2")
    sheet.delete_rows(2)
    same(sheet.col_values(1), ["Serial", "a", "b"])
    same(sheet.acell("C2", value_render_option=ValueRenderOption.formula).value, "=B2*2")


@check
def sorts():
    sheet.sort((2, "asc"), range="A2:C3")
    same(sheet.get_all_values()[1:], [["b", "1.5", "3"], ["a", "3", "6"]])


@check
def clears():
    sheet.batch_clear(["A2", "B3:C3"])
    same(sheet.get_all_values(), [["Serial", "Age", "Double"], ["", "3", "6"], ["b", "", ""]])
    sheet.clear()
    same(sheet.get_all_values(), [[]])


@check
def formats():
    sheet.format("B2:B3", {"numberFormat": {"type": "PERCENT", "pattern": "0%"}})
    same(sheet.col_values(2), ["Age", "300%", "150%"])


@check
def adds_renames_and_deletes_tabs():
    added = spreadsheet.add_worksheet("It's new", rows=5, cols=3)
    added.update([["x"]], "A1")
    same(spreadsheet.worksheet("It's new").get_all_values(), [["x"]])
    added.update_title("Renamed")
    added.resize(rows=9)
    same((spreadsheet.worksheet("Renamed").row_count, added.col_count), (9, 3))
    added.freeze(rows=1)
    same(spreadsheet.worksheet("Renamed").frozen_row_count, 1)
    spreadsheet.del_worksheet(added)
    raises(gspread.WorksheetNotFound, lambda: spreadsheet.worksheet("Renamed"))


def raises(kind, call):
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__}")


@check
def tells_errors():
    sheet.resize(rows=1000)
    raises(gspread.SpreadsheetNotFound, lambda: client.open_by_key("nowhere"))
    outside = raises(gspread.exceptions.APIError, lambda: sheet.get("A5000:Z5000"))
    same(outside.code, 400)
    same(
        outside.error["message"],
        "Range (Scratch!A5000:Z5000) exceeds grid limits. Max rows: 1000, max columns: 26",
    )
    same(outside.error["status"], "INVALID_ARGUMENT")
    fault("limited")
    limited = raises(gspread.exceptions.APIError, lambda: sheet.get("A1"))
    fault("forbidden")
    raises(PermissionError, lambda: client.open_by_key(SPREADSHEET))
    fault("none")
    same(limited.code, 429)
    same(limited.error["status"], "RESOURCE_EXHAUSTED")
    same(limited.response.json()["error"]["details"][0]["reason"], "RATE_LIMIT_EXCEEDED")


for each in checks:
    start_over()
    each()
    print("passed:", each.__name__)
print("gspread", gspread.__version__, "passed", len(checks), "checks")
