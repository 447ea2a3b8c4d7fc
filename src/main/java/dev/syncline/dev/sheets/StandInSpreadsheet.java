package dev.syncline.dev.sheets;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** A spreadsheet of the stand-in, as its owner sees it. Of any thread. */
public final class StandInSpreadsheet {
    private final String id;
    private final Lock lock = new ReentrantLock();
    private final Map<String, Boolean> writers = new ConcurrentHashMap<>();
    private Workbook workbook;

    StandInSpreadsheet(String id, String title, ZoneId zone) {
        this.id = id;
        this.workbook = new Workbook(title, zone);
    }

    public String id() {
        return id;
    }

    /** The tab of that name, which is made if there is none: 1,000 rows and 26 columns, blank. */
    @CanIgnoreReturnValue
    public StandInTab tab(String title) {
        return new StandInTab(this, change(book -> book.findOrAppend(title).id()));
    }

    void addTab(String title) {
        edit(book -> book.append(title));
    }

    /** Lets an account read and write; the stand-in's own account may from the beginning. */
    @CanIgnoreReturnValue
    public StandInSpreadsheet share(String email) {
        writers.put(email, true);
        return this;
    }

    /** Lets an account read, and no more. */
    @CanIgnoreReturnValue
    public StandInSpreadsheet shareToRead(String email) {
        writers.put(email, false);
        return this;
    }

    /** From now on the account may not even read. */
    @CanIgnoreReturnValue
    public StandInSpreadsheet unshare(String email) {
        writers.remove(email);
        return this;
    }

    /** Takes the place of Google's limit of 10,000,000 cells. */
    @CanIgnoreReturnValue
    public StandInSpreadsheet limitCells(long cells) {
        edit(book -> book.limit(cells));
        return this;
    }

    void check(String account, boolean isWrite) {
        Optional<Boolean> mayWrite = Optional.ofNullable(writers.get(account));
        if (!mayWrite.orElseThrow(ApiException::notPermitted) && isWrite) {
            throw ApiException.notPermitted();
        }
    }

    <T> T read(Function<Workbook, T> reading) {
        lock.lock();
        try {
            return reading.apply(workbook);
        } finally {
            lock.unlock();
        }
    }

    /** All of the change, or none of it if it fails. */
    <T> T change(Function<Workbook, T> change) {
        lock.lock();
        try {
            Workbook copy = workbook.copy();
            T result = change.apply(copy);
            workbook = copy;
            return result;
        } finally {
            lock.unlock();
        }
    }

    void edit(Consumer<Workbook> edit) {
        lock.lock();
        try {
            edit.accept(workbook);
        } finally {
            lock.unlock();
        }
    }
}
