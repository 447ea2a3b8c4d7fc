package dev.syncline.roster;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Addresses that lead on from a page of devices; all of its state stands in them, as far as it is not the usual one. */
record GridAddress(DeviceQuery query) {
    static final String PAGE = "/devices";

    private static final String GRID = "/devices/grid";
    private static final Set<DeviceField> NEWEST_FIRST = Set.of(
            DeviceField.LAST_SYNCED_AT,
            DeviceField.LAST_SEEN,
            DeviceField.LAST_TRANSFER_AT,
            DeviceField.MISSING_SINCE,
            DeviceField.CREATED_AT,
            DeviceField.UPDATED_AT);

    /** A page, and the part of it that is swapped into one that is open. */
    public record Link(String href, String grid) {}

    public Link here() {
        return link(query.sort().field(), query.sort().descending(), query.page());
    }

    Link page(int page) {
        return link(query.sort().field(), query.sort().descending(), page);
    }

    /** The other way round, where the order is that field's already. */
    Link sortedBy(String field) {
        boolean isSame = query.sort().field().equals(field);
        boolean isNewestFirst =
                DeviceField.named(field).filter(NEWEST_FIRST::contains).isPresent();
        return link(field, isSame ? !query.sort().descending() : isNewestFirst, 1);
    }

    String device(String serial) {
        String here = here().href();
        return here + (here.contains("?") ? '&' : '?') + "device=" + encode(serial);
    }

    static String panel(String serial) {
        return PAGE + "/panel?serial=" + encode(serial);
    }

    String export(ExportFormat format) {
        List<String> parameters = filters();
        parameters.add(0, "format=" + format.name());
        sort(query.sort().field(), query.sort().descending()).ifPresent(parameters::add);
        return ExportResource.PATH + '?' + String.join("&", parameters);
    }

    private Link link(String field, boolean descending, int page) {
        List<String> parameters = filters();
        sort(field, descending).ifPresent(parameters::add);
        if (query.pageSize() != DeviceQuery.USUAL_PAGE) {
            parameters.add("pageSize=" + query.pageSize());
        }
        if (page > 1) {
            parameters.add("page=" + page);
        }
        String all = parameters.isEmpty() ? "" : '?' + String.join("&", parameters);
        return new Link(PAGE + all, GRID + all);
    }

    private static Optional<String> sort(String field, boolean descending) {
        boolean isUsual = descending && field.equals(DeviceField.LAST_SYNCED_AT.shown());
        return isUsual
                ? Optional.empty()
                : Optional.of("sort=" + encode(field) + "&direction=" + (descending ? "desc" : "asc"));
    }

    private List<String> filters() {
        List<String> parameters = new ArrayList<>();
        add(parameters, "search", query.search());
        add(parameters, "assignedTo", query.assignedTo());
        query.status().forEach(value -> add(parameters, "status", value));
        query.condition().forEach(value -> add(parameters, "condition", value));
        query.offboardingStatus().forEach(value -> add(parameters, "offboardingStatus", value));
        query.presence().stream().sorted().forEach(value -> add(parameters, "presence", value.name()));
        return parameters;
    }

    private static void add(List<String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.add(name + '=' + encode(value));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
