package dev.syncline.roster;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

import dev.syncline.source.SheetAddress;
import dev.syncline.source.SheetLimits;
import dev.syncline.source.SheetReader;
import dev.syncline.source.SheetTab;

/** Reads the roster's sheet, for whoever looks at it: a run, or an audit. */
@ApplicationScoped
class RosterReader {
    private final RosterConfig config;
    private final SheetReader reader;
    private final ColumnRegistry registry;
    private final ReadingTurns turns;

    RosterReader(RosterConfig config, SheetReader reader, ColumnRegistry registry, ReadingTurns turns) {
        this.config = config;
        this.reader = reader;
        this.registry = registry;
        this.turns = turns;
    }

    /** A sheet, and the columns of all sheets as they were known before it was read. */
    record Read(RosterTab tab, List<ColumnDefinition> known) {
        List<ColumnDefinition> knownOfSheet() {
            return known.stream()
                    .filter(column -> column.sheetId().equals(tab.sheetId()))
                    .toList();
        }
    }

    /**
     * For a run: reads a sheet whole and sees to its header, when nobody else reads. The item comes on a worker; nothing if
     * {@code stop} is first.
     */
    Uni<Optional<Read>> read(String sheetId, Uni<Void> stop) {
        return Uni.combine()
                .any()
                .of(turns.inTurn(read(sheetId)).map(Optional::of), stop.replaceWith(Optional.empty()));
    }

    /**
     * Looks for rows without a serial, and writes nothing. Fails as a run would that reads the sheet, with a header that is
     * none included, and with TOO_MANY_REQUESTS while somebody reads.
     */
    Uni<SerialAudit> audit(String sheetId) {
        return turns.atOnce(read(sheetId).map(read -> SerialAudit.of(read.tab().rows())));
    }

    private Uni<Read> read(String sheetId) {
        SheetAddress address = new SheetAddress(sheetId, config.tab(), config.headerRow());
        return registry.all().chain(known -> reader.read(address, new SheetLimits(config.maxRows(), config.timeLimit()))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(tab -> read(tab, known)));
    }

    private Read read(SheetTab tab, List<ColumnDefinition> known) {
        Read read = new Read(RosterTab.of(tab, config), known);
        read.tab().header().requireSerialIfIn(read.knownOfSheet());
        return read;
    }
}
