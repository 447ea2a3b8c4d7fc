package dev.syncline.writeback;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.ingest.Warning;
import dev.syncline.run.StandingWarnings;

/** Tells whoever looks at the sync which tabs need a person, for as long as they do (S2-46). */
@ApplicationScoped
class BlockedTabs implements StandingWarnings {
    private final TabStates states;

    BlockedTabs(TabStates states) {
        this.states = states;
    }

    @Override
    public Uni<List<Warning>> of(String sync) {
        return sync.equals(WriteBack.SYNC)
                ? states.blocked()
                        .map(checks -> checks.stream().map(BlockedTabs::warning).toList())
                : Uni.createFrom().item(List.of());
    }

    private static Warning warning(TabCheck check) {
        return new Warning(String.valueOf(check.code()), String.valueOf(check.detail()), List.of(check.model()));
    }
}
