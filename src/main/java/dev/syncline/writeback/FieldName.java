package dev.syncline.writeback;

import java.util.regex.Pattern;

/** Names that a field of a record can have, dots between the parts of one that lies deeper. */
final class FieldName {
    private static final Pattern PARTS = Pattern.compile("[^.$\\x00\\s][^.\\x00]*(\\.[^.$\\x00\\s][^.\\x00]*)*");

    private FieldName() {}

    static boolean isOne(String name) {
        return PARTS.matcher(name).matches() && name.equals(name.strip());
    }
}
