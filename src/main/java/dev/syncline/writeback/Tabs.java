package dev.syncline.writeback;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.syncline.platform.SyncException;

/** Reads the tabs of a batch, and notes what that shows of them. */
@ApplicationScoped
class Tabs {
    private static final Logger LOG = Logger.getLogger(Tabs.class);

    private final TabReader reader;
    private final TabStates states;

    Tabs(TabReader reader, TabStates states) {
        this.reader = reader;
        this.states = states;
    }

    /** What came of looking at tabs. */
    sealed interface Look {
        /** @param readings of those that can be written to; rows of the others wait */
        record Seen(Map<Model, TabReading> readings) implements Look {}

        record Failed(SyncException failure) implements Look {}

        /** The run is to stop, and did not wait for the answer. */
        record Stopped() implements Look {}
    }

    /** What cannot be written to, or not be looked at, the pass leaves alone from now on. */
    Uni<Look> look(Pass pass, String spreadsheet, List<Model> models) {
        return Uni.combine()
                .any()
                .<Look>of(read(pass, spreadsheet, models), pass.scope().stop().replaceWith(new Look.Stopped()));
    }

    private Uni<Look> read(Pass pass, String spreadsheet, List<Model> models) {
        return reader.read(pass.session(), spreadsheet, models)
                .call(seen -> note(pass, states.record(seen)))
                .map(seen -> seen(pass, seen))
                .onFailure(SheetFailures::isOfCalls)
                .recoverWithUni(failure -> failed(pass, models, (SyncException) failure));
    }

    private static Look seen(Pass pass, Map<Model, TabState> seen) {
        Map<Model, TabReading> readings = new HashMap<>();
        seen.forEach((model, state) -> {
            if (state instanceof TabState.Readable readable) {
                readings.put(model, readable.reading());
            }
            if (state instanceof TabState.Blocked blocked) {
                pass.block(model, blocked);
            }
        });
        return new Look.Seen(readings);
    }

    private Uni<Look> failed(Pass pass, List<Model> models, SyncException failure) {
        pass.giveUp(models, failure);
        return note(pass, states.record(models, failure)).replaceWith(new Look.Failed(failure));
    }

    private static Uni<Void> note(Pass pass, Uni<Void> noted) {
        return pass.isRehearsal()
                ? Uni.createFrom().voidItem()
                : noted.onFailure()
                        .invoke(failure -> LOG.warnf("what tabs are like could not be noted (%s)", failure))
                        .onFailure()
                        .recoverWithNull();
    }
}
