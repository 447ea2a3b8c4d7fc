package dev.syncline.google;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonErrorContainer;
import com.google.api.client.googleapis.services.AbstractGoogleClientRequest;
import com.google.api.client.googleapis.services.json.AbstractGoogleJsonClientRequest;
import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.SheetsRequest;
import com.google.api.services.sheets.v4.model.BatchGetValuesResponse;
import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetRequest;
import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetResponse;
import com.google.api.services.sheets.v4.model.Spreadsheet;
import com.google.api.services.sheets.v4.model.ValueRange;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What Google's client looks at by reflection, for a native image: its jars do not say it themselves. Without the requests their
 * variables would silently be empty. The models need {@code quarkus.index-dependency.google-sheets} too.
 */
@RegisterForReflection(
        targets = {
            Sheets.class,
            SheetsRequest.class,
            AbstractGoogleJsonClientRequest.class,
            AbstractGoogleClientRequest.class,
            GoogleJsonError.class,
            GoogleJsonErrorContainer.class
        })
final class SheetsReflection {
    private SheetsReflection() {}

    /** By hierarchy: whatever Google nests in its answers, and in what it is asked. */
    @RegisterForReflection(
            registerFullHierarchy = true,
            targets = {
                Spreadsheet.class,
                ValueRange.class,
                BatchGetValuesResponse.class,
                BatchUpdateSpreadsheetRequest.class,
                BatchUpdateSpreadsheetResponse.class
            })
    static final class Models {
        private Models() {}
    }
}
