package dev.syncline.google;

import java.net.URI;

/** Where Google Sheets is when nobody has configured it: the stand-in of dev and test. Production has no such bean. */
public interface SheetsHome {
    /** Root of the API. */
    URI root();

    /** The JSON key of a service account that the sheets there are shared with. */
    String accountKey();
}
