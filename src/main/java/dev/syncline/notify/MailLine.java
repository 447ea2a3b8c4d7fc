package dev.syncline.notify;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.mailer.runtime.MailerSupport;
import io.quarkus.mailer.runtime.Mailers;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.mutiny.core.Vertx;

/**
 * Sends each mail over a connection that is the mail's own, and closes it when the mail is sent, refused or late. The mailer
 * alone would not: it waits for a server's next word for ever, so what we take for failed could go on and be delivered later,
 * and each silent connection would take a place of its pool for good. Hence a verticle for each mail, for whose end Vert.x
 * closes all that it has opened; the mailer inside it is made of {@code quarkus.mailer} as any other.
 *
 * <p>What nobody can exclude: a server that has got the last dot may deliver the mail though its answer never reached us.
 */
@ApplicationScoped
class MailLine {
    private final Vertx vertx;
    private final MailersRuntimeConfig settings;
    private final MailerSupport support;
    private final TlsConfigurationRegistry tls;
    private final NotifyConfig config;

    /** @param mailer not used, but without it Quarkus takes the mailer for one that nobody needs */
    MailLine(
            Vertx vertx,
            MailersRuntimeConfig settings,
            MailerSupport support,
            TlsConfigurationRegistry tls,
            NotifyConfig config,
            ReactiveMailer mailer) {
        this.vertx = vertx;
        this.settings = settings;
        this.support = support;
        this.tls = tls;
        this.config = config;
    }

    /** Fails with {@link TimeoutException}, or with what the mail client says. Nothing of it goes on after its end. */
    Uni<Void> send(Mail mail) {
        return Uni.createFrom().deferred(() -> {
            Dialogue dialogue = new Dialogue();
            return open(dialogue).chain(id -> dialogue.mailer()
                    .send(mail)
                    .ifNoItem()
                    .after(config.mail().timeout())
                    .fail()
                    .onTermination()
                    .call(() -> close(id)));
        });
    }

    private Uni<String> open(Dialogue dialogue) {
        return from(vertx.getDelegate().deployVerticle(dialogue));
    }

    private Uni<Void> close(String id) {
        return from(vertx.getDelegate().undeploy(id)).onFailure().recoverWithNull();
    }

    private static <T> Uni<T> from(Future<T> future) {
        return Uni.createFrom().completionStage(future::toCompletionStage);
    }

    /** What is opened in its context ends with it. */
    private final class Dialogue extends AbstractVerticle {
        private Mailers mailers;

        @Override
        public void start() {
            mailers = new Mailers(getVertx(), MailLine.this.vertx, settings, LaunchMode.current(), support, tls, null);
        }

        ReactiveMailer mailer() {
            return mailers.reactiveMailerFromName(Mailers.DEFAULT_MAILER_NAME);
        }

        @Override
        public void stop() {
            mailers.stop();
        }
    }
}
