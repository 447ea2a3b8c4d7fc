package dev.syncline.dashboard;

import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.Account;
import dev.syncline.identity.Caller;
import dev.syncline.identity.Role;
import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;

/**
 * {@code GET /}: the page for who is logged in, and the way in for everybody else. The page's parts are served once more by
 * themselves, for one that is open and learns from the event stream that a part is out of date.
 */
@Path("/")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
class DashboardResource {
    private final SyncCards cards;
    private final Pages pages;
    private final Caller caller;

    DashboardResource(SyncCards cards, Pages pages, Caller caller) {
        this.cards = cards;
        this.pages = pages;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "dashboard")
    static class Templates {
        private Templates() {}

        static native TemplateInstance page(Frame frame, List<SyncCard> cards, boolean acts, String problem);

        static native TemplateInstance trouble(Frame frame, Trouble trouble);

        static native TemplateInstance entrance(Entrance entrance);

        static native TemplateInstance cards(List<SyncCard> cards, boolean acts);

        static native TemplateInstance card(SyncCard card, boolean acts);
    }

    /** @param login how a log-in has ended that did not lead here */
    @GET
    @Operation(hidden = true)
    public Uni<RestResponse<TemplateInstance>> page(@RestQuery @Nullable String login) {
        Optional<Account> account = caller.known().filter(known -> known.role() != null);
        return account.map(known -> page(pages.frame(OwnLinks.SYNCS, known)))
                .orElseGet(() -> Uni.createFrom().item(pages.entrance(login)));
    }

    private Uni<RestResponse<TemplateInstance>> page(Frame frame) {
        return cards.all()
                .map(all -> RestResponse.ok(page(all, frame, "")))
                .onFailure(DatabaseFailures::isConnectivity)
                .recoverWithItem(
                        () -> RestResponse.status(RestResponse.Status.SERVICE_UNAVAILABLE, withoutDatabase(frame)));
    }

    private static TemplateInstance page(List<SyncCard> cards, Frame frame, String problem) {
        return Templates.page(frame, cards, acts(frame.account()), problem);
    }

    /** What one may not do is not offered; the server would refuse it anyway. */
    private static boolean acts(Account account) {
        return account.is(Role.manager);
    }

    /** A page all the same: it comes to life as soon as the event stream does. */
    private static TemplateInstance withoutDatabase(Frame frame) {
        ErrorCode code = ErrorCode.DATABASE_UNAVAILABLE;
        return page(List.of(), frame, code.title() + ". " + code.nextStep());
    }

    @GET
    @Path("/dashboard/syncs")
    @Operation(hidden = true)
    public Uni<TemplateInstance> all() {
        boolean acts = acts(caller.account());
        return cards.all().map(all -> Templates.cards(all, acts));
    }

    @GET
    @Path("/dashboard/syncs/{sync}")
    @Operation(hidden = true)
    public Uni<TemplateInstance> one(@RestPath String sync) {
        boolean acts = acts(caller.account());
        return cards.of(sync).map(card -> Templates.card(card, acts));
    }
}
