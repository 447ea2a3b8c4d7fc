package dev.syncline.google;

import java.net.URI;

/** Where the Sheets API is, if it is not at Google: development brings one of its own, which is found as a bean. */
public interface SheetsHome {
    /** What stands in the place of {@code https://sheets.googleapis.com/}. */
    URI root();

    /** The key of a service account that the sheets there are shared with: a key file's JSON. */
    String accountKey();
}
