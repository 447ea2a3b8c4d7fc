package dev.syncline.bench;

import java.nio.file.Path;
import java.util.Set;

import dev.syncline.permits.PermitMapper;
import dev.syncline.source.FeedLimits;
import dev.syncline.source.JsonFeed;
import dev.syncline.source.SourceItem;
import dev.syncline.source.SourceRow;

/**
 * What an unchanged load cannot do without: read every record, normalise and map it, hash it. One thread, no database. Told
 * is the last of several passes, for the product that it stands beside has also done its work before.
 */
final class ParseAlone {
    private ParseAlone() {}

    /** Arguments: the feed, the number of passes. */
    public static void main(String[] args) {
        Path feed = Path.of(args[0]);
        Measured last = null;
        for (int pass = 0; pass < Integer.parseInt(args[1]); pass++) {
            last = pass(feed);
        }
        last.print();
    }

    private static Measured pass(Path feed) {
        PermitMapper mapper = new PermitMapper();
        Measured.Stopwatch watch = Measured.start(Meter.ofThisProcess());
        long hashed = 0;
        try (JsonFeed rows = JsonFeed.open(feed, FeedLimits.defaults(), Set.of())) {
            for (SourceItem item = rows.next(); item != null; item = rows.next()) {
                hashed += mapper.map((SourceRow) item).hash().length();
            }
        }
        Measured measured = watch.stop();
        System.out.println("hashed " + hashed / 64 + " rows");
        return measured;
    }
}
