package dev.syncline.writeback;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.inject.Singleton;

import dev.syncline.platform.StartupCheck;
import dev.syncline.run.Schedule;

/** What is to be written where must be meant in one way, and everything that is not is told at once (C0-53). */
@Singleton
class WriteBackCheck implements StartupCheck {
    private static final String PREFIX = "syncline.writeback.";

    private final WriteBackConfig config;

    WriteBackCheck(WriteBackConfig config) {
        this.config = config;
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>(Schedule.problems(PREFIX + "schedule.", config.schedule()));
        if (!isZone(config.zone())) {
            problems.add(PREFIX + "zone must be a time zone such as Asia/Ho_Chi_Minh, not '" + config.zone() + "'");
        }
        if (config.sheetId().filter(String::isBlank).isPresent()) {
            problems.add(PREFIX + "sheet-id must not be blank");
        }
        if (config.bytesAtOnce().asLongValue() < 1 || config.intake().maxBytes().asLongValue() < 1) {
            problems.add(PREFIX + "bytes-at-once and " + PREFIX + "intake.max-bytes must be positive");
        }
        Map<String, WriteBackConfig.ModelConfig> models = Models.enabled(config);
        models.forEach((name, model) -> problems.addAll(new ModelCheck(name, model).problems()));
        problems.addAll(shared(models));
        return problems;
    }

    private static boolean isZone(String zone) {
        try {
            var unused = ZoneId.of(zone);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Two models on one tab would each take the other's rows for a person's; on one field, each other's row numbers for theirs. */
    private List<String> shared(Map<String, WriteBackConfig.ModelConfig> models) {
        List<String> problems = new ArrayList<>();
        Map<String, String> tabs = new TreeMap<>();
        Map<String, String> rows = new TreeMap<>();
        models.forEach((name, model) -> {
            String first = tabs.putIfAbsent(place(model), name);
            if (first != null) {
                problems.add(PREFIX + "models." + name + ".tab is that of " + first + " too, in the same spreadsheet");
            }
            String holder = rows.putIfAbsent(model.collection() + " " + model.rowField(), name);
            if (holder != null) {
                problems.add(PREFIX + "models." + name + ".row-field is that of " + holder
                        + " too, in the same collection: give each its own");
            }
        });
        return problems;
    }

    /** A spreadsheet's tabs have different names also without regard to case. */
    private String place(WriteBackConfig.ModelConfig model) {
        String spreadsheet = model.sheetId().or(config::sheetId).orElse("");
        return spreadsheet + " " + LabelText.folded(model.tab());
    }
}
