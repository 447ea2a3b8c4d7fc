package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.syncline.platform.SyncException;

/** Reads the tabs of a batch, and notes what that shows of them. */
@ApplicationScoped
class Tabs {
    private static final Logger LOG = Logger.getLogger(Tabs.class);

    private final TabStates states;

    Tabs(TabStates states) {
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

    /**
     * What cannot be written to, or not be looked at, the pass leaves alone from now on.
     *
     * @param keys of the rows that are of interest, by their models
     */
    Uni<Look> look(Pass pass, String spreadsheet, Map<Model, List<String>> keys) {
        Optional<SyncException> known = pass.failure(spreadsheet);
        return known.isPresent()
                ? Uni.createFrom().item(new Look.Failed(known.get()))
                : Uni.combine()
                        .any()
                        .<Look>of(
                                read(pass, spreadsheet, keys),
                                pass.scope().stop().replaceWith(new Look.Stopped()));
    }

    private Uni<Look> read(Pass pass, String spreadsheet, Map<Model, List<String>> keys) {
        SpreadsheetTabs tabs = pass.tabs(spreadsheet);
        return tabs.read(keys.keySet())
                .call(seen -> note(pass, states.record(seen)))
                .chain(seen -> exact(tabs, readable(pass, seen), keys))
                .<Look>map(Look.Seen::new)
                .onFailure(SheetFailures::isOfCalls)
                .recoverWithUni(
                        failure -> failed(pass, spreadsheet, List.copyOf(keys.keySet()), (SyncException) failure));
    }

    /** What we wrote as text and begins with {@code =} must not be taken for a formula of somebody's. */
    private static Uni<Map<Model, TabReading>> exact(
            SpreadsheetTabs tabs, List<TabReading> readings, Map<Model, List<String>> keys) {
        return Multi.createFrom()
                .iterable(readings)
                .onItem()
                .transformToUniAndConcatenate(reading -> tabs.exact(reading, rows(reading, keys.get(reading.model()))))
                .collect()
                .asMap(TabReading::model);
    }

    private static List<Integer> rows(TabReading reading, List<String> keys) {
        return keys.stream()
                .flatMap(key -> reading.rowsOf(key).stream())
                .distinct()
                .toList();
    }

    private static List<TabReading> readable(Pass pass, Map<Model, TabState> seen) {
        List<TabReading> readings = new ArrayList<>();
        seen.forEach((model, state) -> {
            if (state instanceof TabState.Readable readable) {
                readings.add(readable.reading());
            }
            if (state instanceof TabState.Blocked blocked) {
                pass.block(model, blocked);
            }
        });
        return readings;
    }

    /** Looks at those again that a person had to put right, also if nothing waits for them (S2-46). */
    Uni<Void> lookAgain(Pass pass) {
        return states.blockedModels()
                .onItem()
                .transformToMulti(models -> Multi.createFrom().iterable(bySpreadsheet(models)))
                .onItem()
                .transformToUniAndConcatenate(some -> look(pass, some.getKey(), some.getValue()))
                .onItem()
                .ignoreAsUni();
    }

    private static Set<Map.Entry<String, Map<Model, List<String>>>> bySpreadsheet(List<Model> models) {
        Map<String, Map<Model, List<String>>> all = new LinkedHashMap<>();
        for (Model model : models) {
            model.spreadsheet().ifPresent(id -> all.computeIfAbsent(id, x -> new LinkedHashMap<>())
                    .put(model, List.of()));
        }
        return all.entrySet();
    }

    private Uni<Look> failed(Pass pass, String spreadsheet, List<Model> models, SyncException failure) {
        pass.giveUp(spreadsheet, failure);
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
