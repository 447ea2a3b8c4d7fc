package dev.syncline.notify;

import io.smallrye.mutiny.Multi;

import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Run;
import dev.syncline.run.RunDesk;
import dev.syncline.run.RunState;
import dev.syncline.run.ScriptedSync;

import static org.assertj.core.api.Assertions.assertThat;

/** Lets runs of the scripted sync fail after seven rows, for tests. */
final class FailingSync {
    static final SyncException LASTING = new SyncException(ErrorCode.FEED_TRUNCATED, "ends at byte 700");
    static final SyncException TRANSIENT = new SyncException(ErrorCode.SOURCE_TIMEOUT, "silent for 60 s");
    private static final Tally SEVEN = new Tally(7, 4, 1, 1, 1, 0, 0);

    private final ScriptedSync sync;
    private final RunDesk desk;

    FailingSync(ScriptedSync sync, RunDesk desk) {
        this.sync = sync;
        this.desk = desk;
    }

    Run run(SyncException failure) {
        sync.does(scope -> Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(new Progress("writing", SEVEN, 700, 900L)),
                        Multi.createFrom().failure(failure)));
        Run run = desk.run();
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        return run;
    }
}
