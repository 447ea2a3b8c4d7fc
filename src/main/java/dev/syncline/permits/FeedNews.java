package dev.syncline.permits;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Progress;
import dev.syncline.ingest.SourceMark;
import dev.syncline.ingest.Tally;
import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;
import dev.syncline.run.Mode;
import dev.syncline.run.RunScope;
import dev.syncline.source.Validators;

/** Whether a feed brings anything new: when its source may be asked for news alone, and what a run says of the answer. */
@ApplicationScoped
class FeedNews {
    private final PermitsConfig config;
    private final Clock clock;
    private final String version;

    FeedNews(PermitsConfig config, Clock clock, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.config = config;
        this.clock = clock;
        this.version = version;
    }

    /** How an attempt begins. */
    SourceMark asking(String feed) {
        return SourceMark.asking(feed, version, clock.instant());
    }

    /**
     * What the source is told that we have. Null where the feed has to be read in any case: because somebody asks for it,
     * because what is stored may be something else, or because it is time to see whether the source tells the truth.
     */
    @Nullable
    Validators known(RunScope scope, SourceMark asking) {
        boolean mayBeLeft = scope.run().mode() == Mode.live && !scope.run().full() && scope.settled();
        return mayBeLeft
                ? before(scope, asking)
                        .filter(before -> before.reader().equals(version) && readLately(before, asking))
                        .map(SourceMark::validators)
                        .orElse(null)
                : null;
    }

    /** A time that lies ahead is a clock that was put back: it must not keep us from reading. */
    private boolean readLately(SourceMark before, SourceMark asking) {
        if (before.readAt() == null) {
            return false;
        }
        Duration age = Duration.between(before.readAt(), asking.checkedAt());
        return !age.isNegative() && age.compareTo(config.fullReadEvery()) < 0;
    }

    private static Optional<SourceMark> before(RunScope scope, SourceMark asking) {
        return scope.lastSource().filter(asking::sameFeed);
    }

    /** The whole of an attempt whose source has nothing else than before. */
    Progress unchanged(RunScope scope, SourceMark asking) {
        SourceMark mark = asking.stillAs(before(scope, asking).orElseThrow());
        return new Progress(Progress.FINISHED, Tally.NONE, 0, null)
                .withSource(mark)
                .withWarnings(warnings(mark, false));
    }

    /** How far an attempt has come that reads the feed; at the end with what the comparison with the runs before says. */
    Progress read(RunScope scope, SourceMark mark, Progress now) {
        if (!now.finished()) {
            return now.withSource(mark);
        }
        Optional<SourceMark> before = before(scope, mark);
        boolean sameValidators = mark.validators() != null
                && before.filter(last -> mark.validators().equals(last.validators()))
                        .isPresent();
        boolean news =
                now.counts().added() + now.counts().updated() + now.counts().absent() > 0;
        boolean untold = news
                && sameValidators
                && scope.settled()
                && before.filter(last -> last.reader().equals(version)).isPresent();
        boolean same = sameValidators ? !untold : !news;
        Instant since =
                before.filter(last -> same).map(SourceMark::changedSince).orElse(mark.checkedAt());
        SourceMark read = mark.read(since);
        return now.withSource(read).withWarnings(warnings(read, untold));
    }

    private List<Warning> warnings(SourceMark mark, boolean untold) {
        return Stream.of(unchangedForLong(mark), untold ? Optional.of(changedUntold()) : Optional.<Warning>empty())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Warning> unchangedForLong(SourceMark mark) {
        Instant since = Optional.ofNullable(mark.changedSince()).orElse(mark.checkedAt());
        Duration age = Duration.between(since, mark.checkedAt());
        return age.compareTo(config.unchangedWarning()) > 0
                ? Optional.of(Warning.of(
                        ErrorCode.SOURCE_UNCHANGED,
                        "the feed has not changed since %s (%d days)"
                                .formatted(since.truncatedTo(ChronoUnit.SECONDS), age.toDays()),
                        List.of()))
                : Optional.empty();
    }

    private static Warning changedUntold() {
        return Warning.of(
                ErrorCode.SOURCE_CHANGED_UNTOLD,
                "the feed has changed, and its ETag or Last-Modified says that it has not",
                List.of());
    }
}
