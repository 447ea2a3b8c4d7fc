package dev.syncline.google;

import com.google.api.services.sheets.v4.SheetsScopes;

/** What a credential is for. Who only reads asks Google for no more than that. */
enum Purpose {
    READING(SheetsScopes.SPREADSHEETS_READONLY, "reading"),
    WRITING(SheetsScopes.SPREADSHEETS, "writing");

    private final String scope;
    private final String word;

    Purpose(String scope, String word) {
        this.scope = scope;
        this.word = word;
    }

    String scope() {
        return scope;
    }

    /** For a person: reading, writing. */
    String word() {
        return word;
    }
}
