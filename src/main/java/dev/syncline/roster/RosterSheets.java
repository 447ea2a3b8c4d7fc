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
class RosterSheets {
    private final RosterConfig config;
    private final SheetReader reader;
    private final ColumnRegistry registry;

    RosterSheets(RosterConfig config, SheetReader reader, ColumnRegistry registry) {
        this.config = config;
        this.reader = reader;
        this.registry = registry;
    }

    /** A sheet, and the columns of all sheets as they were known before it was read. */
    record Read(ReadSheet sheet, List<ColumnDefinition> known) {
        List<ColumnDefinition> knownOfSheet() {
            return known.stream()
                    .filter(column -> column.sheetId().equals(sheet.sheetId()))
                    .toList();
        }
    }

    /** Reads a sheet whole and sees to its header. The item comes on a worker. */
    Uni<Read> read(String sheetId) {
        SheetAddress address = new SheetAddress(sheetId, config.tab(), config.headerRow());
        return registry.all().chain(known -> reader.read(address, new SheetLimits(config.maxRows(), config.timeLimit()))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(tab -> read(tab, known)));
    }

    private Read read(SheetTab tab, List<ColumnDefinition> known) {
        Read read = new Read(ReadSheet.of(tab, config), known);
        read.sheet().header().requireSerialIfIn(read.knownOfSheet());
        return read;
    }

    /** The same, but nothing if {@code stop} is first. */
    Uni<Optional<Read>> read(String sheetId, Uni<Void> stop) {
        return Uni.combine().any().of(read(sheetId).map(Optional::of), stop.replaceWith(Optional.empty()));
    }
}
