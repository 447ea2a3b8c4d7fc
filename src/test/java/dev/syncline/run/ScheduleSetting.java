package dev.syncline.run;

import java.time.Duration;

/** A schedule as configuration would say it. */
record ScheduleSetting(String cron, String zone, String startedBy, String missed, Duration lateAfter)
        implements ScheduleConfig {
    ScheduleSetting(String cron, String zone, String missed, Duration lateAfter) {
        this(cron, zone, "clock", missed, lateAfter);
    }

    /** One that a scheduler outside drives. */
    static Schedule fromOutside(String cron, String zone) {
        return Schedule.of(new ScheduleSetting(cron, zone, "scheduler", "run-once", Duration.ofHours(2)))
                .orElseThrow();
    }

    static Schedule schedule(String cron, String zone) {
        return Schedule.of(new ScheduleSetting(cron, zone, "run-once", Duration.ofHours(2)))
                .orElseThrow();
    }

    static Schedule skipping(String cron, String zone) {
        return Schedule.of(new ScheduleSetting(cron, zone, "skip", Duration.ofHours(2)))
                .orElseThrow();
    }
}
