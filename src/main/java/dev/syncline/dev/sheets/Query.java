package dev.syncline.dev.sheets;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** What is encoded in addresses and forms. */
final class Query {
    private Query() {}

    /** Parameters of a query or of a form, each with all its values. */
    static Map<String, List<String>> parse(@Nullable String encoded) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (encoded == null || encoded.isEmpty()) {
            return parameters;
        }
        for (String pair : encoded.split("&")) {
            int end = pair.contains("=") ? pair.indexOf('=') : pair.length();
            String name = decoded(pair.substring(0, end));
            String value = end == pair.length() ? "" : decoded(pair.substring(end + 1));
            parameters.computeIfAbsent(name, x -> new ArrayList<>()).add(value);
        }
        return parameters;
    }

    /** The parts of a path; a plus in one is a plus. */
    static List<String> segments(String path) {
        return Stream.of(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> decoded(segment.replace("+", "%2B")))
                .toList();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
