package dev.syncline.dev.sheets;

import java.util.Set;

/** Whose token came with a call, and what it may be used for. */
record Access(String account, Set<String> scopes) {
    private static final String PREFIX = "https://www.googleapis.com/auth/";
    private static final Set<String> WRITING = Set.of(PREFIX + "spreadsheets", PREFIX + "drive", PREFIX + "drive.file");
    private static final Set<String> READING = Set.of(PREFIX + "spreadsheets.readonly", PREFIX + "drive.readonly");

    Access {
        scopes = Set.copyOf(scopes);
    }

    boolean mayRead() {
        return mayWrite() || scopes.stream().anyMatch(READING::contains);
    }

    boolean mayWrite() {
        return scopes.stream().anyMatch(WRITING::contains);
    }
}
