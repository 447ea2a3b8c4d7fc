package dev.syncline.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/**
 * Sends the notices of one channel, one at a time. What another process has begun to send and not finished is sent again when
 * it has not moved for longer than sending can take, measured by the watcher's own monotonic clock: it may then arrive twice,
 * which its unchanged id shows.
 */
final class Dispatch {
    private static final Logger LOG = Logger.getLogger(Dispatch.class);
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final double JITTER = 0.2;
    private static final int MOST_DOUBLINGS = 30;

    private final Outbox outbox;
    private final Carrier carrier;
    private final OutboxMetrics metrics;
    private final NotifyConfig config;
    private final Clock clock;

    /** Since when others' unfinished work is seen as it is, by notice and attempt. */
    private final Map<String, Long> unfinished = new HashMap<>();

    Dispatch(Outbox outbox, Carrier carrier, OutboxMetrics metrics, NotifyConfig config, Clock clock) {
        this.outbox = outbox;
        this.carrier = carrier;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
    }

    /** Sends the next notice that is due. Never two at a time. Gives whether there was one. */
    Uni<Boolean> sendNext() {
        return outbox.underWay(carrier.channel())
                .map(this::abandoned)
                .chain(abandoned ->
                        abandoned.isPresent() ? Uni.createFrom().item(abandoned) : outbox.due(carrier.channel()))
                .chain(found -> found.map(this::claimAndSend)
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    /** This process sends nothing while it looks, so what is under way is another's, or was of one that died. */
    private Optional<Notice> abandoned(List<Notice> underWay) {
        long now = System.nanoTime();
        long patience = carrier.timeout().plus(MARGIN).toNanos();
        unfinished.keySet().retainAll(underWay.stream().map(Dispatch::version).collect(Collectors.toSet()));
        return underWay.stream()
                .filter(notice -> now - unfinished.computeIfAbsent(version(notice), first -> now) > patience)
                .findFirst();
    }

    private static String version(Notice notice) {
        return notice.id() + '#' + notice.attempts();
    }

    private Uni<Boolean> claimAndSend(Notice notice) {
        return outbox.claim(notice)
                .chain(claimed ->
                        claimed.map(this::send).orElseGet(() -> Uni.createFrom().voidItem()))
                .replaceWith(true);
    }

    private Uni<Void> send(Notice notice) {
        return Uni.createFrom()
                .deferred(() -> carrier.carry(notice))
                .onItemOrFailure()
                .transformToUni((carried, failure) -> failure == null ? sent(notice) : unsent(notice, failure));
    }

    private Uni<Void> sent(Notice notice) {
        metrics.sent(notice.channel());
        LOG.infof("sent, notice=%s channel=%s attempt=%d", notice.about(), notice.channel(), notice.attempts());
        return outbox.sent(notice);
    }

    private Uni<Void> unsent(Notice notice, Throwable failure) {
        Undelivered reason = failure instanceof Undelivered known ? known : unexpected(notice, failure);
        Instant now = clock.instant();
        if (reason.permanent()) {
            return failed(notice, reason, "refused for good");
        }
        if (now.isAfter(notice.createdAt().plus(config.giveUpAfter()))) {
            return failed(notice, reason, "given up after " + config.giveUpAfter());
        }
        Duration wait = wait(notice.attempts(), reason);
        LOG.warnf(
                "not sent, trying again, notice=%s channel=%s attempt=%d wait=%ds: %s",
                notice.about(), notice.channel(), notice.attempts(), wait.toSeconds(), reason.message());
        return outbox.retryAt(notice, now.plus(wait), reason.detail());
    }

    private Uni<Void> failed(Notice notice, Undelivered reason, String why) {
        metrics.failed(notice.channel());
        LOG.errorf(
                "a notice reaches nobody, %s, notice=%s channel=%s attempt=%d: %s; tell people yourself and look at"
                        + " GET /api/notifications?state=FAILED",
                why, notice.about(), notice.channel(), notice.attempts(), reason.message());
        return outbox.failed(notice, why, reason.detail());
    }

    private static Undelivered unexpected(Notice notice, Throwable failure) {
        LOG.errorf(failure, "sending failed unexpectedly, notice=%s channel=%s", notice.about(), notice.channel());
        return Undelivered.forNow("an unexpected failure, which the log has");
    }

    /** Doubled each time and never longer than allowed, drawn evenly around that; or as long as the other side asks. */
    private Duration wait(int attempt, Undelivered reason) {
        long first = config.backOff().toMillis();
        double doubled = first * Math.pow(2, Math.min(attempt - 1, MOST_DOUBLINGS));
        double capped =
                Math.min(doubled, Math.max(first, config.longestBackOff().toMillis()));
        double spread = ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER);
        Duration wait = Duration.ofMillis(Math.round(capped * spread));
        return reason.retryAfter().filter(asked -> asked.compareTo(wait) > 0).orElse(wait);
    }
}
