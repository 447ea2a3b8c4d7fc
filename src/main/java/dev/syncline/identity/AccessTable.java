package dev.syncline.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import io.quarkus.runtime.LaunchMode;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestPath;
import org.jboss.resteasy.reactive.server.mapping.URITemplate;
import org.jspecify.annotations.Nullable;

import static dev.syncline.identity.AccessRule.Kind.KNOWN_IF_LOGGED_IN;
import static dev.syncline.identity.AccessRule.Kind.LOG_IN;
import static dev.syncline.identity.AccessRule.Kind.OPEN;
import static dev.syncline.identity.Role.admin;
import static dev.syncline.identity.Role.lead;
import static dev.syncline.identity.Role.manager;
import static dev.syncline.identity.Role.viewer;

/**
 * The one place that says which operation needs what (C0-41). What has no row is served to nobody. Addresses are matched by
 * the mapper that finds the resources too, so that both see the same operation.
 */
@Singleton
public class AccessTable {
    private final Map<String, AccessRule> rows = new LinkedHashMap<>();
    private final RequestMapper<Map<String, AccessRule>> mapper;

    AccessTable() {
        // Probes, tools and what a page is made of; none of it tells anything of the data.
        rows(AccessRule.of(OPEN), "GET /q/{rest:.*}", "GET /docs/runbook/{page}", "GET /webjars/{file:.*}");
        rows(
                AccessRule.of(OPEN),
                "GET /dashboard/dashboard.css",
                "GET /dashboard/dashboard.js",
                "GET /dashboard/quality.js",
                "GET /dashboard/icon.svg",
                "GET /roster/devices.css",
                "GET /roster/devices.js",
                "GET /writeback/queue.css",
                "GET /writeback/queue.js");
        rows(AccessRule.of(OPEN), "GET /api/v1/system/health");
        if (LaunchMode.current() != LaunchMode.NORMAL) {
            rows(AccessRule.of(OPEN), "GET /dev", "GET /dev/{rest:.*}", "POST /dev/{rest:.*}", "POST /q/{rest:.*}");
        }

        rows(AccessRule.of(LOG_IN), "GET /login");
        rows(AccessRule.of(KNOWN_IF_LOGGED_IN), "GET /", "POST /logout");
        // Pages: who comes by their address is shown the way in there, or why it is closed (Pages).
        rows(AccessRule.of(KNOWN_IF_LOGGED_IN), "GET /devices", "GET /audit", "GET /queue");
        rows(AccessRule.of(manager), "GET /devices/grid", "GET /devices/panel", "GET /audit/more");
        rows(AccessRule.of(viewer), "GET /api/me", "GET /dashboard/syncs", "GET /dashboard/syncs/{sync}");
        rows(AccessRule.of(viewer), "GET /queue/now");
        rows(AccessRule.of(admin), "GET /queue/log");

        // Runs
        rows(AccessRule.of(viewer), "GET /api/syncs", "GET /api/syncs/{sync}", "GET /api/events");
        rows(AccessRule.of(viewer), "GET /api/runs", "GET /api/runs/{id}", "GET /api/runs/{id}/sweep");
        rows(AccessRule.of(viewer), "GET /api/runs/{id}/rejections", "GET /api/runs/{id}/changes");
        rows(AccessRule.of(viewer), "GET /api/dead-letters", "GET /api/dead-letters/{id}");
        rows(
                AccessRule.of(manager),
                "POST /api/syncs/{sync}/runs",
                "POST /api/runs/{id}/cancel",
                "POST /api/runs/{id}/sweep",
                "POST /api/dead-letters/{id}/replay",
                "POST /api/dead-letters/{id}/discard");

        // Permits
        rows(AccessRule.of(viewer), "GET /api/permits", "GET /api/permits/{id}", "GET /api/sync");
        rows(AccessRule.of(viewer), "GET /api/quality");
        rows(AccessRule.of(manager), "POST /api/sync", "POST /api/quality/refresh");
        rows(AccessRule.of(admin), "GET /api/admin/sync", "POST /api/admin/sync");

        // Who did what, and who may log in
        rows(AccessRule.of(manager), "GET /api/audit", "GET /api/notifications");
        rows(AccessRule.of(lead), "GET /api/config/allowlist", "PUT /api/config/allowlist");

        // Roster, whose operations follow
        rows(AccessRule.of(viewer), "GET /api/sync/status");
        rows(AccessRule.of(manager), "POST /api/sync/manual", "POST /api/sync/audit");
        rows(new AccessRule(AccessRule.Kind.ROLE, null, Set.of(Machine.SCHEDULER)), "POST /api/sync/run");
        rows(AccessRule.of(lead), "GET /api/metrics");
        rows(AccessRule.of(lead), "POST /api/devices/restore");

        // The device list
        rows(
                AccessRule.of(manager),
                "GET /api/devices",
                "GET /api/devices/columns",
                "GET /api/devices/export",
                "GET /api/devices/anonymize",
                "POST /api/devices/anonymize",
                "GET /api/devices/{serial}");

        // Write-back
        Set<Machine> writer = Set.of(Machine.WRITE_BACK);
        rows(new AccessRule(AccessRule.Kind.ROLE, admin, writer), "POST /api/sync/write-back", "POST /api/sync/queue");
        rows(AccessRule.of(viewer), "GET /api/sync/queue");
        rows(
                AccessRule.of(admin),
                "GET /api/sync/queue/items",
                "GET /api/sync/queue/items/{id}",
                "DELETE /api/sync/queue/items/{id}",
                "POST /api/sync/queue/items/{id}/retry",
                "POST /api/sync/queue/retry",
                "GET /api/sync/write-back/log",
                "POST /api/sync/write-back/undo");

        mapper = mapper();
    }

    private void rows(AccessRule rule, String... operations) {
        for (String operation : operations) {
            if (rows.put(operation, rule) != null) {
                throw new IllegalStateException("two rows for " + operation);
            }
        }
    }

    private RequestMapper<Map<String, AccessRule>> mapper() {
        Map<String, Map<String, AccessRule>> byTemplate = new LinkedHashMap<>();
        rows.forEach((operation, rule) -> {
            int blank = operation.indexOf(' ');
            byTemplate
                    .computeIfAbsent(operation.substring(blank + 1), template -> new HashMap<>())
                    .put(operation.substring(0, blank), rule);
        });
        ArrayList<RequestPath<Map<String, AccessRule>>> paths = new ArrayList<>();
        byTemplate.forEach(
                (template, methods) -> paths.add(new RequestPath<>(false, new URITemplate(template, false), methods)));
        return new RequestMapper<>(paths);
    }

    /**
     * What stands at an address.
     *
     * @param template empty where nothing stands
     * @param rules by method
     */
    record Place(String template, Map<String, AccessRule> rules) {}

    /** A slash at the end makes no other address, here as for the resources. */
    Place at(String path) {
        boolean endsInSlash = path.length() > 1 && path.endsWith("/");
        @Nullable
        RequestMatch<Map<String, AccessRule>> found =
                mapper.map(endsInSlash ? path.substring(0, path.length() - 1) : path);
        return found == null || !found.remaining.isEmpty()
                ? new Place("", Map.of())
                : new Place(found.template.template, found.value);
    }

    /** The rule of an operation as the API description writes it: {@code GET}, {@code /api/runs/{id}}. */
    Optional<AccessRule> of(String method, String template) {
        return Optional.ofNullable(rows.get(method + " " + template));
    }
}
