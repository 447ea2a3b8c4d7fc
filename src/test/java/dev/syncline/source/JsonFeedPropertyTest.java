package dev.syncline.source;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;

class JsonFeedPropertyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FeedLimits SMALL = new FeedLimits(1024, 8, 1 << 20);
    private static final String ENVELOPE =
            "{\"help\":\"x\\\"}\",\"success\":true,\"result\":{\"total\":3,\"fields\":[{\"id\":\"a\"}],\"records\":"
                    + "[{\"a\":1},\n{\"a\":[\"]}é\",{\"b\":null}]} , {\"a\":\"\\\\\"}],\"limit\":3}}";

    private Path folder;

    @BeforeProperty
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("feeds");
    }

    @AfterProperty
    void removeFolder() throws IOException {
        try (var files = Files.list(folder)) {
            files.forEach(file -> file.toFile().delete());
        }
        Files.delete(folder);
    }

    @Property(tries = 1000)
    void anyBytesGiveItemsOrAFailureWithACode(@ForAll("bytes") byte[] bytes) {
        assertThat(readable(bytes)).isGreaterThanOrEqualTo(0);
    }

    @Property(tries = 2000)
    void anyDamageToAFeedGivesItemsOrAFailureWithACode(
            @ForAll @IntRange(max = 200) int at, @ForAll @IntRange(max = 3) int cut, @ForAll("bytes") byte[] insert) {
        byte[] feed = ENVELOPE.getBytes(StandardCharsets.UTF_8);
        int from = Math.min(at, feed.length);
        int to = Math.min(from + cut, feed.length);
        byte[] damaged = FeedFiles.join(Arrays.copyOf(feed, from), insert, Arrays.copyOfRange(feed, to, feed.length));
        assertThat(readable(damaged)).isGreaterThanOrEqualTo(0);
    }

    @Property(tries = 300)
    void whatWasWrittenIsReadBack(@ForAll("rows") List<Map<String, Object>> rows, @ForAll boolean enveloped)
            throws JsonProcessingException {
        // Given
        Object feed =
                enveloped ? Map.of("success", true, "result", Map.of("total", rows.size(), "records", rows)) : rows;

        // When
        List<SourceItem> items =
                FeedFiles.readAll(FeedFiles.write(folder, JSON.writeValueAsBytes(feed)), FeedLimits.defaults());

        // Then
        assertThat(items)
                .extracting(item -> (Object) ((SourceRow) item).cells())
                .isEqualTo(new ArrayList<Object>(rows));
    }

    @Property(tries = 1)
    void aFeedCutAnywhereIsTruncated() {
        byte[] feed = ENVELOPE.getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length < feed.length; length++) {
            assertThat(codeOf(Arrays.copyOf(feed, length)))
                    .as("cut at byte %d", length)
                    .isEqualTo(ErrorCode.FEED_TRUNCATED);
        }
    }

    @Property(tries = 1)
    void pagesCutAnywhereAreTruncatedOrIncomplete() {
        byte[] page = (ENVELOPE.replace("\"total\":3", "\"total\":6") + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] feed = FeedFiles.join(page, page);
        for (int length = page.length - 1; length < feed.length - 1; length++) {
            boolean betweenPages = length <= page.length;
            assertThat(codeOf(Arrays.copyOf(feed, length)))
                    .as("cut at byte %d", length)
                    .isEqualTo(betweenPages ? ErrorCode.FEED_INCOMPLETE : ErrorCode.FEED_TRUNCATED);
        }
        assertThat(readable(feed)).isEqualTo(6);
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        Arbitrary<Byte> telling = Arbitraries.of(bytesOf("{}[]\",:\\ \n\tntf0-1eE.aé<\u0000\u001f"));
        Arbitrary<Byte> any = Arbitraries.bytes();
        return Arbitraries.frequencyOf(Tuple.of(4, telling), Tuple.of(1, any))
                .array(byte[].class)
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> rows() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(20).map(JsonFeedPropertyTest::withoutLoneSurrogates);
        Arbitrary<Object> cell = Arbitraries.oneOf(
                text.asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.bigDecimals().ofScale(4).filter(n -> n.scale() > 0).asGeneric(),
                Arbitraries.bigIntegers()
                        .between(BigInteger.TWO.pow(64), BigInteger.TWO.pow(200))
                        .asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.just((Object) null));
        return Arbitraries.maps(text, cell).ofMaxSize(8).list().ofMinSize(1).ofMaxSize(30);
    }

    private int readable(byte[] feed) {
        try {
            return FeedFiles.readAll(FeedFiles.write(folder, feed), SMALL).size();
        } catch (SyncException e) {
            assertThat(e.detail()).isNotBlank().hasSizeLessThan(300);
            return 0;
        }
    }

    private ErrorCode codeOf(byte[] feed) {
        try (JsonFeed reader = JsonFeed.open(FeedFiles.write(folder, feed), SMALL, Set.of())) {
            while (reader.next() != null) {
                // to the end
            }
            return null;
        } catch (SyncException e) {
            return e.code();
        }
    }

    private static Byte[] bytesOf(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Byte[] boxed = new Byte[bytes.length];
        Arrays.setAll(boxed, i -> bytes[i]);
        return boxed;
    }

    private static String withoutLoneSurrogates(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
