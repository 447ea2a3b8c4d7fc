package dev.syncline.notify;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What somebody was told, is to be told, or was not told and why.
 *
 * @param kind {@code run-failed}, {@code given-up}, {@code late}, {@code schema-changed} or {@code backlog}
 * @param recipient an e-mail address, or scheme, host and port of the webhook
 * @param reason why it is suppressed or failed
 * @param nextAt when it is tried again
 */
@RegisterForReflection(registerFullHierarchy = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record NotificationView(
        String id,
        String kind,
        Channel channel,
        @Nullable String recipient,
        String subject,
        Notice.State state,
        @Nullable String reason,
        int attempts,
        Instant createdAt,
        @Nullable Instant nextAt,
        @Nullable Instant sentAt,
        @Nullable String lastError,
        @Nullable String messageId,
        String sync,
        @Nullable String run) {
    static NotificationView of(Notice notice) {
        return new NotificationView(
                notice.id(),
                notice.kind().shown(),
                notice.channel(),
                notice.recipient().isEmpty() ? null : notice.recipient(),
                notice.subject(),
                notice.state(),
                notice.reason(),
                notice.attempts(),
                notice.createdAt(),
                notice.state() == Notice.State.PENDING ? notice.nextAt() : null,
                notice.sentAt(),
                notice.lastError(),
                notice.messageId(),
                notice.sync(),
                notice.run());
    }
}
