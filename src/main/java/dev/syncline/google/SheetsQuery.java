package dev.syncline.google;

import java.io.IOException;

import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.SheetsRequest;

/** What is asked of Google Sheets; made anew for each try, and not sent. */
@FunctionalInterface
public interface SheetsQuery<T> {
    SheetsRequest<T> on(Sheets sheets) throws IOException;
}
