package dev.syncline.bench;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import org.bson.Document;
import org.bson.RawBsonDocument;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Measures the permits sync on a real server, side by side with what it cannot be faster than. What each figure means stands
 * in docs/benchmarks.md; {@code target/bench/result.md} gets the tables.
 */
final class Bench {
    private static final String PERMITS = "permits";
    private static final String FIRST = "first load";
    private static final String BULK = "bulk insert alone";
    private static final String UNCHANGED = "unchanged load";
    private static final String PARSE = "parse and hash alone";
    private static final String CHANGED = "load with 1 % changed";
    private static final String FIRST_BIG = "first load, large feed";
    private static final String UNCHANGED_BIG = "unchanged load, large feed";
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final int PASSES = 2;

    private final BenchSettings settings;
    private final MongoClient mongo;
    private final PermitFeed feeds;
    private final Figures figures = new Figures();
    private final List<String> notes = new ArrayList<>();
    /** The documents and the indexes that the product made: what the bulk insert has to make. */
    private Path dump;

    private List<IndexModel> indexes = List.of();

    private Bench(BenchSettings settings, MongoClient mongo, PermitFeed feeds) {
        this.settings = settings;
        this.mongo = mongo;
        this.feeds = feeds;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        BenchSettings settings = BenchSettings.read();
        Files.createDirectories(settings.folder());
        try (MongoClient mongo = MongoClients.create(settings.mongo())) {
            new Bench(settings, mongo, PermitFeed.create()).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        figures.compare(FIRST, BULK, 1.2);
        figures.compare(UNCHANGED, PARSE, 2);
        figures.compare(CHANGED, UNCHANGED, 1.2);
        if (settings.has("loads")) {
            loads();
        }
        if (settings.has("requests")) {
            requests();
        }
        if (settings.has("big") && settings.bigRows() > 0) {
            big();
        }
        report();
    }

    // --- loads, side by side

    private void loads() throws IOException, InterruptedException {
        Path feed = feeds.write(settings.folder(), settings.rows());
        Path changed = feeds.writeChanged(settings.folder(), settings.rows());
        for (int repeat = 0; repeat < settings.repeats(); repeat++) {
            // Turn about, so that neither always meets the server as the other left it.
            if (repeat % 2 == 1) {
                bulkAlone();
            }
            loads("bench-" + repeat, feed, changed);
            if (repeat % 2 == 0) {
                bulkAlone();
            }
        }
    }

    private void loads(String database, Path feed, Path changed) throws IOException, InterruptedException {
        mongo.getDatabase(database).drop();
        try (Product product = Product.start(settings, database, feed)) {
            add(FIRST, feed, settings.rows(), expect(product.load(feed), "added", settings.rows()));
            keep(mongo.getDatabase(database));
            Path stored = feed;
            Path next = changed;
            for (int round = 0; round < settings.rounds(); round++) {
                add(PARSE, feed, settings.rows(), parseAlone(feed));
                add(UNCHANGED, stored, settings.rows(), expect(product.load(stored), "unchanged", settings.rows()));
                long differing = PermitFeed.changedRows(settings.rows());
                add(CHANGED, next, settings.rows(), expect(product.load(next), "updated", differing));
                Path previous = stored;
                stored = next;
                next = previous;
            }
        }
        mongo.getDatabase(database).drop();
    }

    private Measured parseAlone(Path feed) throws IOException, InterruptedException {
        return OwnJvm.run(settings, ParseAlone.class, feed.toString(), String.valueOf(PASSES));
    }

    private void keep(MongoDatabase loaded) throws IOException {
        if (dump != null) {
            return;
        }
        dump = settings.folder().resolve("permits.bson");
        long documents = Dump.write(loaded.getCollection(PERMITS, RawBsonDocument.class), dump);
        if (documents != settings.rows()) {
            throw new IllegalStateException(documents + " documents instead of " + settings.rows());
        }
        indexes = new ArrayList<>();
        for (Document index : loaded.getCollection(PERMITS).listIndexes()) {
            if (!index.getString("name").equals("_id_")) {
                indexes.add(new IndexModel(
                        index.get("key", Document.class), new IndexOptions().name(index.getString("name"))));
            }
        }
        notes.add("Bulk insert: the documents that the product stored, into a collection with the same "
                + (indexes.size() + 1) + " indexes.");
    }

    private void bulkAlone() throws IOException, InterruptedException {
        MongoDatabase database = mongo.getDatabase("bench-bulk");
        database.drop();
        database.getCollection(PERMITS).createIndexes(indexes);
        Measured measured =
                OwnJvm.run(settings, BulkAlone.class, settings.mongo(), database.getName(), PERMITS, dump.toString());
        add(BULK, dump, settings.rows(), measured);
        database.drop();
    }

    // --- requests during a load

    private void requests() throws IOException, InterruptedException {
        Path feed = feeds.write(settings.folder(), settings.rows());
        mongo.getDatabase("bench-requests").drop();
        try (Product product = Product.start(settings, "bench-requests", feed)) {
            String run = product.begin(feed);
            HttpRequest start = product.request("/api/syncs/permits/runs")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            HttpRequest look = product.request("/api/runs/" + run).build();
            measure("POST /api/syncs/permits/runs", start, product, run);
            measure("GET /api/runs/{id}", look, product, run);
            product.cancel(run);
        }
        mongo.getDatabase("bench-requests").drop();
    }

    private void measure(String name, HttpRequest request, Product product, String run)
            throws IOException, InterruptedException {
        OpenLoop client = new OpenLoop(settings.rate());
        OpenLoop.Answers answers = client.send(request, WARM_UP, settings.window());
        boolean during = product.run(run).path("completedAt").isMissingNode();
        String note = String.format(
                Locale.ROOT,
                "%s, %d a second for %d s %s, after %d s of the same: p50 %.1f ms, p99 %.1f ms, max %.1f ms; answers %s%s.",
                name,
                settings.rate(),
                settings.window().toSeconds(),
                during ? "during a first load" : "(THE LOAD ENDED BEFORE: not valid)",
                WARM_UP.toSeconds(),
                answers.percentile(50),
                answers.percentile(99),
                answers.max(),
                answers.statuses(),
                answers.percentile(99) <= 50 ? "" : " (goal p99 ≤ 50 ms: missed)");
        notes.add(note);
        System.out.println(note);
    }

    // --- a feed of a gigabyte

    private void big() throws IOException, InterruptedException {
        Path feed = feeds.write(settings.folder(), settings.bigRows());
        mongo.getDatabase("bench-big").drop();
        try (Product product = Product.start(settings, "bench-big", feed)) {
            loadBig(product, FIRST_BIG, feed, "added");
            loadBig(product, UNCHANGED_BIG, feed, "unchanged");
        }
        mongo.getDatabase("bench-big").drop();
    }

    private void loadBig(Product product, String work, Path feed, String outcome)
            throws IOException, InterruptedException {
        long from = product.uptimeMillis();
        Measured measured = expect(product.load(feed), outcome, settings.bigRows());
        add(work, feed, settings.bigRows(), measured);
        String note = "Heap alive in each eighth of the " + work + ", MB: "
                + product.heapLog().alive(from, product.uptimeMillis()) + ".";
        notes.add(note);
        System.out.println(note);
    }

    // --- what came out

    private static Measured expect(Product.Load load, String outcome, long rows) {
        if (load.count(outcome) != rows) {
            throw new IllegalStateException(rows + " rows should be " + outcome + ": " + load.run());
        }
        return load.measured();
    }

    private void add(String work, Path feed, long rows, Measured measured) throws IOException {
        figures.add(work, rows, Files.size(feed), measured);
    }

    private void report() throws IOException {
        String text = machine() + "\n" + figures.table() + "\n- " + String.join("\n- ", notes) + "\n";
        Path result = settings.folder().resolve("result.md");
        Files.writeString(result, text, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        System.out.println();
        System.out.println(text);
        System.out.println("also in " + result);
    }

    private String machine() {
        Document server = mongo.getDatabase("admin").runCommand(new Document("buildInfo", 1));
        return String.join(
                "\n",
                "%s; Java %s (%s); %d cores; %s; JVM options of every process: %s."
                        .formatted(
                                LocalDate.now(),
                                Runtime.version(),
                                System.getProperty("java.vm.name"),
                                Runtime.getRuntime().availableProcessors(),
                                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                                String.join(" ", settings.jvm())),
                "Server: %s, on the same machine. Feed: %s.".formatted(server(server), feeds.origin()),
                "");
    }

    /** FerretDB tells the version of MongoDB that it speaks, and its own beside it. */
    private static String server(Document buildInfo) {
        Document ferret = buildInfo.get("ferretdb", Document.class);
        return ferret == null
                ? "MongoDB " + buildInfo.getString("version")
                : "FerretDB " + ferret.getString("version") + " on PostgreSQL";
    }
}
