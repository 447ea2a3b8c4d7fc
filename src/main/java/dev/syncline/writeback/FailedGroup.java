package dev.syncline.writeback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.syncline.platform.ErrorCode;

/** Items that have failed for one reason. */
record FailedGroup(Hindrance hindrance, List<Line> lines) {
    /** One of them. */
    public record Line(QueueItem item) {
        public String id() {
            return item.id();
        }

        public String what() {
            return item.model() + " " + item.recordId();
        }

        public String words() {
            return Sentence.of(item.lastError());
        }

        public int attempts() {
            return item.retries();
        }

        public Instant since() {
            return item.createdAt();
        }

        /** Whether a person may say that what people have written goes. */
        public boolean overwritable() {
            return ErrorCode.CELL_CONFLICT.name().equals(item.lastCode());
        }
    }

    static List<FailedGroup> of(List<QueueItem> failed) {
        Map<String, List<Line>> byCode = new LinkedHashMap<>();
        failed.forEach(
                item -> byCode.computeIfAbsent(Hindrance.of(item.lastCode()).code(), code -> new ArrayList<>())
                        .add(new Line(item)));
        return byCode.entrySet().stream()
                .map(group -> new FailedGroup(Hindrance.of(group.getKey()), group.getValue()))
                .toList();
    }
}
