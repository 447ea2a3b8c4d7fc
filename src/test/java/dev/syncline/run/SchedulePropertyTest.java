package dev.syncline.run;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static dev.syncline.run.ScheduleSetting.schedule;
import static org.assertj.core.api.Assertions.assertThat;

/** The slots of a schedule against those that one finds by looking at every minute of a zone's clock. */
class SchedulePropertyTest {
    private static final Instant FROM = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2050-01-01T00:00:00Z");

    // --- every change of every clock

    @Example
    @Label("around each change of each zone's clock in 50 years, each quarter of an hour is a slot exactly once")
    void everyChangeOfEveryClock() {
        int changes = 0;
        for (Map.Entry<ZoneRules, ZoneId> zone : distinctZones().entrySet()) {
            Schedule quarters = schedule("*/15 * * * *", zone.getValue().getId());
            for (ZoneOffsetTransition change : changes(zone.getKey())) {
                Duration around = Duration.ofHours(2).plus(change.getDuration().abs());
                Instant from = change.getInstant().minus(around);
                Instant to = change.getInstant().plus(around);
                assertSlots(quarters, from, to, local -> local.getMinute() % 15 == 0);
                changes++;
            }
        }
        assertThat(changes).as("changes of clocks that differ").isGreaterThan(2_000);
    }

    /** Of zones that have always had the same clock, one. */
    private static Map<ZoneRules, ZoneId> distinctZones() {
        Map<ZoneRules, ZoneId> zones = new HashMap<>();
        ZoneId.getAvailableZoneIds().stream()
                .sorted()
                .map(ZoneId::of)
                .forEach(zone -> zones.putIfAbsent(zone.getRules(), zone));
        return zones;
    }

    private static List<ZoneOffsetTransition> changes(ZoneRules rules) {
        return Stream.iterate(
                        rules.nextTransition(FROM),
                        change -> change != null && change.getInstant().isBefore(TO),
                        change -> rules.nextTransition(change.getInstant()))
                .toList();
    }

    // --- any expression

    /** Sets of numbers, and the expression of five fields that names them. */
    record Times(Set<Integer> minutes, Set<Integer> hours, Set<Integer> monthDays, Set<Integer> weekDays) {
        String cron() {
            return "%s %s %s * %s"
                    .formatted(list(minutes, 60), list(hours, 24), list(monthDays, 31), list(weekDays, 7));
        }

        private static String list(Set<Integer> numbers, int all) {
            return numbers.size() == all
                    ? "*"
                    : numbers.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
        }

        /** As cron has it: when days of the month and of the week are both named, either will do. */
        boolean matches(LocalDateTime local) {
            boolean monthDay = monthDays.contains(local.getDayOfMonth());
            boolean weekDay = weekDays.contains(local.getDayOfWeek().getValue() % 7);
            boolean bothNamed = monthDays.size() < 31 && weekDays.size() < 7;
            boolean day = bothNamed ? monthDay || weekDay : monthDay && weekDay;
            return day && minutes.contains(local.getMinute()) && hours.contains(local.getHour());
        }
    }

    @Provide
    Arbitrary<Times> times() {
        return Combinators.combine(numbers(0, 59), numbers(0, 23), numbers(1, 31), numbers(0, 6))
                .as(Times::new);
    }

    private static Arbitrary<Set<Integer>> numbers(int from, int to) {
        Set<Integer> all = IntStream.rangeClosed(from, to).boxed().collect(Collectors.toSet());
        return Arbitraries.oneOf(
                Arbitraries.just(all),
                Arbitraries.integers().between(from, to).set().ofMinSize(1).ofMaxSize(3));
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().toList());
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(FROM.getEpochSecond(), TO.getEpochSecond())
                .map(Instant::ofEpochSecond);
    }

    @Property(tries = 300)
    @Label("any expression of five fields, in any zone, from any instant of 50 years on")
    void anyExpression(@ForAll("times") Times times, @ForAll("zones") String zone, @ForAll("instants") Instant from) {
        assertSlots(schedule(times.cron(), zone), from, from.plus(Duration.ofDays(8)), times::matches);
    }

    @Property(tries = 200)
    @Label("with six fields the first are seconds, and a change of the clock is no matter")
    void anySecond(@ForAll("zones") String zone, @ForAll("instants") Instant from) {
        ZoneRules rules = ZoneId.of(zone).getRules();
        ZoneOffsetTransition change = rules.nextTransition(from);
        Instant start = (change == null ? from : change.getInstant()).minusSeconds(90);
        Schedule schedule = schedule("*/10 * * * * *", zone);

        List<Instant> slots = schedule.next(start, 12);

        assertThat(slots).isSorted().doesNotHaveDuplicates();
        for (int i = 0; i < 8; i++) {
            assertThat(slots.get(i))
                    .isAfter(start.plusSeconds(10L * i))
                    .isBeforeOrEqualTo(start.plusSeconds(10L * i + 10));
        }
        assertThat(schedule.due(start, slots.get(11))).contains(new Schedule.Due(slots.get(11), 11));
    }

    // --- what must hold

    private static void assertSlots(Schedule schedule, Instant after, Instant upTo, Predicate<LocalDateTime> matches) {
        List<Instant> expected = slots(schedule.zone().getRules(), after, upTo, matches);

        List<Instant> actual = Stream.iterate(schedule.next(after), slot -> !slot.isAfter(upTo), schedule::next)
                .toList();

        assertThat(actual)
                .as("'%s' in %s after %s", schedule.cron(), schedule.zone(), after)
                .isEqualTo(expected);
        if (expected.isEmpty()) {
            assertThat(schedule.due(after, upTo)).isEmpty();
        } else {
            int last = expected.size() - 1;
            assertThat(schedule.due(after, upTo))
                    .as("'%s' in %s due at %s", schedule.cron(), schedule.zone(), upTo)
                    .contains(new Schedule.Due(expected.get(last), Math.min(last, Schedule.COUNTED)));
        }
    }

    /** Every minute that the zone's clock could show, put to its one instant by the policy. */
    private static List<Instant> slots(ZoneRules rules, Instant after, Instant upTo, Predicate<LocalDateTime> matches) {
        // No clock has gone back by more than three hours at once in these years.
        LocalDateTime first = LocalDateTime.ofInstant(after, rules.getOffset(after))
                .truncatedTo(ChronoUnit.MINUTES)
                .minusHours(4);
        LocalDateTime last =
                LocalDateTime.ofInstant(upTo, rules.getOffset(upTo)).plusHours(4);
        List<Instant> all = Stream.iterate(first, local -> local.isBefore(last), local -> local.plusMinutes(1))
                .filter(matches)
                .map(local -> instantOf(rules, local))
                .toList();
        assertThat(all).as("later times never come earlier").isSorted();
        return all.stream()
                .distinct()
                .filter(slot -> slot.isAfter(after) && !slot.isAfter(upTo))
                .toList();
    }

    private static Instant instantOf(ZoneRules rules, LocalDateTime local) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        return offsets.isEmpty()
                ? rules.getTransition(local).getInstant()
                : offsets.stream().map(local::toInstant).min(Instant::compareTo).orElseThrow();
    }
}
