package dev.syncline.permits;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.syncline.run.Run;

/**
 * How good the permits were on one day (S1, Spec 28). The columns that count what this service does not hold are null, and
 * {@code unavailable} says why.
 *
 * @param snapshotDate the day, in the schedule's zone
 * @param costOutOfBounds permits whose cost cannot be meant
 * @param ghosts permits that should be closed by now, as long as they have been absent, and are not
 * @param score how complete the data around the active permits is
 * @param lastSyncAt the end of the newest run that has ended
 * @param createdAt when this was counted
 * @param unavailable each column that is null, and why
 */
@RegisterForReflection(registerFullHierarchy = true)
@JsonNaming(SnakeCaseStrategy.class)
@Schema(additionalProperties = Schema.True.class)
public record QualitySnapshot(
        @BsonId @Schema(example = "2026-11-22") String snapshotDate,
        Long totalPermits,
        Long activePermits,
        Long permitsWithBuilder,
        Long permitsWithoutDescription,
        Long permitsWithoutStatus,
        Long costOutOfBounds,
        Long ghosts,
        @JsonProperty("permits_updated_24h") Long permitsUpdated24h,
        @JsonProperty("permits_updated_7d") Long permitsUpdated7d,
        @JsonProperty("permits_updated_30d") Long permitsUpdated30d,
        @Nullable BigDecimal score,
        QualityScore.@Nullable Band band,
        @Nullable Instant lastSyncAt,
        @Nullable String lastSyncStatus,
        Instant createdAt,
        List<QualityWarning> warnings,
        Map<String, String> unavailable) {

    private static final Map<String, List<String>> UNHELD = unheld();

    public QualitySnapshot {
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        unavailable = unavailable == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(unavailable));
    }

    static QualitySnapshot of(PermitCensus.Counts counts, Optional<Run> lastEnded, PermitsConfig config, Instant now) {
        QualityScore score = QualityScore.of(QualityScore.Counts.ofPermitsAlone(counts.active()));
        Optional<SyncRunView> lastSync = lastEnded.map(SyncRunView::of);
        return new QualitySnapshot(
                LocalDate.ofInstant(now, ZoneId.of(config.schedule().zone())).toString(),
                counts.total(),
                counts.active(),
                counts.total() - counts.withoutBuilder(),
                counts.withoutDescription(),
                counts.withoutStatus(),
                counts.costOutOfBounds(),
                counts.unseen().ghosts(),
                counts.total() - counts.unseen().for24h(),
                counts.total() - counts.unseen().for7d(),
                counts.total() - counts.unseen().for30d(),
                score.value(),
                score.band(),
                lastSync.map(SyncRunView::completedAt).orElse(null),
                lastSync.map(SyncRunView::status).orElse(null),
                now,
                QualityWarning.of(counts, config.quality()),
                unavailable(score));
    }

    /** The columns of Spec 28 that have no component here. */
    @JsonAnyGetter
    Map<String, @Nullable Object> unheldColumns() {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        UNHELD.values().forEach(names -> names.forEach(name -> columns.put(name, null)));
        return columns;
    }

    private static Map<String, String> unavailable(QualityScore score) {
        Map<String, String> reasons = new LinkedHashMap<>();
        UNHELD.forEach(
                (what, columns) -> columns.forEach(column -> reasons.put(column, "this service holds no " + what)));
        if (score.reason() != null) {
            reasons.put("score", score.reason());
        }
        return reasons;
    }

    private static Map<String, List<String>> unheld() {
        Map<String, List<String>> unheld = new LinkedHashMap<>();
        unheld.put(
                "trades",
                List.of(
                        "permits_with_trades",
                        "trade_matches_total",
                        "trade_avg_confidence",
                        "trade_tier1_count",
                        "trade_tier2_count",
                        "trade_tier3_count"));
        unheld.put(
                "builders of their own, only their names on permits",
                List.of(
                        "builders_total",
                        "builders_enriched",
                        "builders_with_phone",
                        "builders_with_email",
                        "builders_with_website",
                        "builders_with_google",
                        "builders_with_wsib"));
        unheld.put(
                "parcels",
                List.of("permits_with_parcel", "parcel_exact_matches", "parcel_name_matches", "parcel_avg_confidence"));
        unheld.put("neighbourhoods", List.of("permits_with_neighbourhood"));
        unheld.put("coordinates", List.of("permits_geocoded"));
        unheld.put(
                "CoA applications",
                List.of("coa_total", "coa_linked", "coa_avg_confidence", "coa_high_confidence", "coa_low_confidence"));
        return unheld;
    }
}
