package dev.syncline.writeback;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.syncline.google.SheetsApi;
import dev.syncline.platform.SyncException;

/** Looks at all tabs once a process has started, and delays nothing: a wrong header is known before the first change (S2-46). */
@ApplicationScoped
class TabsAtStart {
    private static final Logger LOG = Logger.getLogger(TabsAtStart.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final WriteBackConfig config;
    private final Models models;
    private final SheetsApi sheets;
    private final TabReader reader;
    private final TabStates tabs;

    TabsAtStart(WriteBackConfig config, Models models, SheetsApi sheets, TabReader reader, TabStates tabs) {
        this.config = config;
        this.models = models;
        this.sheets = sheets;
        this.reader = reader;
        this.tabs = tabs;
    }

    void begin(@Observes StartupEvent event) {
        if (config.enabled() && config.checkAtStart()) {
            look().subscribe().with(x -> {}, failure -> LOG.warn("the tabs could not be looked at", failure));
        }
    }

    Uni<Void> look() {
        return Multi.createFrom()
                .iterable(bySpreadsheet().entrySet())
                .onItem()
                .transformToUniAndConcatenate(spreadsheet -> look(spreadsheet.getKey(), spreadsheet.getValue()))
                .onItem()
                .ignoreAsUni();
    }

    private Map<String, List<Model>> bySpreadsheet() {
        return models.all().stream()
                .filter(model -> model.spreadsheet().isPresent())
                .collect(Collectors.groupingBy(
                        model -> model.spreadsheet().orElseThrow(), TreeMap::new, Collectors.toList()));
    }

    private Uni<Void> look(String spreadsheet, List<Model> shown) {
        return Uni.createFrom()
                .deferred(
                        () -> reader.open(sheets.session(PATIENCE), spreadsheet).read(shown))
                .invoke(seen -> seen.forEach(TabsAtStart::tell))
                .chain(seen -> tabs.record(seen))
                .onFailure(SyncException.class)
                .recoverWithUni(failure -> unseen(shown, (SyncException) failure));
    }

    private static void tell(Model model, TabState state) {
        if (state instanceof TabState.Blocked blocked) {
            LOG.warnf(
                    "nothing is written to a tab until a person changes it model=%s code=%s (%s)",
                    model.name(), blocked.code(), blocked.detail());
        } else {
            LOG.infof("the tab is as it is configured model=%s tab=%s", model.name(), model.tab());
        }
    }

    private Uni<Void> unseen(List<Model> unseen, SyncException failure) {
        String names = unseen.stream().map(Model::name).collect(Collectors.joining(","));
        LOG.warnf("tabs could not be looked at models=%s code=%s (%s)", names, failure.code(), failure.detail());
        return tabs.record(unseen, failure);
    }
}
