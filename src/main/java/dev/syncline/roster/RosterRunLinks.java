package dev.syncline.roster;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.syncline.run.Run;

/** Where to follow a run of the roster, or to end it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RosterRunLinks(
        String run, String status, String events, @Nullable String cancel) {
    static RosterRunLinks of(Run run) {
        String self = "/api/runs/" + run.id();
        return new RosterRunLinks(
                self, "/api/sync/status", "/api/events?run=" + run.id(), run.active() ? self + "/cancel" : null);
    }

    /** For {@code ?since=} of the event stream: whatever is newer than what was just told comes. */
    static String token(Run run) {
        return run.id() + ':' + run.version();
    }
}
