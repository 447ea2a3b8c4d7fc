package dev.syncline.source;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonFeedTest {
    private static final FeedLimits LIMITS = FeedLimits.defaults();

    @TempDir
    Path folder;

    @Test
    void bareArrayGivesItsRecordsWithPointers() {
        // When
        List<SourceItem> items = read(" [ {\"a\":1} ,\n{\"a\":2}\t] \n");

        // Then
        assertThat(items).extracting(SourceItem::place).containsExactly("/0", "/1");
        assertThat(items).extracting(SourceItem::ordinal).containsExactly(0L, 1L);
        assertThat(cells(items.get(1))).isEqualTo(Map.of("a", 2L));
        assertThat(items.get(1).raw()).asString().isEqualTo("{\"a\":2}");
    }

    @DisplayName("S1-22: the envelope is read whatever the order of its keys")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"success\":true,\"result\":{\"records\":[{\"a\":1},{\"a\":2}],\"total\":2}}",
                "{\"result\":{\"total\":2,\"records\":[{\"a\":1},{\"a\":2}]},\"success\":true}",
                "{\"help\":\"https://x/?a={[\\\"\",\"result\":{\"include_total\":true,\"fields\":[{\"id\":\"a\"}],"
                        + "\"records\":[{\"a\":1},{\"a\":2}],\"_links\":{\"next\":\"/x\"},\"total\":2},\"success\":true}",
                "\ufeff{\"result\":{\"records\":[{\"a\":1},{\"a\":2}]}}"
            })
    void envelopeIsReadInAnyKeyOrder(String text) {
        // When
        List<SourceItem> items = read(text);

        // Then
        assertThat(items).extracting(SourceItem::place).containsExactly("/result/records/0", "/result/records/1");
        assertThat(items).extracting(JsonFeedTest::cells).containsExactly(Map.of("a", 1L), Map.of("a", 2L));
    }

    @Test
    void pagesOneAfterTheOtherAreOneFeed() {
        // Given
        String pages = page(5, "{\"a\":1},{\"a\":2}") + "\n" + page(5, "{\"a\":3},{\"a\":4}") + page(5, "{\"a\":5}");

        // When
        List<SourceItem> items = read(pages);

        // Then
        assertThat(items)
                .extracting(SourceItem::place)
                .containsExactly(
                        "/result/records/0",
                        "/result/records/1",
                        "page 2: /result/records/0",
                        "page 2: /result/records/1",
                        "page 3: /result/records/0");
        assertThat(items).extracting(SourceItem::ordinal).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void anEmptyPageBehindOthersIsTheEnd() {
        assertThat(read(page(1, "{\"a\":1}") + page(1, ""))).hasSize(1);
    }

    @Test
    void fewerRecordsThanAnnouncedIsIncomplete() {
        assertFails(page(3, "{\"a\":1},{\"a\":2}"), ErrorCode.FEED_INCOMPLETE, "holds 2 records and announces 3");
    }

    @Test
    @DisplayName("A table that shrank while it was paged through may have shifted rows past the reader")
    void aTotalThatShrinksBetweenPagesIsIncomplete() {
        assertFails(page(4, "{\"a\":1},{\"a\":2}") + page(3, "{\"a\":4}"), ErrorCode.FEED_INCOMPLETE, "announces 4");
    }

    @Test
    void moreRecordsThanAnnouncedAreTaken() {
        assertThat(read(page(1, "{\"a\":1},{\"a\":2}"))).hasSize(2);
    }

    @Test
    void totalsCountRowsAndBrokenRows() {
        try (JsonFeed feed = JsonFeed.open(file(page(3, "{\"a\":1},17,{\"a\":2}")), LIMITS, Set.of())) {
            while (feed.next() != null) {
                // to the end
            }
            assertThat(feed.next()).isNull();
            assertThat(feed.totals()).isEqualTo(new FeedTotals(2, 1, 3L));
            assertThat(feed.bytesRead()).isEqualTo(feed.bytesTotal());
        }
    }

    @Test
    void valuesKeepTheirExactness() {
        // When
        Map<String, Object> cells = cells(read("[{\"text\":\"\\u00e9\\n\\ud83d\\ude00é\",\"long\":-9007199254740993,"
                        + "\"big\":123456789012345678901234567890,\"exact\":0.10,\"e\":1E+3,\"yes\":true,\"no\":false,\"none\":null,"
                        + "\"nan\":NaN,\"inf\":-Infinity,\"list\":[1,[\"x\"],{}],\"map\":{\"k\":{\"l\":null}},\" odd name \":1}]")
                .get(0));

        // Then
        assertThat(cells).containsEntry("text", "é\n😀é");
        assertThat(cells).containsEntry("long", -9007199254740993L);
        assertThat(cells).containsEntry("big", new BigInteger("123456789012345678901234567890"));
        assertThat(cells).containsEntry("exact", new BigDecimal("0.10"));
        assertThat(cells).containsEntry("e", new BigDecimal("1E+3"));
        assertThat(cells).containsEntry("yes", true).containsEntry("no", false).containsEntry("none", null);
        assertThat(cells).containsEntry("nan", Double.NaN).containsEntry("inf", Double.NEGATIVE_INFINITY);
        assertThat(cells).containsEntry("list", List.of(1L, List.of("x"), Map.of()));
        assertThat(cells.get("map")).hasToString("{k={l=null}}");
        assertThat(cells.keySet()).endsWith(" odd name ").startsWith("text");
    }

    @Test
    void ofTwoCellsWithOneNameTheLastWins() {
        assertThat(cells(read("[{\"a\":1,\"b\":2,\"a\":3}]").get(0))).isEqualTo(Map.of("a", 3L, "b", 2L));
    }

    @Test
    void onlyTheColumnsAskedForAreGiven() {
        // Given
        Path file = file("[{\"a\":1,\"skip\":{\"a\":[9]},\"b\":\"x\"},{\"skip\":[{\"b\":1}]}]");

        // When
        try (JsonFeed feed = JsonFeed.open(file, LIMITS, Set.of("a", "b", "c"))) {
            // Then
            assertThat(cells(feed.next())).isEqualTo(Map.of("a", 1L, "b", "x"));
            assertThat(cells(feed.next())).isEmpty();
            assertThat(feed.next()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\" 1}                | ROW_MALFORMED  | byte 5 of the record",
                "{\"a\":1,}               | ROW_MALFORMED  | Not well-formed",
                "{\"a\":[1,2}             | ROW_MALFORMED  | Not well-formed",
                "{\"a\":1]}               | ROW_MALFORMED  | Not well-formed",
                "{\"a\":tru}              | ROW_MALFORMED  | Not well-formed",
                "{\"a\":\"\\x\"}          | ROW_MALFORMED  | Not well-formed",
                "{\"a\":01}               | ROW_MALFORMED  | Not well-formed",
                "{a:1}                    | ROW_MALFORMED  | Not well-formed",
                "{{}}                     | ROW_MALFORMED  | Not well-formed",
                "{\"a\":1e999999999}      | ROW_MALFORMED  | A number is out of range",
                "{\"a\":1e99999999999}    | ROW_MALFORMED  | A number is out of range",
                "17                       | ROW_NOT_OBJECT | a number",
                "\"{\\\"a\\\":1}\"        | ROW_NOT_OBJECT | a text",
                "[{\"a\":1},{\"b\":[2]}]  | ROW_NOT_OBJECT | a list",
                "null                     | ROW_NOT_OBJECT | null",
                "false                    | ROW_NOT_OBJECT | true or false",
            })
    void aBrokenRecordIsSetAsideAndTheNextOnesGoOn(String record, ErrorCode code, String detail) {
        // When
        List<SourceItem> items = read(page(3, "{\"n\":0}," + record + ",{\"n\":2}"));

        // Then
        assertThat(items).hasSize(3);
        assertThat(cells(items.get(2))).isEqualTo(Map.of("n", 2L));
        BrokenRow broken = (BrokenRow) items.get(1);
        assertThat(broken.code()).isEqualTo(code);
        assertThat(broken.detail()).contains(detail);
        assertThat(broken.place()).isEqualTo("/result/records/1");
        assertThat(broken.raw()).asString().isEqualTo(record);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "c0af", "eda080", "f5808080", "80", "e282"})
    void aRecordThatIsNotUtf8IsSetAside(String hex) {
        // Given
        byte[] feed = FeedFiles.join(bytes("[{\"a\":\""), HexFormat.of().parseHex(hex), bytes("\"},{\"a\":\"é\"}]"));

        // When
        List<SourceItem> items = FeedFiles.readAll(FeedFiles.write(folder, feed), LIMITS);

        // Then
        assertThat(((BrokenRow) items.get(0)).code()).isEqualTo(ErrorCode.ROW_ENCODING);
        assertThat(cells(items.get(1))).isEqualTo(Map.of("a", "é"));
    }

    @Test
    void zeroBytesDoNotTurnTheRecordIntoUtf16() {
        // Given
        byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
        byte[] feed = FeedFiles.join(bytes("["), utf16, bytes(" ]"));

        // When: the record ends at its brace, the zero behind it is no JSON
        Path file = FeedFiles.write(folder, feed);
        try (JsonFeed reader = JsonFeed.open(file, LIMITS, Set.of())) {
            // Then
            assertThat(reader.next()).isInstanceOf(BrokenRow.class);
            assertThatExceptionOfType(SyncException.class).isThrownBy(reader::next);
        }
    }

    @Test
    void aHugeRecordIsSkippedWithoutBeingHeld() throws IOException {
        // Given
        Path file = Files.createTempFile(folder, "huge", ".json");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(bytes("[{\"a\":1},{\"huge\":\""));
            byte[] mebibyte = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 40; i++) {
                out.write(mebibyte);
            }
            out.write(bytes("\"},{\"a\":3}]"));
        }

        // When
        List<SourceItem> items = FeedFiles.readAll(file, LIMITS);

        // Then
        BrokenRow broken = (BrokenRow) items.get(1);
        assertThat(broken.code()).isEqualTo(ErrorCode.ROW_TOO_LARGE);
        assertThat(broken.detail()).isEqualTo("The record has 41943051 bytes; 1048576 are allowed");
        assertThat(broken.raw()).hasSize(2048).startsWith(bytes("{\"huge\":\"xxx"));
        assertThat(cells(items.get(2))).isEqualTo(Map.of("a", 3L));
    }

    @Test
    void aRecordOfExactlyTheLimitIsTaken() {
        // Given
        String record = "{\"a\":\"" + "x".repeat(2040) + "\"}";
        assertThat(record).hasSize(2048);

        // Then
        assertThat(FeedFiles.readAll(file("[" + record + "]"), LIMITS.withMaxRecord(2048))
                        .get(0))
                .isInstanceOf(SourceRow.class);
        assertThat(FeedFiles.readAll(file("[" + record + "]"), LIMITS.withMaxRecord(2047))
                        .get(0))
                .isInstanceOf(BrokenRow.class);
    }

    @Test
    void deepNestingIsSetAsideWithoutOverflow() {
        // Given
        String bomb = "{\"a\":" + "[".repeat(400_000) + "]".repeat(400_000) + "}";

        // When
        List<SourceItem> items = read("[" + bomb + ",{\"a\":2}]");

        // Then
        assertThat(((BrokenRow) items.get(0)).code()).isEqualTo(ErrorCode.ROW_MALFORMED);
        assertThat(((BrokenRow) items.get(0)).detail()).contains("nested deeper than 64 levels");
        assertThat(items.get(0).raw()).hasSize(2048);
        assertThat(cells(items.get(1))).isEqualTo(Map.of("a", 2L));
    }

    @Test
    void deepNestingAroundTheRecordsIsPassedOver() {
        String bomb = "{\"x\":".repeat(300_000) + "1" + "}".repeat(300_000);
        assertThat(read("{\"help\":" + bomb + ",\"result\":{\"records\":[{\"a\":1}]}}"))
                .hasSize(1);
    }

    @Test
    void recordsAcrossTheEdgesOfTheWindowAreWhole() {
        // Given: records of many lengths, so that some edge falls on every kind of byte
        StringBuilder feed = new StringBuilder("[");
        for (int i = 0; i < 3000; i++) {
            feed.append(i == 0 ? "" : ",").append("{\"n\":" + i + ",\"t\":\"" + "\\\"}\\\\é".repeat(i % 97) + "\"}");
        }

        // When
        List<SourceItem> items = read(feed.append("]").toString());

        // Then
        for (int i = 0; i < 3000; i++) {
            assertThat(cells(items.get(i))).isEqualTo(Map.of("n", (long) i, "t", "\"}\\é".repeat(i % 97)));
        }
    }

    @Test
    @DisplayName("S1-22: gzip is recognised by content")
    void gzipIsUnpacked() {
        // Given
        Path file = FeedFiles.write(folder, FeedFiles.gzip(page(1, "{\"a\":1}")));

        // When
        try (JsonFeed feed = JsonFeed.open(file, LIMITS, Set.of())) {
            // Then
            assertThat(cells(feed.next())).isEqualTo(Map.of("a", 1L));
            assertThat(feed.next()).isNull();
            assertThat(feed.bytesRead())
                    .isEqualTo(feed.bytesTotal())
                    .isEqualTo(file.toFile().length());
        }
    }

    @Test
    void gzipMembersAreOneStream() {
        byte[] packed = FeedFiles.join(FeedFiles.gzip("[{\"a\":1},{\"a"), FeedFiles.gzip("\":2}]"));
        assertThat(FeedFiles.readAll(FeedFiles.write(folder, packed), LIMITS)).hasSize(2);
    }

    @Test
    void cutGzipIsTruncated() {
        byte[] packed = FeedFiles.gzip("[{\"a\":1}]");
        for (int length = 2; length < packed.length; length++) {
            assertFails(Arrays.copyOf(packed, length), ErrorCode.FEED_TRUNCATED, "gzip");
        }
    }

    @Test
    void damagedGzipIsMalformed() {
        byte[] packed = FeedFiles.gzip("[{\"a\":1}]");
        packed[packed.length - 6] ^= 1;
        assertFails(packed, ErrorCode.FEED_MALFORMED, "damaged");
        assertFails(
                FeedFiles.join(FeedFiles.gzip("[{\"a\":1}]"), bytes("some garbage")),
                ErrorCode.FEED_MALFORMED,
                "damaged");
    }

    @DisplayName("S1-22: a feed that is none fails as a whole and says why")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<!DOCTYPE html><p>Login</p>            | FEED_NOT_JSON  | '<!DOCTYPE html>': it looks like an HTML page",
                "<?xml version=\"1.0\"?>                | FEED_NOT_JSON  | looks like XML",
                "ab,c1                                  | FEED_NOT_JSON  | begins with 'xx,x9', and an array or an object is due",
                "\"text\"                               | FEED_NOT_JSON  | an array or an object is due",
                "[                                      | FEED_TRUNCATED | The feed ends at byte 1",
                "[{\"a\":1},{\"a\":                     | FEED_TRUNCATED | ends at byte 14 inside record /1, which begins at byte 9",
                "[{\"a\":1},{\"a\":\"x},{\"a\":\"y\"}] | FEED_TRUNCATED | inside record /1",
                "[{\"a\":1}                             | FEED_TRUNCATED | before its closing ]",
                "[{\"a\":1},                            | FEED_TRUNCATED | The feed ends at byte 9",
                "{\"result\":{\"records\":[{\"a\":1}]   | FEED_TRUNCATED | before its closing }",
                "[{\"a\":1},nul                         | FEED_TRUNCATED | inside record /1",
                "[]                                     | FEED_EMPTY     | holds no records",
                "{\"result\":{\"records\":[],\"total\":9}} | FEED_EMPTY  | announces 9",
                "[{\"a\":1} {\"a\":2}]                  | FEED_MALFORMED | At byte 9 ',' or ']' is due",
                "[{\"a\":1},oops,{\"a\":2}]             | FEED_MALFORMED | At byte 9 record /1 is due",
                "[{\"a\":1},,{\"a\":2}]                 | FEED_MALFORMED | At byte 9",
                "[{\"a\":1},]                           | FEED_MALFORMED | At byte 9",
                "[{\"a\":1}}]                           | FEED_MALFORMED | At byte 8",
                "[{\"a\":1}] trailing                   | FEED_MALFORMED | At byte 10 the end is due",
                "[{\"a\":1}]]                           | FEED_MALFORMED | At byte 9",
                "{\"a\":1}                              | FEED_MALFORMED | has no 'result'",
                "{\"success\":true,\"result\":{\"total\":1}} | FEED_MALFORMED | has no 'result.records'",
                "{\"success\":true,\"result\":null}     | FEED_MALFORMED | has no 'result.records'",
                "{\"result\":{\"records\":\"a,b\"}}     | FEED_MALFORMED | the list 'result.records' is due",
                "{\"result\":{\"records\":[{}],\"records\":[]}} | FEED_MALFORMED | twice",
                "{\"result\" 1}                         | FEED_MALFORMED | ':' is due",
                "{result:1}                             | FEED_MALFORMED | a name is due",
                "{\"success\":false,\"error\":{\"__type\":\"X\",\"message\":\"Not found\"}} | FEED_FAILURE_REPORTED | The feed says: Not found",
                "{\"error\":{\"limit\":[\"Bad value\"]},\"success\":false,\"result\":null}   | FEED_FAILURE_REPORTED | Bad value",
                "{\"success\":false}                    | FEED_FAILURE_REPORTED | no reason given",
                "{\"result\":{\"records\":[{\"a\":1}]},\"success\":false} | FEED_FAILURE_REPORTED | The feed says",
            })
    void aFeedThatIsWrongAsAWholeFails(String text, ErrorCode code, String detail) {
        assertFails(bytes(text), code, detail);
    }

    @Test
    void emptyAndBlankFilesAreEmptyFeeds() {
        assertFails("", ErrorCode.FEED_EMPTY, "holds no records");
        assertFails(" \n\t ", ErrorCode.FEED_EMPTY, "holds no records");
    }

    @Test
    void utf16IsNamed() {
        assertFails("\ufeff[{\"a\":1}]".getBytes(StandardCharsets.UTF_16LE), ErrorCode.FEED_NOT_JSON, "UTF-16");
    }

    @Test
    void theFeedsOwnWordsAreMadeSafe() {
        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> read("{\"success\":false,\"error\":{\"message\":\"a\\u001b[31m\\r\\nb\\u202e"
                        + "x".repeat(5000) + "\"}}"))
                .satisfies(e -> assertThat(e.detail())
                        .startsWith("The feed says: a [31m  b x")
                        .hasSizeLessThan(250))
                .satisfies(e -> assertThat(e.detail()).matches("\\P{Cntrl}*"));
    }

    @Test
    void aFeedThatUnpacksWithoutEndIsStopped() {
        // Given
        FeedLimits small = new FeedLimits(1024, 8, 1_000_000);
        Path file = FeedFiles.write(folder, FeedFiles.gzip("[" + " ".repeat(2_000_000) + "]"));

        // Then
        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> FeedFiles.readAll(file, small))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_TOO_LARGE));
    }

    @DisplayName("S1-22: the real exports, bare and in CKAN's envelope, are read whole")
    @ParameterizedTest
    @CsvSource({"2023-01.json, 943", "2023-07.json, 1658", "ckan-envelope-7rows.json, 7"})
    void realExportsAreReadWhole(String name, int rows) {
        // Given
        Path file = Path.of("../shared/data/permits", name);
        Assumptions.assumeTrue(Files.exists(file), () -> file + " is not there");

        // When
        List<SourceItem> items = FeedFiles.readAll(file, LIMITS);

        // Then
        assertThat(items).hasSize(rows).allMatch(SourceRow.class::isInstance);
        assertThat(cells(items.get(0))).containsKeys("PERMIT_NUM", "REVISION_NUM", "EST_CONST_COST", "INSTITUTIONAL");
    }

    private static String page(int total, String records) {
        return "{\"success\":true,\"result\":{\"records\":[" + records + "],\"total\":" + total + "}}";
    }

    private List<SourceItem> read(String text) {
        return FeedFiles.readAll(file(text), LIMITS);
    }

    private Path file(String text) {
        return FeedFiles.write(folder, text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> cells(SourceItem item) {
        assertThat(item).isInstanceOf(SourceRow.class);
        return ((SourceRow) item).cells();
    }

    private void assertFails(String text, ErrorCode code, String detail) {
        assertFails(bytes(text), code, detail);
    }

    private void assertFails(byte[] feed, ErrorCode code, String detail) {
        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> FeedFiles.readAll(FeedFiles.write(folder, feed), LIMITS))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .satisfies(e -> assertThat(e.detail()).contains(detail));
    }
}
