package dev.syncline.roster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * One page of the list, and where it stands.
 *
 * @param query with the page that there is, where another was asked for
 */
record DeviceGrid(
        DeviceQuery query, List<DeviceView> devices, RosterColumns columns, long total, FilterOptions options) {

    DeviceGrid {
        devices = List.copyOf(devices);
    }

    /** The list's data. */
    @RegisterForReflection(registerFullHierarchy = true)
    record Data(List<DeviceView> devices, List<ColumnView> columns) {}

    /** What the devices can be filtered by: at most 100 values each, in alphabetic order. */
    @RegisterForReflection
    record FilterOptions(List<String> status, List<String> condition, List<String> offboardingStatus) {}

    /** The filters that were applied; what was not asked for is null or empty. */
    @RegisterForReflection
    record AppliedFilters(
            @Nullable String search,
            List<String> status,
            List<String> condition,
            List<String> offboardingStatus,
            @Nullable String assignedTo,
            List<Presence> presence) {}

    /** The order that was applied. */
    @RegisterForReflection
    record AppliedSort(String field, String direction) {}

    Data data() {
        return new Data(devices, columns.columns().stream().map(ColumnView::of).toList());
    }

    long totalPages() {
        return Math.max(1, (total + query.pageSize() - 1) / query.pageSize());
    }

    Map<String, Object> meta() {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("page", query.page());
        meta.put("pageSize", query.pageSize());
        meta.put("total", total);
        meta.put("totalPages", totalPages());
        meta.put("hasNextPage", query.page() < totalPages());
        meta.put("hasPreviousPage", query.page() > 1);
        meta.put("appliedFilters", applied());
        meta.put("sort", new AppliedSort(query.sort().field(), query.sort().direction()));
        meta.put("columnsVersion", columns.version());
        meta.put("filterOptions", options);
        return meta;
    }

    private AppliedFilters applied() {
        return new AppliedFilters(
                query.search(),
                query.status(),
                query.condition(),
                query.offboardingStatus(),
                query.assignedTo(),
                query.presence().stream().sorted().toList());
    }
}
