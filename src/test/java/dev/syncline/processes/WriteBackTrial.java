package dev.syncline.processes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;

import org.awaitility.Awaitility;

import dev.syncline.TestMongo;
import dev.syncline.processes.SalesRecords.Sale;

/**
 * A long queue, processes that drain it while records go on changing, and a kill -9 for whichever is at work, at random moments,
 * again and again until the queue is empty or enough have died.
 */
final class WriteBackTrial {
    /** The embedded server looks through the whole queue for each item that is closed. */
    private static final int ITEMS = TestMongo.isEmbedded() ? 600 : 2_000;

    private static final int OPERATORS = ITEMS / 4;
    private static final int NEW = ITEMS / 10;
    private static final int MOST_KILLS = 3;
    private static final int LONGEST_LIFE_MILLIS = 3_000;
    private static final int MOST_WRITES = 6;
    private static final int LONGEST_WRITE_MILLIS = 400;
    private static final Duration SLOW_WRITE = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WriteBackProcesses processes;
    private final int count;
    private final Random random;

    private int kills;
    private int killsInWrite;
    private int told;

    WriteBackTrial(WriteBackProcesses processes, int count, long seed) {
        this.processes = processes;
        this.count = count;
        // Neighbouring seeds begin alike.
        this.random = new Random(new SplittableRandom(seed).nextLong());
    }

    /** What it came to. */
    record Result(int kills, int killsInWrite, int changedMeanwhile, int runs) {}

    Result run() {
        SalesRecords records = processes.records();
        processes.begin(Map.of(SalesModel.REQUEST, ITEMS - OPERATORS - NEW, SalesModel.OPERATOR, OPERATORS));
        processes.sheets().faults().matching(WriteBackProcesses.WRITES).delay(SLOW_WRITE);
        List<Replica> alive = processes.alive(count);
        List<Sale> sales = new ArrayList<>(records.all());
        records.change(sales);
        sales.addAll(records.add(SalesModel.REQUEST, NEW));
        WriteBackProcesses.queue(alive.get(0), sales);
        int killsWanted = 1 + random.nextInt(MOST_KILLS);
        while (kills < killsWanted && processes.items("PENDING", "PROCESSING") > 0) {
            changeMeanwhile();
            killAtRandomMoment();
        }
        return new Result(kills, killsInWrite, told, finish());
    }

    /** Every second change is told by nobody: its application died before it could, and the record alone knows. */
    private void changeMeanwhile() {
        SalesRecords records = processes.records();
        List<Sale> some = new ArrayList<>(records.all());
        Collections.shuffle(some, random);
        some = new ArrayList<>(some.subList(0, 40));
        records.change(some);
        some.addAll(records.add(SalesModel.OPERATOR, 3));
        told += some.size();
        WriteBackProcesses.queue(processes.alive().get(0), some.subList(0, 20));
    }

    private void killAtRandomMoment() {
        Replica worker = awaitWorker();
        // One of four at any moment, the others when it has written for a while.
        if (random.nextInt(4) == 0) {
            await(random.nextInt(LONGEST_LIFE_MILLIS));
        } else {
            awaitWrites(1 + random.nextInt(MOST_WRITES));
            await(random.nextInt(LONGEST_WRITE_MILLIS));
        }
        killsInWrite += processes.writesUnderWay() > 0 ? 1 : 0;
        kills++;
        processes.kill(worker);
    }

    /** Starts a run where none is active; a dead process's run counts as active until another one has taken it. */
    private Replica awaitWorker() {
        return Awaitility.await("a process at work")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(this::worker, Optional::isPresent)
                .orElseThrow();
    }

    private Optional<Replica> worker() {
        Optional<Replica> worker = processes.worker();
        if (worker.isEmpty()) {
            List<Replica> alive = processes.alive();
            int status = WriteBackProcesses.trigger(alive.get(random.nextInt(alive.size())))
                    .status();
            if (status != 202 && status != 409) {
                throw new IllegalStateException("a trigger was answered with " + status);
            }
        }
        return worker;
    }

    /** Or the end of the run. */
    private void awaitWrites(int more) {
        long before = processes.writes();
        Awaitility.await(more + " writes more")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> processes.writes() >= before + more || !processes.isRunActive());
    }

    private static void await(int millis) {
        Awaitility.await("a random moment")
                .pollDelay(Duration.ofMillis(millis))
                .atMost(PATIENCE)
                .until(() -> true);
    }

    /** Whoever is left ends it, with the run of the last one that died first. */
    private int finish() {
        Replica last = processes.alive().get(0);
        processes.awaitNoRun();
        return processes.drain(last);
    }
}
