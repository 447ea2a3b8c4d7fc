package dev.syncline.notify;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.mailer.Mail;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.SMTPException;

import dev.syncline.source.SafeText;

/** Brings letters to the mail server. */
@ApplicationScoped
class MailCarrier implements Carrier {
    /** Longer words of a server are nobody's help. */
    private static final int LONGEST_WORDS = 300;

    private final MailLine line;
    private final NotifyConfig config;

    MailCarrier(MailLine line, NotifyConfig config) {
        this.line = line;
        this.config = config;
    }

    @Override
    public Channel channel() {
        return Channel.mail;
    }

    @Override
    public Duration timeout() {
        return config.mail().timeout();
    }

    @Override
    public Uni<Void> carry(Notice notice) {
        Mail mail = Mail.withText(notice.recipient(), notice.subject(), notice.text())
                .addHeader("Message-ID", notice.messageId())
                // No holiday replies, and no loops (RFC 3834).
                .addHeader("Auto-Submitted", "auto-generated");
        return line.send(mail).onFailure().transform(this::undelivered);
    }

    private Undelivered undelivered(Throwable failure) {
        if (failure instanceof SMTPException refusal) {
            return refused(refusal);
        }
        if (failure instanceof TimeoutException) {
            return Undelivered.forNow("the mail server did not take it within "
                    + config.mail().timeout().toMillis() + " ms");
        }
        if (failure instanceof IllegalArgumentException) {
            return Undelivered.forEver("the address is not one that a mail can be sent to");
        }
        return Undelivered.forNow("no connection to the mail server, or it broke off")
                .saying(SafeText.of(String.valueOf(failure.getMessage()), LONGEST_WORDS));
    }

    /**
     * A 5xx is meant for good where it is said of the recipient or of the mail. Said before, of us or of our password, it is a
     * fault of the configuration, which somebody mends.
     */
    private static Undelivered refused(SMTPException refusal) {
        String stage = stage(String.valueOf(refusal.getMessage()));
        String message = "%s (%d)".formatted(stage, refusal.getReplyCode());
        boolean isOfThisMail = stage.startsWith("recipient address") || stage.startsWith("sending data");
        Undelivered undelivered =
                refusal.isPermanent() && isOfThisMail ? Undelivered.forEver(message) : Undelivered.forNow(message);
        // What is said after AUTH could repeat what we have sent.
        return stage.startsWith("AUTH")
                ? undelivered
                : undelivered.saying(SafeText.of(String.join(" ", refusal.getReplyMessages()), LONGEST_WORDS));
    }

    /** The client's own words for what it was doing, before the server's. */
    private static String stage(String message) {
        int colon = message.indexOf(':');
        return colon < 0 ? "the mail server refused" : message.substring(0, colon);
    }
}
