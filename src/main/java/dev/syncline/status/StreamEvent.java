package dev.syncline.status;

import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * One message of the event stream: {@code run} with the whole current view, or {@code heartbeat}.
 *
 * @param id {@code <run>:<version>}, for {@code Last-Event-ID}
 */
record StreamEvent(String name, @Nullable String id, Object data) {
    /** Never sent: where it stands, the stream ends. */
    static final StreamEvent END = new StreamEvent("end", null, "");

    /** So that clients, and proxies between, see that the stream lives. */
    @RegisterForReflection
    record Heartbeat(Instant at) {}

    static StreamEvent of(RunView view) {
        return new StreamEvent("run", view.eventId(), view);
    }

    static StreamEvent heartbeat(Instant at) {
        return new StreamEvent("heartbeat", null, new Heartbeat(at));
    }

    boolean terminal() {
        return data instanceof RunView view && view.state().terminal();
    }
}
