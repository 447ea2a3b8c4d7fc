package dev.syncline.notify;

import java.time.Clock;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.syncline.platform.Leader;

/** Lets the process that leads send what lies in the outbox, over each channel one notice after the other. */
@ApplicationScoped
class Sender {
    private static final Logger LOG = Logger.getLogger(Sender.class);

    private final Leader leader;
    private final Dispatch mails;
    private final Dispatch calls;

    Sender(
            Leader leader,
            Outbox outbox,
            MailCarrier mail,
            WebhookCarrier webhook,
            OutboxMetrics metrics,
            NotifyConfig config,
            Clock clock) {
        this.leader = leader;
        this.mails = new Dispatch(outbox, mail, metrics, config, clock);
        this.calls = new Dispatch(outbox, webhook, metrics, config, clock);
    }

    @Scheduled(every = "1S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sendMails() {
        return sendAll(mails);
    }

    /** On its own: a mail server that is slow must not hold it up. */
    @Scheduled(every = "1S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> callWebhook() {
        return sendAll(calls);
    }

    private Uni<Void> sendAll(Dispatch dispatch) {
        if (!leader.leads()) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createBy()
                .repeating()
                .uni(dispatch::sendNext)
                .whilst(sent -> sent && leader.leads())
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> LOG.warnf("the outbox has to wait, trying again (%s)", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
