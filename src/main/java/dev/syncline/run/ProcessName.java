package dev.syncline.run;

import jakarta.enterprise.context.ApplicationScoped;

import dev.syncline.platform.Ids;

/** What this process is called in the runs that it owns: the host's name for people, an id for certainty. */
@ApplicationScoped
class ProcessName {
    private final String name;

    ProcessName(Ids ids) {
        name = host() + "-" + ids.next().substring(24);
    }

    private static String host() {
        String host = System.getenv("HOSTNAME");
        return host == null || host.isBlank() ? "process" : host;
    }

    /** A process may own a run twice in a row; its earlier attempt must not pass for the later. */
    String attemptOwner(int attempt) {
        return name + "/" + attempt;
    }
}
