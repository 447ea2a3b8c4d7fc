package dev.syncline.notify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMin;

/** Who is told what needs a person, and how. The mail server itself is set by {@code quarkus.mailer}. */
@ConfigMapping(prefix = "syncline.notify")
public interface NotifyConfig {
    Mail mail();

    Webhook webhook();

    /** Where people reach this service, such as {@code https://syncline.example.org}; without it links are paths. */
    Optional<String> publicUrl();

    /** Where the log of a run is found; {@code {run}}, {@code {sync}} and {@code {request}} are filled in. */
    Optional<String> logUrl();

    /** Wait before the second attempt to send something; doubled each time, with jitter. */
    @WithDefault("10S")
    @DurationMin(millis = 1)
    Duration backOff();

    /** The longest such wait. */
    @WithDefault("15M")
    @DurationMin(millis = 1)
    Duration longestBackOff();

    /** What could not be sent for so long is given up. */
    @WithDefault("3D")
    @DurationMin(seconds = 1)
    Duration giveUpAfter();

    /** Letters. */
    interface Mail {
        /** Who is told of each failed run and of each that did not happen. */
        Optional<List<String>> to();

        /** Who is told of a run that was given up after its last attempt; unset: the same. */
        Optional<List<String>> escalationTo();

        /** How long the mail server may take for one mail, from the connection to its last word. */
        @WithDefault("60S")
        @DurationMin(millis = 1)
        Duration timeout();
    }

    /** A program of somebody else's. */
    interface Webhook {
        /** What is called; its host must be one of {@code syncline.http.allowed-hosts}. */
        Optional<String> url();

        /** Signs the calls, as Standard Webhooks says: {@code whsec_} and at least 24 bytes in Base64. */
        Optional<String> secret();

        /** How long one call may take. */
        @WithDefault("10S")
        @DurationMin(millis = 1)
        Duration timeout();
    }
}
