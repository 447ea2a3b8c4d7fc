package dev.syncline.dashboard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditEntry;
import dev.syncline.status.AuditFeed;
import dev.syncline.status.Page;

/**
 * Some of the audit feed, newest first.
 *
 * @param type the one that is asked for; empty for all
 * @param nextCursor leads on; null at the end
 */
record AuditLines(
        List<AuditLine> lines, String type, @Nullable String nextCursor) {
    /** A filter of the page. */
    public record Choice(String title, String href, boolean chosen) {}

    static AuditLines of(Page<AuditEntry> page, String type) {
        return new AuditLines(page.items().stream().map(AuditLine::new).toList(), type, page.nextCursor());
    }

    public List<Choice> choices() {
        Stream<Choice> types = AuditFeed.types().stream()
                .map(name -> new Choice(title(name), "/audit?eventType=" + name, name.equals(type)));
        return Stream.concat(Stream.of(new Choice("All", "/audit", type.isEmpty())), types)
                .toList();
    }

    private static String title(String type) {
        return switch (type) {
            case "sync" -> "Syncs";
            case "auth" -> "Log-ins";
            case "allowlist-change" -> "Allowlist";
            default -> Character.toUpperCase(type.charAt(0)) + type.substring(1);
        };
    }

    /** Where the next ones are; only asked where there are some. */
    public String more() {
        String cursor = nextCursor == null ? "" : nextCursor;
        String only = type.isEmpty() ? "" : "&eventType=" + URLEncoder.encode(type, StandardCharsets.UTF_8);
        return "/audit/more?cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8) + only;
    }
}
