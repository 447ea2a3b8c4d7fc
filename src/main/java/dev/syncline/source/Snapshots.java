package dev.syncline.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

/**
 * The downloads of one sync, in a directory that processes may share. A name tells sync, day, run and attempt; only what is
 * older than an attempt goes with it, for what is newer may be another process's. Blocking: on a worker.
 */
public final class Snapshots {
    private static final Logger LOG = Logger.getLogger(Snapshots.class);
    private static final String ON_ITS_WAY = ".part";

    private final Path directory;
    private final String sync;
    private final int kept;
    private final Pattern name;

    /** @param kept how many stay when their attempts are over, the newest ones */
    public Snapshots(Path directory, String sync, int kept) {
        this.directory = directory;
        this.sync = sync;
        this.kept = kept;
        this.name = Pattern.compile(
                Pattern.quote(sync) + "-\\d{4}-\\d{2}-\\d{2}-(?<run>.+)-(?<attempt>\\d{1,4})(?<end>\\.[a-z.]+)");
    }

    /** Whose a file is. Ids of runs rise with time. */
    private record Snapshot(Path file, String run, int attempt, boolean whole) {
        static final Comparator<Snapshot> BY_AGE =
                Comparator.comparing(Snapshot::run).thenComparing(Snapshot::attempt);
    }

    /** Makes room for an attempt: what was cut off, and its own run's earlier attempts, go. Gives the file to fill. */
    public Path begin(String run, int attempt, Instant startedAt) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("%s-%s-%s-%d%s"
                .formatted(sync, LocalDate.ofInstant(startedAt, ZoneOffset.UTC), run, attempt, ON_ITS_WAY));
        prune(run, attempt);
        return file;
    }

    /** The file is whole: from now on it has its name. */
    public Path complete(Path filled) throws IOException {
        boolean gzip;
        try (FileChannel file = FileChannel.open(filled)) {
            gzip = FeedGzip.isGzip(file);
        }
        String name = filled.getFileName().toString().replace(ON_ITS_WAY, gzip ? ".json.gz" : ".json");
        return Files.move(filled, filled.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether a file stays when its attempt is over. */
    public boolean keep() {
        return kept > 0;
    }

    /** The attempt is over: its file stays as long as it is one of the newest. */
    public void end(String run, int attempt) throws IOException {
        if (Files.isDirectory(directory)) {
            prune(run, attempt);
        }
    }

    private void prune(String run, int attempt) throws IOException {
        Snapshot newest = new Snapshot(directory, run, attempt, true);
        try (Stream<Path> files = Files.list(directory)) {
            List<Snapshot> ended = files.flatMap(file -> parse(file).stream())
                    .filter(file -> Snapshot.BY_AGE.compare(file, newest) <= 0)
                    .sorted(Snapshot.BY_AGE.reversed())
                    .toList();
            List<Snapshot> stay = ended.stream()
                    .filter(file -> file.whole() && (!file.run().equals(run) || file.attempt() == attempt))
                    .limit(kept)
                    .toList();
            ended.stream().filter(file -> !stay.contains(file)).forEach(Snapshots::delete);
        }
    }

    private Optional<Snapshot> parse(Path file) {
        Matcher parts = name.matcher(file.getFileName().toString());
        return parts.matches()
                ? Optional.of(new Snapshot(
                        file,
                        parts.group("run"),
                        Integer.parseInt(parts.group("attempt")),
                        !parts.group("end").startsWith(ON_ITS_WAY)))
                : Optional.empty();
    }

    private static void delete(Snapshot snapshot) {
        try {
            Files.deleteIfExists(snapshot.file());
        } catch (IOException e) {
            LOG.warnf("a download stays behind, file=%s (%s)", snapshot.file().getFileName(), e);
        }
    }
}
