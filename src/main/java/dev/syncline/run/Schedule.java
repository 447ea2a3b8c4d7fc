package dev.syncline.run;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;

/**
 * When a sync runs by itself. The expression names times on the clock of a zone, its slots, and each has exactly one instant,
 * whatever that clock does (ADR 12): a time that exists once has its own, one in an hour that is skipped has the moment of the
 * skip, and one in an hour that comes twice has its first coming. Slots that fall on one instant are one.
 */
public final class Schedule {
    private static final String OFF = "off";
    /** More slots than this are not counted one by one. */
    static final int COUNTED = 100;
    /** Every day of four years has been by then, so what has no slot up to here never has one. */
    private static final ZonedDateTime BEGINNING = ZonedDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final String cron;
    private final ZoneId zone;
    private final StartedBy startedBy;
    private final Missed missed;
    private final Duration lateAfter;
    private final ExecutionTime times;

    private Schedule(String cron, ZoneId zone, StartedBy startedBy, Missed missed, Duration lateAfter) {
        this.cron = cron;
        this.zone = zone;
        this.startedBy = startedBy;
        this.missed = missed;
        this.lateAfter = lateAfter;
        this.times = times(cron);
    }

    /** Who ticks. */
    public enum StartedBy {
        /** Each process's own clock. */
        CLOCK,
        /** A scheduler outside, alone. */
        SCHEDULER;

        private static StartedBy of(String text) {
            return Stream.of(values())
                    .filter(who -> who.name().toLowerCase(Locale.ROOT).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("must be clock or scheduler, not '" + text + "'"));
        }
    }

    /** What becomes of slots at which no process was there. */
    public enum Missed {
        /** One run stands for all of them. */
        RUN_ONCE("run-once"),
        /** None. */
        SKIP("skip");

        private final String text;

        Missed(String text) {
            this.text = text;
        }

        private static Missed of(String text) {
            return Stream.of(values())
                    .filter(missed -> missed.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("must be run-once or skip, not '" + text + "'"));
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * The slot that is due.
     *
     * @param earlier slots that are due as well and came before it; more than {@value #COUNTED} count as so many
     */
    record Due(Instant slot, long earlier) {}

    // --- from configuration

    /** Empty when it is off; {@link IllegalArgumentException} for what {@link #problems} would tell. */
    public static Optional<Schedule> of(ScheduleConfig config) {
        return config.cron().equals(OFF)
                ? Optional.empty()
                : Optional.of(new Schedule(
                        config.cron(),
                        zone(config.zone()),
                        StartedBy.of(config.startedBy()),
                        Missed.of(config.missed()),
                        config.lateAfter()));
    }

    /** What cannot be meant, each with the name of its setting; {@code prefix} ends in a dot. */
    public static List<String> problems(String prefix, ScheduleConfig config) {
        List<String> problems = new ArrayList<>();
        test(() -> config.cron().equals(OFF) ? OFF : times(config.cron()), prefix + "cron ", problems);
        test(() -> zone(config.zone()), prefix + "zone ", problems);
        test(() -> StartedBy.of(config.startedBy()), prefix + "started-by ", problems);
        test(() -> Missed.of(config.missed()), prefix + "missed ", problems);
        return problems;
    }

    private static void test(Supplier<?> setting, String name, List<String> problems) {
        try {
            var unused = setting.get();
        } catch (IllegalArgumentException e) {
            problems.add(name + e.getMessage());
        }
    }

    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a time zone such as America/Toronto, not '" + zone + "'", e);
        }
    }

    private static ExecutionTime times(String cron) {
        ExecutionTime times = ExecutionTime.forCron(parsed(cron));
        if (times.nextExecution(BEGINNING).isEmpty()) {
            throw new IllegalArgumentException("must come true on some day, and '" + cron + "' never does");
        }
        return times;
    }

    private static Cron parsed(String cron) {
        CronParser parser = parser(cron);
        try {
            return parser.parse(cron);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cannot be read, '%s': %s".formatted(cron, e.getMessage()), e);
        }
    }

    private static CronParser parser(String cron) {
        CronType type =
                switch (cron.strip().split("\\s+").length) {
                    case 5 -> CronType.UNIX;
                    case 6 -> CronType.SPRING53;
                    default ->
                        throw new IllegalArgumentException(
                                "must have five fields, or six with seconds first, or be off, not '" + cron + "'");
                };
        return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(type));
    }

    // --- what it says

    public String cron() {
        return cron;
    }

    public ZoneId zone() {
        return zone;
    }

    public StartedBy startedBy() {
        return startedBy;
    }

    public Missed missed() {
        return missed;
    }

    public Duration lateAfter() {
        return lateAfter;
    }

    // --- its slots

    /** The first slot after an instant. */
    public Instant next(Instant after) {
        return times.nextExecution(reached(after))
                .map(this::instantOf)
                .orElseThrow(() -> new IllegalStateException("the schedule '" + cron + "' ends after " + after));
    }

    /** The first slots after an instant, each later than the one before. */
    public List<Instant> next(Instant after, int count) {
        return Stream.iterate(next(after), this::next).limit(count).toList();
    }

    /** The newest slot after one instant and not after another. */
    Optional<Due> due(Instant after, Instant upTo) {
        Instant newest = newest(upTo);
        return newest.isAfter(after) ? Optional.of(new Due(newest, between(after, newest))) : Optional.empty();
    }

    /** The newest slot that is not after an instant. */
    Instant newest(Instant upTo) {
        return times.lastExecution(reached(upTo).plusSeconds(1))
                .map(this::instantOf)
                .orElseThrow(() -> new IllegalStateException("the schedule '" + cron + "' begins after " + upTo));
    }

    private long between(Instant after, Instant before) {
        return Stream.iterate(next(after), slot -> slot.isBefore(before), this::next)
                .limit(COUNTED)
                .count();
    }

    private Instant instantOf(ZonedDateTime slot) {
        LocalDateTime local = slot.toLocalDateTime();
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        if (change == null) {
            return local.toInstant(zone.getRules().getOffset(local));
        }
        return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
    }

    /**
     * The latest local time whose instant is not after the given one, on a clock without changes (that of UTC). While an hour
     * comes for the second time, that is its last second.
     */
    private ZonedDateTime reached(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        boolean again = change != null && !instant.isBefore(change.getInstant());
        LocalDateTime latest = again ? change.getDateTimeBefore().minusSeconds(1) : local;
        return latest.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneOffset.UTC);
    }
}
