package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetRequest;
import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetResponse;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.syncline.google.SheetsSession;
import dev.syncline.platform.SyncException;
import dev.syncline.writeback.TabState.Readable;

/**
 * Gives rows back what they held before we wrote into them by mistake, because a person had moved rows between our reading and our
 * writing. The put-back is checked by its own answer, too, and what it hits is put back in turn (ADR 18).
 */
final class PutBack {
    private static final Logger LOG = Logger.getLogger(PutBack.class);
    private static final int ROUNDS = 3;

    private final SheetsSession session;
    private final String spreadsheet;
    private final TabReader reader;
    private final Function<BatchUpdateSpreadsheetRequest, Uni<BatchUpdateSpreadsheetResponse>> batchUpdate;

    PutBack(
            SheetsSession session,
            String spreadsheet,
            TabReader reader,
            Function<BatchUpdateSpreadsheetRequest, Uni<BatchUpdateSpreadsheetResponse>> batchUpdate) {
        this.session = session;
        this.spreadsheet = spreadsheet;
        this.reader = reader;
        this.batchUpdate = batchUpdate;
    }

    /** Never fails: what cannot be put back is told in the log, for a person. */
    Uni<Void> all(List<Damage> damages) {
        return round(damages, 1);
    }

    private Uni<Void> round(List<Damage> damages, int number) {
        if (damages.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        if (number > ROUNDS) {
            damages.forEach(damage -> giveUp(damage, "rows were moved too often"));
            return Uni.createFrom().voidItem();
        }
        List<Model> models = damages.stream()
                .map(damage -> damage.before().model())
                .distinct()
                .toList();
        return reader.open(session, spreadsheet)
                .read(models)
                .chain(states -> putBack(damages, states))
                .onFailure(SyncException.class)
                .recoverWithItem(failure -> untouched(damages, (SyncException) failure))
                .chain(left -> round(left, number + 1));
    }

    /** Of a call whose answer is lost nobody knows what it did; the next round's reading tells. */
    private static List<Damage> untouched(List<Damage> damages, SyncException failure) {
        LOG.warnf("Cells are not put back yet: code=%s (%s)", failure.code(), failure.detail());
        return damages;
    }

    /** Gives what is left to be done. */
    private Uni<List<Damage>> putBack(List<Damage> damages, Map<Model, TabState> states) {
        List<Restoration> restorations = new ArrayList<>();
        for (Damage damage : damages) {
            if (states.get(damage.before().model()) instanceof Readable readable) {
                add(restorations, damage, readable.reading());
            } else {
                giveUp(damage, "its tab cannot be read any more");
            }
        }
        if (restorations.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<RowChange> changes = restorations.stream().map(Restoration::change).toList();
        return batchUpdate
                .apply(new WriteCall(changes).request())
                .map(answer -> left(restorations, new CellsThere(answer.getUpdatedSpreadsheet())));
    }

    private static void add(List<Restoration> restorations, Damage damage, TabReading now) {
        Optional<Restoration> restoration = Restoration.of(damage, now, String.valueOf(restorations.size()));
        if (restoration.isEmpty()) {
            giveUp(damage, "nobody knows what stood there");
        }
        restoration.filter(Restoration::isNeeded).ifPresent(restorations::add);
    }

    private static List<Damage> left(List<Restoration> restorations, CellsThere there) {
        List<Damage> left = new ArrayList<>();
        for (Restoration restoration : restorations) {
            if (!restoration.isDone(there)) {
                left.add(restoration.damage());
                left.add(restoration.hit(there));
            }
        }
        return left;
    }

    /** No key and no content: they may be personal data. */
    private static void giveUp(Damage damage, String why) {
        LOG.errorf(
                "Cells were written into a row that had moved, and are not put back, for %s: spreadsheet tab=%s row=%d columns=%s;"
                        + " the version history of the spreadsheet has them",
                why,
                damage.before().title(),
                damage.row(),
                damage.columns().stream().map(Column::label).sorted().toList());
    }
}
