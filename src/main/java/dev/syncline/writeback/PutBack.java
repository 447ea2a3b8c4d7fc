package dev.syncline.writeback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    /** Of its own: the write that has done the damage may have used up what there was. */
    static final Duration TIME = Duration.ofMinutes(2);

    private static final String MOVED = "rows were moved too often";

    private final SheetsSession session;
    private final String spreadsheet;
    private final TabReader reader;
    /** Why what is left has not been put back yet. */
    private String why = MOVED;

    PutBack(SheetsSession session, String spreadsheet, TabReader reader) {
        this.session = session;
        this.spreadsheet = spreadsheet;
        this.reader = reader;
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
            damages.forEach(damage -> giveUp(damage, why));
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
    private List<Damage> untouched(List<Damage> damages, SyncException failure) {
        LOG.warnf("Cells are not put back yet: code=%s", failure.code());
        why = "the last call for it failed with " + failure.code();
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
        return Writing.batchUpdate(session, spreadsheet, new WriteCall(changes).request())
                .invoke(() -> why = MOVED)
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
