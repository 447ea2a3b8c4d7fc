package dev.syncline.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.syncline.PackagedApp;
import dev.syncline.TestMongo;

/** Processes of the packaged service that share one new database, and the directory that feeds come from. */
final class Replicas implements AutoCloseable {
    private final String databaseName = "syncline-test-" + UUID.randomUUID();
    private final Database database = new Database(TestMongo.connectionString(), databaseName);
    private final Map<String, String> settings;
    private final List<PackagedApp> apps = new ArrayList<>();
    private final List<MongoLine> lines = new ArrayList<>();

    /** @param settings of all of them */
    Replicas(Map<String, String> settings) {
        this.settings = settings;
    }

    static Map<String, String> batchesOf(int rows) {
        return Map.of("syncline.permits.ingest.batch-size", Integer.toString(rows));
    }

    /** Starts so many at the same time, and waits until all are ready. */
    List<Replica> start(int count) {
        List<PackagedApp> started = Stream.generate(() -> launch(line(), Map.of(), List.of()))
                .limit(count)
                .toList();
        int first = lines.size() - count;
        List<Replica> replicas = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replicas.add(new Replica(started.get(i), lines.get(first + i)));
        }
        replicas.forEach(Replica::awaitReady);
        return replicas;
    }

    Replica start() {
        return start(1).get(0);
    }

    /** Starts one that differs from the others; it listens, but need not be ready. */
    Replica start(MongoLine line, Map<String, String> more, List<String> options) {
        return new Replica(launch(line, more, options), line);
    }

    /** A new line to the database. */
    MongoLine line() {
        MongoLine line = new MongoLine(TestMongo.connectionString());
        lines.add(line);
        return line;
    }

    /** Starts one on a JVM with just these options, straight at the database; does not wait. */
    PackagedApp startOn(List<String> jvm) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("quarkus.mongodb.connection-string", TestMongo.connectionString());
        all.put("quarkus.mongodb.database", databaseName);
        PackagedApp app = PackagedApp.startOn(jvm, all);
        apps.add(app);
        return app;
    }

    private PackagedApp launch(MongoLine line, Map<String, String> more, List<String> options) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("quarkus.mongodb.connection-string", line.connectionString());
        all.put("quarkus.mongodb.database", databaseName);
        all.put("syncline.permits.import-directory", feeds().toString());
        all.putAll(more);
        PackagedApp app = PackagedApp.start(all, options);
        apps.add(app);
        return app;
    }

    /** Where feeds lie, for all tests of this JVM. */
    private static Path feeds() {
        try {
            return Files.createDirectories(Path.of("target", "generated-feeds")).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes feeds where all processes find them. */
    static void provide(GeneratedFeed... wanted) {
        Stream.of(wanted).forEach(feed -> feed.writeTo(feeds()));
    }

    static Path fileOf(GeneratedFeed feed) {
        return feeds().resolve(feed.name());
    }

    Database database() {
        return database;
    }

    /** Makes each request to the database take so much longer, for all processes. */
    void brake(Duration each) {
        lines.forEach(line -> line.brake(each));
    }

    @Override
    public void close() {
        apps.forEach(PackagedApp::kill);
        lines.forEach(MongoLine::close);
        database.drop();
        database.close();
    }
}
