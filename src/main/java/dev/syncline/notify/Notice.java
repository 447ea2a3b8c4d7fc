package dev.syncline.notify;

import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * Something to be told to one recipient over one channel, as it lies in the outbox.
 *
 * @param id what it is about, the channel and the recipient: whoever wants it told twice tells it once
 * @param serial time-ordered; the outbox is sent and listed in its order
 * @param about what it is about alone, such as {@code run-failed:<run>}; safe for a log, which a recipient is not
 * @param recipient an e-mail address, or scheme, host and port of the webhook; empty if there is none
 * @param text what is sent: a mail's text, or a call's JSON; empty if it is not to be sent
 * @param messageId of the mail, the same each time that it is sent
 * @param reason why it is suppressed or failed
 * @param attempts how often it was claimed for sending; names the version that a sender holds
 * @param nextAt when it is to be tried again
 * @param lastError of the latest attempt that failed
 * @param person whose it is, where it is one person's alone
 */
@RegisterForReflection(registerFullHierarchy = true)
public record Notice(
        @BsonId String id,
        String serial,
        Kind kind,
        String about,
        Channel channel,
        String recipient,
        String subject,
        String text,
        @Nullable String messageId,
        Instant createdAt,
        State state,
        @Nullable String reason,
        Integer attempts,
        @Nullable Instant nextAt,
        @Nullable String lastError,
        @Nullable Instant sentAt,
        @Nullable String run,
        String sync,
        @Nullable String person) {

    /** As it is in the hands of the sender who has claimed it. */
    Notice claimed() {
        return new Notice(
                id,
                serial,
                kind,
                about,
                channel,
                recipient,
                subject,
                text,
                messageId,
                createdAt,
                State.SENDING,
                reason,
                attempts + 1,
                nextAt,
                lastError,
                sentAt,
                run,
                sync,
                person);
    }

    /** What there is to tell. */
    public enum Kind {
        RUN_FAILED("run-failed"),
        GIVEN_UP("given-up"),
        LATE("late"),
        /** Columns of a sheet were added, removed or renamed. */
        SCHEMA_CHANGED("schema-changed"),
        /** Changes wait to be written, too many for too long. */
        BACKLOG("backlog");

        private final String shown;

        Kind(String shown) {
            this.shown = shown;
        }

        /** As it stands in ids and in calls. */
        String shown() {
            return shown;
        }
    }

    /** What became of it. */
    public enum State {
        PENDING,
        SENDING,
        SENT,
        FAILED,
        SUPPRESSED
    }
}
