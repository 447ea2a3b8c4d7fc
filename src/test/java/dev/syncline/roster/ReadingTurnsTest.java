package dev.syncline.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;

/** One reading of the sheet at a time: what each is told, and when the next one begins. */
class ReadingTurnsTest {
    private final ReadingTurns turns = new ReadingTurns();
    private final List<UniEmitter<? super String>> begun = new ArrayList<>();

    private Uni<String> reading() {
        return Uni.createFrom().emitter(begun::add);
    }

    private UniAssertSubscriber<String> run() {
        return turns.inTurn(reading()).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private UniAssertSubscriber<String> audit() {
        return turns.atOnce(reading()).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private static void assertRefused(UniAssertSubscriber<String> audit) {
        assertThat(audit.getFailure()).isInstanceOfSatisfying(SyncException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
            assertThat(refusal.retryAfter().map(wait -> wait.toSeconds())).isEqualTo(Optional.of(5L));
        });
    }

    enum End {
        item,
        failure,
        cancellation
    }

    private void end(End how, UniAssertSubscriber<String> reader) {
        switch (how) {
            case item -> begun.get(0).complete("a sheet");
            case failure -> begun.get(0).fail(new IllegalStateException("no sheet"));
            case cancellation -> reader.cancel();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAuditIsRefusedUntilTheReadingBeforeItHasEnded(End how) {
        UniAssertSubscriber<String> first = audit();

        assertRefused(audit());
        end(how, first);
        UniAssertSubscriber<String> third = audit();

        assertThat(begun).hasSize(2);
        begun.get(1).complete("the sheet");
        third.assertCompleted().assertItem("the sheet");
    }

    @ParameterizedTest
    @EnumSource
    void aRunWaitsForItsTurn(End how) {
        UniAssertSubscriber<String> first = audit();
        UniAssertSubscriber<String> run = run();
        assertThat(begun).hasSize(1);
        assertRefused(audit());

        end(how, first);

        assertThat(begun).hasSize(2);
        assertRefused(audit());
        begun.get(1).complete("the sheet");
        run.assertCompleted().assertItem("the sheet");
    }

    @Test
    void aRunThatIsCancelledWhileItWaitsLetsNobodyPast() {
        var unused = audit();
        run().cancel();

        assertRefused(audit());
        UniAssertSubscriber<String> next = run();
        assertThat(begun).hasSize(1);
        begun.get(0).complete("a sheet");

        assertThat(begun).hasSize(2);
        begun.get(1).complete("the sheet");
        next.assertCompleted().assertItem("the sheet");
    }
}
