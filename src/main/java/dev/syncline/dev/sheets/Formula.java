package dev.syncline.dev.sheets;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A formula, as its author wrote it, and what it means.
 *
 * @param text with the {@code =}
 */
record Formula(String text, Expression meaning) {
    private static final Pattern STRING_OR_REFERENCE =
            Pattern.compile("\"(?:[^\"]|\"\")*\"|(?<![\\p{L}\\p{N}_.])(?<reference>(?:" + Reference.TAB + ")?"
                    + Reference.CELLS + ")(?![\\p{L}\\p{N}_(])");

    static Formula of(String text) {
        return new Formula(text, new FormulaParser(text.substring(1)).parse());
    }

    /** With each of its references changed; what is gone becomes {@code #REF!}. */
    Formula referring(Function<Reference, Optional<Reference>> change) {
        String changed = STRING_OR_REFERENCE.matcher(text).replaceAll(found -> quoted(found, change));
        return changed.equals(text) ? this : of(changed);
    }

    private static String quoted(MatchResult found, Function<Reference, Optional<Reference>> change) {
        String part = found.group();
        String replaced = part.startsWith("\"")
                ? part
                : change.apply(Reference.parse(part)).map(Reference::text).orElse(CellError.REF.text());
        return Matcher.quoteReplacement(replaced);
    }
}
