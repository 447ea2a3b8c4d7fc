package dev.syncline.permits;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.RowCollection;

/**
 * A permit as the API shows it: every mapped field under its own name, null where the permit has none, then when we saw it.
 *
 * @param absentSince when the feed first lacked the permit; only there while it does
 */
@Schema(
        description = "Every field of a permit by its name (null where it has none), and when we saw it",
        additionalProperties = Schema.True.class)
record PermitView(
        @Schema(hidden = true) @JsonAnyGetter @JsonInclude(content = JsonInclude.Include.ALWAYS)
        Map<String, @Nullable Object> fields,

        @JsonProperty(RowCollection.HASH) String dataHash,
        @JsonProperty(RowCollection.FIRST_SEEN) Instant firstSeenAt,
        @JsonProperty(RowCollection.LAST_SEEN) Instant lastSeenAt,

        @JsonProperty(RowCollection.ABSENT_SINCE) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Instant absentSince) {
    PermitView {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static PermitView of(Document stored, Optional<Instant> lastComplete) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String name : PermitMapper.NAMES) {
            fields.put(name, shown(stored.get(name)));
        }
        return new PermitView(
                fields,
                stored.getString(RowCollection.HASH),
                stored.getDate(RowCollection.FIRST_SEEN).toInstant(),
                lastSeen(stored, lastComplete),
                instant(stored, RowCollection.ABSENT_SINCE).orElse(null));
    }

    /** Stored on an absent permit alone; any other was last seen by the last complete run, or by a later one that wrote it. */
    private static Instant lastSeen(Document stored, Optional<Instant> lastComplete) {
        Stream<Instant> sightings = Stream.of(
                        lastComplete,
                        instant(stored, RowCollection.FIRST_SEEN),
                        instant(stored, RowCollection.CHANGED_AT))
                .flatMap(Optional::stream);
        return instant(stored, RowCollection.LAST_SEEN)
                .orElseGet(() -> sightings.max(Instant::compareTo).orElseThrow());
    }

    private static Optional<Instant> instant(Document stored, String name) {
        return Optional.ofNullable(stored.getDate(name)).map(Date::toInstant);
    }

    private static @Nullable Object shown(@Nullable Object value) {
        return value instanceof Decimal128 decimal ? plain(decimal.bigDecimalValue()) : value;
    }

    /** 9E+4 is a number in JSON too, but few read it as 90000. */
    private static BigDecimal plain(BigDecimal number) {
        return number.scale() < 0 ? number.setScale(0) : number;
    }
}
