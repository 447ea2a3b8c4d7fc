package dev.syncline.dashboard;

import java.util.Locale;
import java.util.Optional;

import io.quarkus.qute.TemplateEnum;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.Caller;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * The page of who is not let in (yet): the way to log in, and what stands in the way.
 *
 * @param who the name of who is known to the identity provider and not let in here, where the provider told it
 */
record Entrance(int status, Way way, @Nullable Notice notice, String who) {
    private static final int OK = 200;
    private static final int AWAY = 503;

    /** The next thing that one can do here. */
    @TemplateEnum
    public enum Way {
        LOG_IN,
        LOG_OUT,
        /** The same request may do better in a moment. */
        TRY_AGAIN
    }

    /** What has happened, and what to do about it. */
    public record Notice(String title, String words, String nextStep) {}

    /** @param login how a log-in has ended, as the way back from the provider tells it */
    static Entrance of(Caller caller, @Nullable String login) {
        Optional<Caller.Refused> refused = caller.refused();
        if (refused.isPresent()) {
            return refused(refused.get());
        }
        return caller.problem()
                .filter(problem -> problem.code() != ErrorCode.UNAUTHENTICATED)
                .map(Entrance::failed)
                .orElseGet(() -> new Entrance(OK, Way.LOG_IN, ended(login), ""));
    }

    private static Entrance refused(Caller.Refused refused) {
        Notice notice = new Notice("You are not let in", sentence(refused.why()), refused.nextStep());
        return new Entrance(refused.status(), Way.LOG_OUT, notice, refused.who());
    }

    private static Entrance failed(SyncException problem) {
        ErrorCode code = problem.code();
        Notice notice = new Notice(code.title(), sentence(problem.detail()), code.nextStep());
        return new Entrance(code.status(), code.status() == AWAY ? Way.TRY_AGAIN : Way.LOG_IN, notice, "");
    }

    private static @Nullable Notice ended(@Nullable String login) {
        return switch (login == null ? "" : login) {
            case "failed" ->
                new Notice(
                        "You were not logged in",
                        "The log-in was cancelled, took too long, or could not be confirmed.",
                        "Log in once more. If that does not help, close the browser's other log-in pages, and ask whoever"
                                + " looks after this service.");
            case "unavailable" ->
                new Notice(
                        "Nobody can log in just now",
                        "The identity provider, which says who people are, does not answer.",
                        "Wait a minute and log in again. If that does not help, tell whoever looks after this service.");
            default -> null;
        };
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ENGLISH) + words.substring(1) + ".";
    }
}
