package dev.syncline.platform;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.mongodb.MongoException;

/** A failure in one line for the log: what it is, where in our code it was noticed, and what it came of. */
public final class Fault {
    private static final String OURS = "dev.syncline.";
    private static final int DEEPEST = 5;

    private Fault() {}

    public static String of(Throwable failure) {
        return causes(failure).stream().map(Fault::one).collect(Collectors.joining(" caused by "));
    }

    private static List<Throwable> causes(Throwable failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST)
                .toList();
    }

    private static String one(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(frame -> kind(failure) + " at " + place(frame))
                .orElseGet(() -> kind(failure));
    }

    private static String place(StackTraceElement frame) {
        return "%s.%s:%d".formatted(frame.getClassName(), frame.getMethodName(), frame.getLineNumber());
    }

    /** Our own words are safe to show. */
    private static String kind(Throwable failure) {
        if (failure instanceof SyncException ours) {
            return ours.code() + " (" + ours.detail() + ")";
        }
        return failure instanceof MongoException refusal
                ? failure.getClass().getName() + " " + refusal.getCode()
                : failure.getClass().getName();
    }
}
