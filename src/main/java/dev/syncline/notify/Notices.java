package dev.syncline.notify;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import dev.syncline.notify.Notice.Kind;
import dev.syncline.notify.Notice.State;
import dev.syncline.platform.Ids;

/** Addresses what is to be told: a notice for each recipient, or one that says why nobody is told over a channel. */
@ApplicationScoped
class Notices {
    private static final String PERSONAL = "it is one person's alone, and other people would be told";
    private static final String NO_MAIL = "syncline.notify.mail.to is not set";
    private static final String NO_WEBHOOK = "syncline.notify.webhook.url is not set";

    private final Recipients recipients;
    private final Optional<URI> webhook;
    private final ObjectMapper json;
    private final Ids ids;
    private final Clock clock;

    Notices(Recipients recipients, NotifyConfig config, ObjectMapper json, Ids ids, Clock clock) {
        this.recipients = recipients;
        this.webhook = config.webhook().url().map(URI::create);
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What there is to tell.
     *
     * @param which a run's id, or sync and slot
     * @param person whose it is, where it is one person's alone
     */
    record Matter(
            Kind kind,
            String which,
            String sync,
            @Nullable String run,
            @Nullable String person) {
        String about() {
            return kind.shown() + ':' + which;
        }
    }

    /**
     * The same notices, by their ids, for the same matter and configuration.
     *
     * @param letter for people
     * @param call for a program, given its id
     */
    List<Notice> of(Matter matter, Supplier<Letter> letter, Function<String, Call> call) {
        if (matter.person() != null) {
            return List.of(suppressed(matter, Channel.mail, PERSONAL), suppressed(matter, Channel.webhook, PERSONAL));
        }
        List<Notice> notices = new ArrayList<>();
        recipients.of(matter.kind()).forEach(recipient -> notices.add(mail(matter, recipient, letter.get())));
        if (notices.isEmpty()) {
            notices.add(suppressed(matter, Channel.mail, NO_MAIL));
        }
        notices.add(webhook.map(url -> call(matter, url, call))
                .orElseGet(() -> suppressed(matter, Channel.webhook, NO_WEBHOOK)));
        return notices;
    }

    /** What a program alone is told, under the same id for the same matter. */
    Notice call(Matter matter, Function<String, Call> call) {
        if (matter.person() != null) {
            return suppressed(matter, Channel.webhook, PERSONAL);
        }
        return webhook.map(url -> call(matter, url, call))
                .orElseGet(() -> suppressed(matter, Channel.webhook, Alerts.WEBHOOK_DISABLED));
    }

    /** That a program is not told, and why. */
    Notice untold(Matter matter, String reason) {
        return suppressed(matter, Channel.webhook, reason);
    }

    private Notice mail(Matter matter, String recipient, Letter letter) {
        String id = id(matter, Channel.mail) + '/' + recipient;
        String messageId = "<%s@%s>"
                .formatted(UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)), recipients.ownDomain());
        return pending(matter, Channel.mail, id, recipient, letter.subject(), letter.text(), messageId);
    }

    private Notice call(Matter matter, URI url, Function<String, Call> call) {
        String id = id(matter, Channel.webhook);
        Call body = call.apply(id);
        String origin = url.getScheme() + "://" + url.getRawAuthority();
        return pending(matter, Channel.webhook, id, origin, body.type(), written(body), null);
    }

    private static String id(Matter matter, Channel channel) {
        return matter.about() + '/' + channel;
    }

    private String written(Call body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a call cannot be written", e);
        }
    }

    private Notice pending(
            Matter matter,
            Channel channel,
            String id,
            String recipient,
            String subject,
            String text,
            @Nullable String messageId) {
        return notice(matter, channel, id, recipient, subject, text, messageId, State.PENDING, null);
    }

    private Notice suppressed(Matter matter, Channel channel, String reason) {
        return notice(
                matter, channel, id(matter, channel), "", matter.kind().shown(), "", null, State.SUPPRESSED, reason);
    }

    private Notice notice(
            Matter matter,
            Channel channel,
            String id,
            String recipient,
            String subject,
            String text,
            @Nullable String messageId,
            State state,
            @Nullable String reason) {
        Instant now = clock.instant();
        return new Notice(
                id,
                ids.next(),
                matter.kind(),
                matter.about(),
                channel,
                recipient,
                subject,
                text,
                messageId,
                now,
                state,
                reason,
                0,
                state == State.PENDING ? now : null,
                null,
                null,
                matter.run(),
                matter.sync(),
                matter.person());
    }
}
