package dev.syncline.identity;

import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.mutiny.Multi;

import dev.syncline.dev.SamplePerson;
import dev.syncline.ingest.Absence;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.RowCollection;
import dev.syncline.ingest.Tally;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.run.RunScope;
import dev.syncline.run.SyncJob;

/** A sync that is the sample manager's alone, as a person's contacts are; its runs succeed at once. */
@ApplicationScoped
@IfBuildProperty(name = PersonalSync.SETTING, stringValue = "true")
class PersonalSync implements SyncJob {
    static final String SETTING = "syncline.test.personal";
    static final String ID = "personal:manager";
    static final SamplePerson OWNER = SamplePerson.manager;

    private final RowCollection rows;

    PersonalSync(MongoDatabase database) {
        rows = new RowCollection(database.collection("personal_rows"), 500);
    }

    @Override
    public String sync() {
        return ID;
    }

    @Override
    public String title() {
        return "The manager's own";
    }

    @Override
    public Optional<String> person() {
        return Optional.of("sample-" + OWNER.name());
    }

    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public Optional<Duration> timeLimit() {
        return Optional.empty();
    }

    @Override
    public Multi<Progress> execute(RunScope scope) {
        return Multi.createFrom().item(new Progress(Progress.FINISHED, new Tally(1, 1, 0, 0, 0, 0, 0), 10, 10L));
    }

    @Override
    public Optional<SweepTarget> sweepTarget() {
        return Optional.of(new SweepTarget(rows, new Absence("status", "absent", "closed", Duration.ofDays(30))));
    }
}
