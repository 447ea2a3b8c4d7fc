package dev.syncline.notify;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.platform.SyncException;
import dev.syncline.source.HttpPost;

/** Calls the webhook, signed as Standard Webhooks says (https://www.standardwebhooks.com). */
@ApplicationScoped
class WebhookCarrier implements Carrier {
    /** Of the 4xx these alone are no last word: too slow, too early, too often. */
    private static final Set<Integer> NOT_NOW = Set.of(408, 425, 429);

    private final HttpPost http;
    private final NotifyConfig.Webhook config;
    private final Optional<WebhookSecret> secret;
    private final Clock clock;

    WebhookCarrier(HttpPost http, NotifyConfig config, Clock clock) {
        this.http = http;
        this.config = config.webhook();
        this.secret = this.config.secret().flatMap(WebhookSecret::parse);
        this.clock = clock;
    }

    @Override
    public Channel channel() {
        return Channel.webhook;
    }

    @Override
    public Duration timeout() {
        return config.timeout();
    }

    @Override
    public Uni<Void> carry(Notice notice) {
        if (config.url().isEmpty() || secret.isEmpty()) {
            return Uni.createFrom().failure(() -> Undelivered.forEver("no webhook is configured any more"));
        }
        byte[] body = notice.text().getBytes(StandardCharsets.UTF_8);
        return http.post(URI.create(config.url().get()), headers(notice, body, secret.get()), body, config.timeout())
                .onFailure()
                .transform(this::undelivered)
                .invoke(WebhookCarrier::requireTaken)
                .replaceWithVoid();
    }

    private Map<String, String> headers(Notice notice, byte[] body, WebhookSecret secret) {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        return Map.of(
                "Content-Type",
                "application/json",
                "User-Agent",
                "syncline",
                "webhook-id",
                notice.id(),
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                "v1," + secret.sign(notice.id(), timestamp, body));
    }

    private static void requireTaken(HttpPost.Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return;
        }
        String message = "the webhook answered with status " + status;
        if (status >= 400 && status < 500 && !NOT_NOW.contains(status)) {
            throw Undelivered.forEver(message);
        }
        throw Undelivered.forNow(message).retryAfter(answer.retryAfter());
    }

    private Throwable undelivered(Throwable failure) {
        return failure instanceof SyncException known ? Undelivered.forNow(why(known)) : failure;
    }

    private String why(SyncException failure) {
        return switch (failure.code()) {
            case SOURCE_TIMEOUT ->
                "the webhook did not answer within " + timeout().toMillis() + " ms";
            case SOURCE_CUT -> "the webhook closed the connection without an answer";
            case SOURCE_URL_REFUSED -> "the webhook's host may not be called: " + failure.detail();
            default -> "no connection to the webhook's host";
        };
    }
}
