package dev.syncline.dev.sheets;

import java.io.IOException;

import com.google.api.services.sheets.v4.SheetsScopes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The page for people, by what it sends. */
class PageTest {
    private static final String HERE = "\"spreadsheet\": \"sample-devices\", \"tab\": \"Devices\"";

    private static SheetsStandIn standIn;
    private static RawCall call;

    private StandInTab tab;

    @BeforeAll
    static void start() {
        standIn = SheetsStandIn.start(0);
        call = new RawCall(standIn);
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    @BeforeEach
    void fill() {
        SampleDevices.into(standIn);
        tab = standIn.spreadsheet(SampleDevices.ID).tab(SampleDevices.TAB);
    }

    private RawCall.Answered change(String what) {
        return call.post("stand-in/changes", "", "application/json", "{%s, %s}".formatted(HERE, what));
    }

    @Test
    void isServedWithItsFilesAlone() {
        assertThat(call.get("", "").response().body()).contains("<title>Google Sheets stand-in</title>", "/page.js");
        assertThat(call.get("page.js", "").status()).isEqualTo(200);
        assertThat(call.get("page.css", "").status()).isEqualTo(200);
        assertThat(call.get("page.css", "").response().headers().firstValue("Content-Security-Policy"))
                .contains("default-src 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(call.get("other", "").status()).isEqualTo(404);
    }

    @Test
    void showsATab() {
        var sheet = call.get("stand-in/sheet?spreadsheet=sample-devices&tab=Devices", "")
                .body();
        assertThat(sheet.path("tabs").toString()).isEqualTo("[\"Devices\",\"Devices (copy)\",\"Manager's notes\"]");
        assertThat(sheet.at("/rows/0/0").asText()).isEqualTo("Serial");
        assertThat(sheet.at("/formulas/S2").asText()).isEqualTo("=L2&\" / \"&P2");
        assertThat(call.get("stand-in/sheet", "").body().path("tab").asText()).isEqualTo("Devices");
    }

    @Test
    void changesCellsAndRows() {
        assertThat(change("\"change\": \"cell\", \"cell\": \"D1\", \"value\": \"State\"")
                        .body()
                        .path("message")
                        .asText())
                .isEqualTo("D1 is changed.");
        assertThat(tab.get("D1")).isEqualTo("State");

        Object second = tab.get("A2");
        assertThat(change("\"change\": \"insertRow\", \"row\": 2").status()).isEqualTo(200);
        assertThat(tab.get("A2")).isNull();
        assertThat(tab.get("A3")).isEqualTo(second);
        assertThat(change("\"change\": \"deleteRow\", \"row\": 2").status()).isEqualTo(200);
        assertThat(tab.get("A2")).isEqualTo(second);

        assertThat(change("\"change\": \"sample\"").status()).isEqualTo(200);
        assertThat(standIn.spreadsheet(SampleDevices.ID).tab(SampleDevices.TAB).get("D1"))
                .isEqualTo("Status");
    }

    @Test
    void saysWhatWasWrong() {
        var answer = change("\"change\": \"cell\", \"cell\": \"nowhere\", \"value\": \"x\"");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(change("\"change\": \"deleteRow\", \"row\": 0")
                        .body()
                        .path("message")
                        .asText())
                .isEqualTo("rows count from 1");
    }

    @ParameterizedTest
    @CsvSource({"unavailable, 503", "limited, 429", "forbidden, 403", "missing, 404", "revoked, 401"})
    void switchesFaultsOnAndOff(String fault, int status) throws IOException {
        String token = RawCall.token(standIn.accountKey(), SheetsScopes.SPREADSHEETS);
        assertThat(change("\"change\": \"fault\", \"fault\": \"%s\"".formatted(fault))
                        .status())
                .isEqualTo(200);
        assertThat(call.get("v4/spreadsheets/sample-devices", token).status()).isEqualTo(status);
        assertThat(change("\"change\": \"fault\", \"fault\": \"none\"").status())
                .isEqualTo(200);
        assertThat(call.get("v4/spreadsheets/sample-devices", token).status()).isEqualTo(200);
    }

    @Test
    void isNotChangedByAFormOfAnotherPage() {
        var form = call.post("stand-in/changes", "", "text/plain", "{%s, \"change\": \"sample\"}".formatted(HERE));
        assertThat(form.status()).isEqualTo(415);
    }
}
