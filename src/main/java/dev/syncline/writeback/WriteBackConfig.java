package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMin;

import dev.syncline.run.ScheduleConfig;

/** Which records go to which sheets, and how. */
@ConfigMapping(prefix = "syncline.writeback")
public interface WriteBackConfig {
    /** Whether the sync may be started. */
    @WithDefault("true")
    boolean enabled();

    /** The spreadsheet of every model that names none of its own, as its id stands in its address. */
    Optional<String> sheetId();

    /** Whether each process that starts looks at all tabs, so that a wrong header is known before the first change (S2-46). */
    @WithDefault("true")
    boolean checkAtStart();

    /** The business time zone: on which day an instant falls in a column of dates (S2-35). */
    @WithDefault("Asia/Ho_Chi_Minh")
    String zone();

    /** Most items of the queue that one run takes (S2-8). */
    @WithDefault("100")
    @Positive
    int itemsPerRun();

    /** Most items that are written together. */
    @WithDefault("25")
    @Positive
    int batchSize();

    /** Most bytes of one call; Google advises 2 MB. */
    @WithDefault("2M")
    MemorySize bytesAtOnce();

    /** A tab with more rows below its header than this is not written to. */
    @WithDefault("25000")
    @Positive
    int maxRows();

    /** An item that was claimed longer ago than this counts as left behind by a process that died (S2-9). */
    @WithDefault("10M")
    @DurationMin(seconds = 1)
    Duration claimTimeout();

    /** How often an item is tried before it counts as failed (S2-6). */
    @WithDefault("3")
    @Positive
    int maxAttempts();

    /** How long an item waits after its first failure; four times as long after each further one (S2-28). */
    @WithDefault("1M")
    @DurationMin
    Duration retryDelay();

    /** What that wait grows to at most. */
    @WithDefault("1H")
    @DurationMin
    Duration longestRetryDelay();

    /** How long completed items are kept; failed ones stay until a person acts (S2-12). */
    @WithDefault("7D")
    @DurationMin(seconds = 1)
    Duration keepCompleted();

    /** A run takes no further items after so long (S2-31). */
    @WithDefault("4M")
    @DurationMin(seconds = 1)
    Duration runFor();

    /** What becomes of a cell that a person has changed since we wrote it (S2-40). */
    @WithDefault("overwrite")
    ConflictPolicy conflicts();

    /** How calls are repeated that Google asks to be made later (S2-31). */
    Calls calls();

    /** How often, and after which waits, one call is tried. */
    interface Calls {
        /** How often one call is tried; one that writes is tried again only where Google surely has not begun with it. */
        @WithDefault("5")
        @Positive
        int attempts();

        /** Wait before the second try, doubled each time; up to a second is added at random. */
        @WithDefault("1S")
        @DurationMin
        Duration backOff();

        /** What that wait grows to at most. */
        @WithDefault("64S")
        @DurationMin
        Duration longestBackOff();
    }

    /** How changed records are found that nobody queued. */
    Tail tail();

    /** The tail over each mapped collection's {@code updatedAt}. */
    interface Tail {
        /** Whether changed records are looked for at all. */
        @WithDefault("true")
        boolean enabled();

        /** How far back each look reaches behind the newest change known: for slow writers and clocks that differ. */
        @WithDefault("10M")
        @DurationMin
        Duration overlap();

        /** Changes from this instant on count; unset: from the overlap before the first start with this model on. */
        Optional<Instant> since();
    }

    /** What callers may queue. */
    Intake intake();

    /** Bounds of {@code POST /api/sync/queue} (S2-45). */
    interface Intake {
        /** Largest body. */
        @WithDefault("100K")
        MemorySize maxBytes();

        /** Most changes in one request. */
        @WithDefault("100")
        @Positive
        @Max(1000)
        int maxChanges();
    }

    /** When a queue that does not drain is told of (S2-44). */
    Backlog backlog();

    /** A backlog. */
    interface Backlog {
        /** More pending items than this are one. */
        @WithDefault("100")
        @Positive
        int items();

        /** It is told of after so long. */
        @WithDefault("1H")
        @DurationMin(seconds = 1)
        Duration after();
    }

    /** When it runs by itself; counts only with a spreadsheet. */
    EveryFiveMinutes schedule();

    /** Every five minutes (S2-11). */
    interface EveryFiveMinutes extends ScheduleConfig {
        @Override
        @WithDefault("*/5 * * * *")
        String cron();

        @Override
        @WithDefault("Etc/UTC")
        String zone();

        @Override
        @WithDefault("30M")
        @DurationMin(seconds = 1)
        Duration lateAfter();
    }

    /** What is written where, by the model's name. */
    Map<String, ModelConfig> models();

    /** One model: a collection, and the tab that shows it. */
    interface ModelConfig {
        /** Whether it is a model at all: off, one that ships counts as not configured. */
        @WithDefault("true")
        boolean enabled();

        /** The collection of its records. */
        String collection();

        /** Its spreadsheet; unset: the common one. */
        Optional<String> sheetId();

        /** The tab. */
        String tab();

        /** The row with the labels, from 1; data follow below it. */
        @WithDefault("1")
        @Positive
        int headerRow();

        /** Name of the column, among {@link #columns}, whose value names a record and its row. */
        String key();

        /** Field of the record that takes the number of its row. */
        @WithDefault("sheetRowIndex")
        String rowField();

        /** Fields of which any that is true locks the record (S2-37). */
        Optional<List<String>> lockFields();

        /** A record whose {@code updatedAt} equals this field was brought by the sheet itself, and is not sent back (S2-39). */
        @WithDefault("sheetSyncedAt")
        String echoField();

        /** Labels of columns that hold formulas and are never written, but must be there (S2-14). */
        Optional<List<String>> formulas();

        /** The columns that we own, by any name; that name is the record's field too unless one is given. */
        Map<String, ColumnConfig> columns();
    }

    /** One column that we own. */
    interface ColumnConfig {
        /** Whether the column is ours: off, one that ships counts as not configured. */
        @WithDefault("true")
        boolean enabled();

        /** What stands in the header row; case and blanks around it count as little as for people. */
        String label();

        /** The record's field; unset: the column's name. */
        Optional<String> field();

        /** What its cells hold. */
        @WithDefault("text")
        ColumnType type();

        /** Most decimal places of an amount; more are rounded half up. */
        @WithDefault("0")
        int decimals();

        /** Pattern in which the sheet shows numbers and dates; {@code none} leaves the cell as it is formatted. */
        Optional<String> pattern();

        /** What stands for a missing value. */
        Optional<String> fallback();

        /** For type {@code label}: what people read for each key, the one that we write first, then others that mean the same. */
        Map<String, List<String>> labels();

        /** For type {@code reference}: where the field points to. */
        Optional<Reference> reference();
    }

    /** A value that stands in another record. */
    interface Reference {
        /** The collection of the other record, whose id the field holds. */
        String collection();

        /** The field of the other record that is shown. */
        String field();
    }
}
