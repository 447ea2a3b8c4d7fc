package dev.syncline.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.syncline.identity.AuditEntry;

/** An audit record in words. */
record AuditLine(AuditEntry entry) {
    private static final Set<String> TOLD_ELSEWHERE = Set.of("target", "outcome", "ip", "requestId", "count");

    /** Something else that is known of it. */
    public record Detail(String name, String value) {}

    public Instant at() {
        return entry.timestamp();
    }

    public String actor() {
        return entry.actor() == null ? "nobody known" : entry.actor();
    }

    /** {@code RUN_STARTED} as {@code Run started}. */
    public String words() {
        String words = entry.action().toLowerCase(Locale.ENGLISH).replace('_', ' ');
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    public String tone() {
        return switch (entry.status()) {
            case "error" -> "bad";
            case "skipped" -> "attention";
            default -> "good";
        };
    }

    public String target() {
        return told("target");
    }

    public String outcome() {
        return told("outcome");
    }

    /** How often it happened within a minute, where that is more than once. */
    public String times() {
        String count = told("count");
        return count.isEmpty() || count.equals("1") ? "" : count + " times";
    }

    public String from() {
        return told("ip");
    }

    public String requestId() {
        return told("requestId");
    }

    public List<Detail> details() {
        List<Detail> details = new ArrayList<>();
        entry.context().forEach((name, value) -> {
            if (!TOLD_ELSEWHERE.contains(name)) {
                details.add(new Detail(name, text(value)));
            }
        });
        return details;
    }

    private String told(String name) {
        return text(entry.context().getOrDefault(name, ""));
    }

    private static String text(Object value) {
        if (value instanceof List<?> several) {
            return String.join(", ", several.stream().map(String::valueOf).toList());
        }
        return value instanceof Map<?, ?> inner && inner.isEmpty() ? "" : String.valueOf(value);
    }
}
