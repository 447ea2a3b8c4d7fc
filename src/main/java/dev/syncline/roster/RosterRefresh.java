package dev.syncline.roster;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.RunLog;
import dev.syncline.run.RunScope;
import dev.syncline.source.SheetTab;

/** Reads the sheet and checks it whole, so that whatever can be wrong with it is told before anything is written. */
@ApplicationScoped
class RosterRefresh {
    private final RosterConfig config;
    private final ConfiguredSheet sheet;
    private final RosterReader reader;
    private final Clock clock;

    RosterRefresh(RosterConfig config, ConfiguredSheet sheet, RosterReader reader, Clock clock) {
        this.config = config;
        this.sheet = sheet;
        this.reader = reader;
        this.clock = clock;
    }

    /** Empty if the attempt is to stop before the sheet is there. */
    Uni<Optional<RosterWork>> prepare(RunScope scope) {
        return Uni.createFrom()
                .deferred(() -> reader.read(sheetOf(scope), scope.stop()))
                .map(read -> read.map(found -> work(scope, found)));
    }

    private String sheetOf(RunScope scope) {
        return Optional.ofNullable(scope.run().input().get(RosterSync.SHEET)).orElseGet(sheet::id);
    }

    private RosterWork work(RunScope scope, RosterReader.Read read) {
        RosterTab found = read.tab();
        tell(scope, found);
        requireRows(found);
        requireSerials(found);
        DeviceMapper mapper = new DeviceMapper(
                found.sheetId(), found.tab().zone(), found.header().columns(), RegistryPlan.attributesIn(read.known()));
        List<Warning> remarks = new ArrayList<>(found.header().remarks());
        remarks.addAll(RosterSurvey.of(found.rows(), mapper));
        RegistryPlan columns = RegistryPlan.of(
                found.sheetId(),
                read.knownOfSheet(),
                SeenColumn.of(found.header(), found.rows()),
                scope.run().id(),
                clock.instant());
        return new RosterWork(
                found.rows(),
                mapper,
                columns,
                remarks,
                config.ingest(),
                scope.baseline().orElse(null));
    }

    private static void tell(RunScope scope, RosterTab found) {
        SheetTab tab = found.tab();
        RunLog.info(
                scope.run(),
                "the sheet is read, rows=%d columns=%d calls=%d retries=%d"
                        .formatted(
                                found.rows().count(), found.header().columns().size(), tab.calls(), tab.retries()));
    }

    private void requireRows(RosterTab found) {
        if (found.rows().count() == 0) {
            throw new SyncException(
                    ErrorCode.FEED_EMPTY,
                    "the tab %s has no rows below its header; nothing was changed"
                            .formatted(Remarks.quoted(found.tab().title())));
        }
    }

    private void requireSerials(RosterTab found) {
        if (!config.strictSerials()) {
            return;
        }
        SerialAudit audit = SerialAudit.of(found.rows());
        if (!audit.passed()) {
            throw new SyncException(
                    ErrorCode.SERIAL_AUDIT_FAILED,
                    "%d of %d rows have no serial: %s; nothing was written"
                            .formatted(audit.missingSerialCount(), audit.rowsAudited(), audit.named()));
        }
    }
}
