package dev.syncline.dev.sheets;

import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FormulaTest {
    private final StandInSpreadsheet spreadsheet = new StandInSpreadsheet("x", "x", ZoneOffset.UTC);
    private final StandInTab tab = spreadsheet
            .tab("First")
            .fill(List.of(List.of(1, 2, 3), List.of("a", "b", true), List.of("=A1+1", "=C3", "=NA()")));

    @ParameterizedTest(name = "{0} comes to {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "=1+2*3          | 7",
                "=(1+2)*3        | 9",
                "=-A1+10%        | -0.9",
                "=2^3            | 8",
                "=A1/B1          | 0.5",
                "=A1/0           | #DIV/0!",
                "=A2+1           | #VALUE!",
                "=C2+1           | 2",
                "=\"4\"+1        | 5",
                "=A2&B2&1.5      | ab1.5",
                "=\"say \"\"hi\"\"\" | say \"hi\"",
                "=SUM(A1:C2,4)   | 10",
                "=SUM(A1:C3)     | #N/A",
                "=COUNTA(A1:C2)  | 6",
                "=CONCATENATE(A2,\"-\",B2) | a-b",
                "=IF(A1<B1,\"less\",\"more\") | less",
                "=IF(A1>B1,\"less\") | FALSE",
                "=IF(A2,1,2)     | #VALUE!",
                "=A2=\"A\"       | TRUE",
                "=A1<>1          | FALSE",
                "=NA()           | #N/A",
                "=C3             | #N/A",
                "=VLOOKUP(1,A:B,2) | #NAME?",
                "=nothing        | #NAME?",
                "=1+             | #ERROR!",
                "=(1             | #ERROR!",
                "=1 2            | #ERROR!",
                "=Other!A1       | #REF!",
                "=#REF!+1        | #REF!",
                "=ZZ1            | #REF!",
                "=A9             | 0",
                "=first!a1       | 1",
                "=D5             | #REF!"
            })
    void isWorkedOut(String formula, String shown) {
        tab.set("D5", formula);
        assertThat(tab.shown("D5")).isEqualTo(shown);
    }

    @Test
    void refersToOtherTabs() {
        spreadsheet.tab("It's two").set("B2", 20);
        tab.set("D1", "='It''s two'!B2*2");
        assertThat(tab.get("D1")).isEqualTo(40.0);
        spreadsheet.tab("It's two").insertRow(1);
        assertThat(tab.get("D1")).isEqualTo(40.0);
    }

    @Test
    void inACircleIsAnError() {
        tab.set("D1", "=E1").set("E1", "=D1");
        assertThat(tab.get("D1")).isEqualTo("#REF!");
        assertThat(tab.get("E1")).isEqualTo("#REF!");
    }

    @ParameterizedTest(name = "{0} becomes {3} with {2} rows at {1}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "=B5,           2,  1,  =B6",
                "=B1,           2,  1,  =B1",
                "=B5,           4,  2,  =B7",
                "=$B$5+B5,      0,  1,  =$B$6+B6",
                "=SUM(B2:B9),   4,  2,  =SUM(B2:B11)",
                "=SUM(B2:B),    0,  1,  =SUM(B3:B)",
                "=SUM(B:B),     0,  1,  =SUM(B:B)",
                "=B5,           4, -1,  =#REF!",
                "=B5,           2, -2,  =B3",
                "=SUM(B2:B9),   4, -2,  =SUM(B2:B7)",
                "=SUM(B2:B3),   1, -2,  =SUM(#REF!)",
                "=\"B5\"&B5,    0,  1,  =\"B5\"&B6",
                "=Other!B5,     0,  1,  =Other!B5",
                "=LOG10(B5),    0,  1,  =LOG10(B6)"
            })
    void followsRowsThatComeAndGo(String before, int at, int rows, String after) {
        var sheet = new Sheet(1, "First", new Grid(100, 26));
        assertThat(sheet.shifted(Formula.of(before), sheet, new Shift(true, at, rows))
                        .text())
                .isEqualTo(after);
    }

    @Test
    void followsARenamedTab() {
        var other = spreadsheet.tab("Other").set("A1", "=First!A1");
        spreadsheet.edit(book -> book.rename(book.find("First").orElseThrow(), "It's first"));
        assertThat(other.get("A1")).isEqualTo(1.0);
    }
}
