package dev.syncline.processes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.SheetsScopes;
import com.google.api.services.sheets.v4.model.ValueRange;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;

import dev.syncline.dev.sheets.SheetsStandIn;

/** Google's client as its documentation shows it: a call for each row. What our figures are held against. */
final class RowByRow {
    private final Sheets sheets;
    private final String spreadsheet;

    RowByRow(SheetsStandIn standIn, String spreadsheet) {
        this.spreadsheet = spreadsheet;
        try (var key = new ByteArrayInputStream(standIn.accountKey().getBytes(StandardCharsets.UTF_8))) {
            GoogleCredentials credentials =
                    GoogleCredentials.fromStream(key).createScoped(List.of(SheetsScopes.SPREADSHEETS));
            sheets = new Sheets.Builder(
                            new NetHttpTransport(),
                            GsonFactory.getDefaultInstance(),
                            new HttpCredentialsAdapter(credentials))
                    .setApplicationName("measured")
                    .setRootUrl(standIn.root().toString())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long it takes to read all columns of so many rows, once the connection is there. */
    Duration read(String tab, int rows) {
        List<String> range = List.of("%s!A1:AR%d".formatted(tab, rows));
        return timed(() -> {
            sheets.spreadsheets()
                    .values()
                    .batchGet(spreadsheet)
                    .setRanges(range)
                    .setMajorDimension("COLUMNS")
                    .execute();
        });
    }

    /** How long it takes to write these into one column, each by itself, the first below the header. */
    Duration write(String tab, String column, List<String> cells) {
        return timed(() -> {
            for (int i = 0; i < cells.size(); i++) {
                sheets.spreadsheets()
                        .values()
                        .update(
                                spreadsheet,
                                "%s!%s%d".formatted(tab, column, i + 2),
                                new ValueRange().setValues(List.of(List.of(cells.get(i)))))
                        .setValueInputOption("RAW")
                        .execute();
            }
        });
    }

    private interface Calls {
        void make() throws IOException;
    }

    private Duration timed(Calls calls) {
        try {
            sheets.spreadsheets().get(spreadsheet).setFields("spreadsheetId").execute();
            long began = System.nanoTime();
            calls.make();
            return Duration.ofNanos(System.nanoTime() - began);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
