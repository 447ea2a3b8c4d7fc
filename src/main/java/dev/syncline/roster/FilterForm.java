package dev.syncline.roster;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.syncline.roster.DeviceGrid.FilterOptions;

/** The filters of the page, with what is chosen of each. */
record FilterForm(String search, List<Choice> choices, List<Option> sizes, boolean anonymized) {
    private static final List<Integer> SIZES = List.of(25, 50, 100, 200);

    /** Several may be chosen of each. */
    public record Choice(String name, String label, List<Option> options) {
        public long chosen() {
            return options.stream().filter(Option::chosen).count();
        }
    }

    public record Option(String value, String label, boolean chosen) {}

    static FilterForm of(DeviceQuery query, FilterOptions options, boolean anonymized) {
        return new FilterForm(
                query.search() == null ? "" : query.search(),
                List.of(
                        choice("status", "Status", options.status(), query.status()),
                        choice("condition", "Condition", options.condition(), query.condition()),
                        choice(
                                "offboardingStatus",
                                "Offboarding",
                                options.offboardingStatus(),
                                query.offboardingStatus()),
                        new Choice("presence", "Presence", presences(query))),
                sizes(query.pageSize()),
                anonymized);
    }

    /** For a page whose parameters are not allowed: nothing is chosen. */
    static FilterForm empty(boolean anonymized) {
        return new FilterForm("", List.of(), sizes(DeviceQuery.USUAL_PAGE), anonymized);
    }

    private static Choice choice(String name, String label, List<String> offered, List<String> chosen) {
        return new Choice(
                name,
                label,
                Stream.concat(offered.stream(), chosen.stream())
                        .distinct()
                        .map(value -> new Option(value, value, chosen.contains(value)))
                        .toList());
    }

    private static List<Option> presences(DeviceQuery query) {
        return Arrays.stream(Presence.values())
                .map(value ->
                        new Option(value.name(), label(value), query.presence().contains(value)))
                .toList();
    }

    private static String label(Presence presence) {
        return switch (presence) {
            case present -> "In the sheet";
            case missing -> "Missing";
            case inactive -> "Inactive";
        };
    }

    private static List<Option> sizes(int chosen) {
        return Stream.concat(SIZES.stream(), Stream.of(chosen))
                .distinct()
                .sorted()
                .map(size -> new Option(String.valueOf(size), size + " on a page", size == chosen))
                .toList();
    }
}
