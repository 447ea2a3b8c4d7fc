package dev.syncline.dashboard;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.All;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.mutiny.Uni;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.Account;
import dev.syncline.identity.Caller;
import dev.syncline.identity.Role;
import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * Opens pages: for who may see them, with what all pages have around them; for everybody else the way in, or why they may not.
 * A page whose operation is for whoever is known ({@code KNOWN_IF_LOGGED_IN}) asks here who it is for.
 */
@ApplicationScoped
public class Pages {
    private final List<PageLink> links;
    private final Caller caller;

    Pages(@All List<PageLink> links, Caller caller) {
        this.links = links.stream()
                .sorted(Comparator.comparingInt(PageLink::position))
                .toList();
        this.caller = caller;
    }

    /**
     * Shows a page. Call it within the request.
     *
     * @param path the page's own, as its {@link PageLink} says it
     * @param page makes it; a {@link SyncException} of its becomes a page that tells it
     */
    public Uni<RestResponse<TemplateInstance>> show(
            String path, Role least, Function<Frame, Uni<RestResponse<TemplateInstance>>> page) {
        Optional<Account> account = caller.known().filter(known -> known.role() != null);
        if (account.isEmpty()) {
            return Uni.createFrom().item(entrance(null));
        }
        Frame frame = frame(path, account.get());
        if (!account.get().is(least)) {
            return Uni.createFrom().item(trouble(frame, forbidden(least)));
        }
        return Uni.createFrom()
                .deferred(() -> page.apply(frame))
                .onFailure(DatabaseFailures::isConnectivity)
                .transform(DatabaseFailures::unavailable)
                .onFailure(SyncException.class)
                .recoverWithItem(failure -> trouble(frame, Trouble.of((SyncException) failure)));
    }

    /** The way in. */
    RestResponse<TemplateInstance> entrance(@Nullable String login) {
        Entrance entrance = Entrance.of(caller, login);
        return answer(entrance.status(), DashboardResource.Templates.entrance(entrance));
    }

    Frame frame(String path, Account account) {
        List<PageLink> visible =
                links.stream().filter(link -> account.is(link.least())).toList();
        return new Frame(account, visible, path, LaunchMode.current() == LaunchMode.DEVELOPMENT);
    }

    private static Trouble forbidden(Role least) {
        return Trouble.of(ErrorCode.FORBIDDEN, "this page is for who is at least " + least);
    }

    private static RestResponse<TemplateInstance> trouble(Frame frame, Trouble trouble) {
        return answer(trouble.status(), DashboardResource.Templates.trouble(frame, trouble));
    }

    private static RestResponse<TemplateInstance> answer(int status, TemplateInstance page) {
        return RestResponse.ResponseBuilder.<TemplateInstance>create(status)
                .entity(page)
                .build();
    }
}
