package dev.syncline.dev.sheets;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.filter.TokenFilter;
import org.jspecify.annotations.Nullable;

/**
 * The {@code fields} of an answer that are wanted: {@code a,b.c}, {@code a/b}, {@code a(b,c)}, {@code *}. It filters what is
 * written, so that the rest costs no memory.
 */
final class FieldMask extends TokenFilter {
    /** So that a misspelt name is refused, as Google does, and not answered with nothing. */
    private static final Set<String> KNOWN = Set.of("""
            spreadsheetId properties title locale autoRecalc timeZone sheets sheetId index sheetType
            gridProperties rowCount columnCount frozenRowCount frozenColumnCount hidden data rowData values
            startRow startColumn rowMetadata columnMetadata pixelSize userEnteredValue effectiveValue
            formattedValue userEnteredFormat effectiveFormat numberFormat type pattern numberValue
            stringValue boolValue formulaValue errorValue message hyperlink note dataValidation merges
            protectedRanges protectedRangeId namedRanges name range ranges conditionalFormats
            spreadsheetUrl developerMetadata defaultFormat basicFilter charts tables valueRanges
            majorDimension updatedRange updatedRows updatedColumns updatedCells updatedData updates
            tableRange clearedRange clearedRanges replies addSheet responses totalUpdatedRows
            totalUpdatedColumns totalUpdatedCells totalUpdatedSheets updatedSpreadsheet
            """.split("\\s+"));

    private static final String SEPARATORS = ",/.()";

    private final Map<String, FieldMask> fields = new LinkedHashMap<>();
    private boolean all;

    private FieldMask() {}

    static FieldMask everything() {
        FieldMask mask = new FieldMask();
        mask.all = true;
        return mask;
    }

    static FieldMask parse(String text) {
        FieldMask mask = new FieldMask();
        if (mask.readAll(text, 0) < text.length()) {
            throw ApiException.unknownField(text);
        }
        return mask;
    }

    /** Reads fields with commas between them; where they end. */
    private int readAll(String text, int from) {
        int end = readOne(text, from);
        while (end < text.length() && text.charAt(end) == ',') {
            end = readOne(text, end + 1);
        }
        return end;
    }

    private int readOne(String text, int from) {
        int end = from;
        while (end < text.length() && SEPARATORS.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        FieldMask part = named(text.substring(from, end).strip());
        char next = end < text.length() ? text.charAt(end) : ',';
        if (next == '/' || next == '.') {
            return part.readOne(text, end + 1);
        }
        if (next == '(') {
            return part.readBracket(text, end + 1);
        }
        part.all = true;
        return end;
    }

    private int readBracket(String text, int from) {
        int end = readAll(text, from);
        if (end == text.length() || text.charAt(end) != ')') {
            throw ApiException.unknownField(text);
        }
        return end + 1;
    }

    private FieldMask named(String name) {
        if (name.equals("*")) {
            return this;
        }
        if (!KNOWN.contains(name)) {
            throw ApiException.unknownField(name);
        }
        return fields.computeIfAbsent(name, x -> new FieldMask());
    }

    /** Whether anything in there is wanted. */
    boolean wants(String... path) {
        FieldMask mask = this;
        for (String name : path) {
            if (mask.all) {
                return true;
            }
            if (!mask.fields.containsKey(name)) {
                return false;
            }
            mask = mask.fields.get(name);
        }
        return true;
    }

    @Override
    public @Nullable TokenFilter includeProperty(String name) {
        FieldMask field = fields.get(name);
        boolean isWhole = all || field != null && field.all;
        return isWhole ? INCLUDE_ALL : field;
    }

    /** A blank cell is empty and has its place in the row none the less. */
    @Override
    public boolean includeEmptyObject(boolean contentsFiltered) {
        return true;
    }

    @Override
    public boolean includeEmptyArray(boolean contentsFiltered) {
        return true;
    }
}
