package dev.syncline.run;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.All;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** The syncs that this service knows. */
@ApplicationScoped
public class SyncCatalog {
    private final List<SyncJob> jobs;

    SyncCatalog(@All List<SyncJob> jobs) {
        this.jobs = jobs.stream().sorted(Comparator.comparing(SyncJob::sync)).toList();
    }

    /** In the order of their ids. */
    public List<SyncJob> all() {
        return jobs;
    }

    /** The sync of that id, if this version of the service has it. */
    Optional<SyncJob> find(String sync) {
        return jobs.stream().filter(job -> job.sync().equals(sync)).findFirst();
    }

    /** The sync of that id; {@code NOT_FOUND} if there is none. */
    public SyncJob get(String sync) {
        return find(sync).orElseThrow(SyncCatalog::unknown);
    }

    /** What is told of a sync that does not exist, and of one that is somebody else's. */
    public static SyncException unknown() {
        return new SyncException(ErrorCode.NOT_FOUND, "there is no sync of that name");
    }
}
