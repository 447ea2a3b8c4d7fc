package dev.syncline.writeback;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;

import dev.syncline.google.SheetsSession;

/** The real writer, which a test can make fail as only a fault of ours would. */
@Alternative
@Singleton
public class SteeredSheetWriter extends SheetWriter {
    static final String SECRET = "a secret of the fault";

    private final AtomicInteger good = new AtomicInteger(Integer.MAX_VALUE);

    SteeredSheetWriter(TabReader reader, WriteBackConfig config) {
        super(reader, config);
    }

    void reset() {
        failAfter(Integer.MAX_VALUE);
    }

    void failAfter(int goodWrites) {
        good.set(goodWrites);
    }

    @Override
    Uni<Map<String, RowResult>> write(SheetsSession session, String spreadsheet, List<RowChange> changes) {
        return good.getAndDecrement() > 0
                ? super.write(session, spreadsheet, changes)
                : Uni.createFrom().failure(new IllegalStateException(SECRET));
    }
}
