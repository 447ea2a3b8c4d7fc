package dev.syncline.writeback;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.mongodb.MongoSocketException;
import com.mongodb.ServerAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.OwnDatabase;
import dev.syncline.platform.RetentionConfig;
import dev.syncline.writeback.LogEntry.LoggedCell;
import dev.syncline.writeback.LogEntry.Status;

import static dev.syncline.writeback.QueueDesk.await;
import static org.assertj.core.api.Assertions.assertThat;

class WriteLogTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String OLD = runOf(100);
    private static final String NEW = runOf(10);

    private final OwnDatabase own = new OwnDatabase();

    @BeforeEach
    void fill() {
        await(log(Optional.empty())
                .write(List.of(
                        entry(OLD, "1", "r1", Status.SUCCESS, 100),
                        entry(NEW, "2", "r1", Status.SUCCESS, 10),
                        entry(NEW, "3", "r2", Status.SKIPPED, 9))));
    }

    @AfterEach
    void close() {
        own.close();
    }

    @Test
    void tellsTheNewestFirst() {
        assertThat(await(log(Optional.empty()).newest(2)))
                .extracting(LogEntry::item)
                .containsExactly("3", "2");
    }

    @Test
    void pagesByRunAndRecord() {
        WriteLog log = log(Optional.empty());

        List<LogEntry> first = await(log.page(null, "Request", "r1", "", 1));
        List<LogEntry> second =
                await(log.page(null, "Request", "r1", first.get(0).id(), 1));

        assertThat(first).extracting(LogEntry::item).containsExactly("2");
        assertThat(second).extracting(LogEntry::item).containsExactly("1");
        assertThat(await(log.page(NEW, null, null, "", 9)))
                .extracting(LogEntry::item)
                .containsExactly("3", "2");
    }

    @Test
    void knowsWhatARunHasChanged() {
        WriteLog log = log(Optional.empty());

        assertThat(await(log.changes(NEW))).extracting(LogEntry::item).containsExactly("2");
        assertThat(await(log.hasChanges(NEW))).isTrue();
        assertThat(await(log.hasChanges(runOf(1)))).isFalse();
    }

    @Test
    @DisplayName("readings are repeated while the database is away for a moment")
    void bearsADatabaseThatIsAwayForAMoment() {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        MongoDatabase flaky = own.watched((collection, call) -> {
            if (failed.add(collection + " " + call)) {
                throw new MongoSocketException("gone", new ServerAddress());
            }
        });

        assertThat(await(log(flaky, Optional.empty()).newest(5))).hasSize(3);
        failed.clear();
        assertThat(await(log(flaky, Optional.empty()).changes(NEW))).isNotNull();
        assertThat(await(new WrittenRows(flaky).read(List.of("Request/r1")))).isEmpty();
        assertThat(failed).containsExactlyInAnyOrder(WriteLog.COLLECTION + " find", WrittenRows.COLLECTION + " find");
    }

    @Test
    void replacesWhatHadOnlyBegun() {
        WriteLog log = log(Optional.empty());
        await(log.write(List.of(entry(NEW, "2", "r1", Status.FAILED, 8))));

        assertThat(await(log.page(NEW, null, null, "", 9)))
                .extracting(LogEntry::status)
                .containsExactly(Status.SKIPPED, Status.FAILED);
    }

    @Test
    @DisplayName("C0-14: the log is kept, unless what runs changed is to be removed")
    void removesWhatIsOlderThanChangesAreKept() {
        await(log(Optional.empty()).removeOld());
        List<LogEntry> all = await(log(Optional.empty()).newest(9));
        await(log(Optional.of(Duration.ofDays(30))).removeOld());

        assertThat(all).hasSize(3);
        assertThat(await(log(Optional.empty()).newest(9)))
                .extracting(LogEntry::item)
                .containsExactly("3", "2");
    }

    private WriteLog log(Optional<Duration> keep) {
        return log(own.database(), keep);
    }

    private static WriteLog log(MongoDatabase database, Optional<Duration> keep) {
        return new WriteLog(database, new Keep(keep), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static String runOf(int daysAgo) {
        return Ids.lowestAt(NOW.minus(Duration.ofDays(daysAgo)));
    }

    private static LogEntry entry(String run, String item, String record, Status status, int daysAgo) {
        List<LoggedCell> cells = status == Status.SKIPPED
                ? List.of()
                : List.of(new LoggedCell("Name", CellValue.BLANK, CellValue.text("Ann"), false));
        return new LogEntry(
                "%s:%s:1.1".formatted(run, item),
                run,
                item,
                "Request",
                record,
                record,
                "WRITE_BACK_UPDATE",
                status,
                "somebody",
                "a-spreadsheet",
                "Request",
                2,
                cells,
                null,
                null,
                NOW.minus(Duration.ofDays(daysAgo)));
    }

    private record Keep(Optional<Duration> changes) implements RetentionConfig {
        @Override
        public Optional<Duration> runs() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> rejections() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> audit() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> notifications() {
            return Optional.empty();
        }
    }
}
