package dev.syncline.dev;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SampleFeedTest {
    private static final SampleFeed FEED = SampleFeed.first(42, 2_000);

    @Test
    void givesTheSameBytesForTheSameValues() throws IOException {
        assertThat(bytes(FEED))
                .isEqualTo(bytes(SampleFeed.first(42, 2_000)))
                .isNotEqualTo(bytes(SampleFeed.first(43, 2_000)));
    }

    @Test
    void hasTheColumnsOfTheRealFeed() throws IOException {
        var columns = new LinkedHashSet<String>();
        rows(FEED).get(0).fieldNames().forEachRemaining(columns::add);
        assertThat(columns)
                .hasSize(32)
                .startsWith("_id", "PERMIT_NUM", "REVISION_NUM")
                .endsWith("DEMOLITION", "BUILDER_NAME");
    }

    @Test
    void holdsWhatMakesTheRealFeedHard() throws IOException {
        var rows = rows(FEED);
        assertThat(texts(rows, "APPLICATION_DATE"))
                .anyMatch(date -> date.matches("\\d{4}-\\d\\d-\\d\\d"))
                .anyMatch(date -> date.matches("\\d{8}000000"))
                .anyMatch(date -> date.matches("\\d{4}-\\d\\d-\\d\\dT00:00:00"))
                .anyMatch(date -> date.matches("\\d\\d/\\d\\d/\\d{4}"));
        assertThat(texts(rows, "EST_CONST_COST"))
                .contains("DO NOT UPDATE OR DELETE THIS INFO FIELD", "0")
                .anyMatch(cost -> cost.startsWith("$"));
        assertThat(texts(rows, "STATUS")).hasSizeGreaterThan(6).contains("Under Review ");
        assertThat(texts(rows, "POSTAL")).contains("   ");
        assertThat(rows.size() - permits(rows).size()).as("repeated and broken").isEqualTo(4 + 3);
    }

    @Test
    void laterEditionsAreOfTheSamePermits() throws IOException {
        var before = permits(rows(FEED)).keySet();
        var after = permits(rows(FEED.later(0.06, 0.03, 25))).keySet();

        var gone = new TreeSet<>(before);
        gone.removeAll(after);
        var added = new TreeSet<>(after);
        added.removeAll(before);
        assertThat(gone).hasSizeBetween(30, 90);
        assertThat(added).hasSize(25);
    }

    @Test
    void isWrittenWithoutBeingHeld() throws IOException {
        var counted = new long[1];
        SampleFeed.first(1, 100_000).writeTo(new OutputStream() {
            @Override
            public void write(int b) {
                counted[0]++;
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                assertThat(length).isLessThan(64 * 1024);
                counted[0] += length;
            }
        });
        assertThat(counted[0]).isBetween(70_000_000L, 110_000_000L);
    }

    private static byte[] bytes(SampleFeed feed) throws IOException {
        var bytes = new ByteArrayOutputStream();
        feed.writeTo(bytes);
        return bytes.toByteArray();
    }

    private static JsonNode rows(SampleFeed feed) throws IOException {
        return new ObjectMapper().readTree(bytes(feed));
    }

    private static Set<String> texts(JsonNode rows, String column) {
        var texts = new TreeSet<String>();
        rows.forEach(row -> texts.add(row.path(column).asText()));
        return texts;
    }

    /** By key, the last row wins, as it does in a run. */
    private static Map<String, JsonNode> permits(JsonNode rows) {
        var permits = new HashMap<String, JsonNode>();
        rows.forEach(row -> {
            if (row.has("APPLICATION_DATE")) {
                permits.put(
                        row.get("PERMIT_NUM").asText() + row.get("REVISION_NUM").asText(), row);
            }
        });
        return permits;
    }
}
