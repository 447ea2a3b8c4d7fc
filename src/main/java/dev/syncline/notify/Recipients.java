package dev.syncline.notify;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.vertx.ext.mail.mailencoder.EmailAddress;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.syncline.identity.Email;
import dev.syncline.notify.Notice.Kind;

/** Who gets which letters, and whose they are. */
@ApplicationScoped
class Recipients {
    private static final String NO_DOMAIN = "syncline.invalid";

    private final List<String> to;
    private final List<String> escalation;
    private final Optional<String> from;

    Recipients(NotifyConfig config, @ConfigProperty(name = "quarkus.mailer.from") Optional<String> from) {
        this.to = normalised(config.mail().to().orElse(List.of()));
        this.escalation =
                config.mail().escalationTo().map(Recipients::normalised).orElse(to);
        this.from = from;
    }

    private static List<String> normalised(List<String> addresses) {
        return addresses.stream().map(Email::normalised).distinct().toList();
    }

    List<String> of(Kind kind) {
        return kind == Kind.GIVEN_UP ? escalation : to;
    }

    /** Of the address that letters come from: it makes their ids our own. */
    String ownDomain() {
        return from.map(address -> Email.domain(new EmailAddress(address).getEmail()))
                .orElse(NO_DOMAIN);
    }
}
