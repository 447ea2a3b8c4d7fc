package dev.syncline.roster;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * A checked request for devices (S0, endpoints). What is not allowed is refused with what would be; so is, while anonymization
 * is on, whatever would let somebody find out a hidden value by trying (S0-46).
 *
 * @param status each alone, or several with commas between them; condition and offboardingStatus alike
 * @param presence those that are asked for; all by default
 * @param searched paths of the fields in which the search looks
 */
record DeviceQuery(
        int page,
        int pageSize,
        DeviceSort sort,
        @Nullable String search,
        List<String> searched,
        List<String> status,
        List<String> condition,
        List<String> offboardingStatus,
        @Nullable String assignedTo,
        Set<Presence> presence) {
    static final int LARGEST_PAGE = 200;
    static final int SMALLEST_PAGE = 10;
    static final int USUAL_PAGE = 50;
    static final int LONGEST_TEXT = 120;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");
    private static final int MOST_VALUES = 50;

    DeviceQuery {
        searched = List.copyOf(searched);
        status = List.copyOf(status);
        condition = List.copyOf(condition);
        offboardingStatus = List.copyOf(offboardingStatus);
        presence = Set.copyOf(presence);
    }

    static DeviceQuery of(DeviceParameters parameters, RosterColumns columns, Veil veil) {
        SearchedFields fields = new SearchedFields(columns, veil);
        return new DeviceQuery(
                wholeNumber("page", parameters.page(), 1, 1, 999_999_999),
                wholeNumber("pageSize", parameters.pageSize(), USUAL_PAGE, SMALLEST_PAGE, LARGEST_PAGE),
                fields.sort(given(parameters.sort()), given(parameters.direction())),
                text("search", parameters.search()),
                fields.paths(),
                values("status", parameters.status()),
                values("condition", parameters.condition()),
                values("offboardingStatus", parameters.offboardingStatus()),
                assignedTo(parameters.assignedTo(), veil),
                presence(listed("presence", parameters.presence())));
    }

    /** The same on another page. */
    DeviceQuery on(int otherPage) {
        return new DeviceQuery(
                otherPage,
                pageSize,
                sort,
                search,
                searched,
                status,
                condition,
                offboardingStatus,
                assignedTo,
                presence);
    }

    /** How many devices stand before this page. */
    int offset() {
        return (page - 1) * pageSize;
    }

    /** Whether anything but the order is asked for. */
    boolean narrows() {
        return search != null
                || assignedTo != null
                || !status.isEmpty()
                || !condition.isEmpty()
                || !offboardingStatus.isEmpty()
                || !presence.isEmpty();
    }

    private static Optional<String> given(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static @Nullable String text(String name, @Nullable String value) {
        return given(value).map(text -> plain(name, text)).orElse(null);
    }

    private static String plain(String name, String text) {
        if (text.length() > LONGEST_TEXT) {
            throw refused(name + " has at most " + LONGEST_TEXT + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw refused(name + " holds no control characters");
        }
        return text;
    }

    /** As they are given: what is shown as chosen is what was chosen. */
    private static List<String> values(String name, List<String> asked) {
        List<String> values = asked.stream()
                .map(String::strip)
                .filter(value -> parts(value).findAny().isPresent())
                .distinct()
                .toList();
        if (listed(name, values).size() > MOST_VALUES) {
            throw refused(name + " takes at most " + MOST_VALUES + " values");
        }
        return values;
    }

    private static List<String> listed(String name, List<String> values) {
        return values.stream()
                .flatMap(DeviceQuery::parts)
                .map(part -> plain(name, part))
                .distinct()
                .toList();
    }

    /** What a list of values selects: each as it stands, for a sheet's own values may hold commas, and its parts. */
    static List<String> selected(List<String> values) {
        return values.stream()
                .flatMap(value -> Stream.concat(Stream.of(value), parts(value)))
                .distinct()
                .toList();
    }

    private static Stream<String> parts(String value) {
        return Arrays.stream(value.split(",")).map(String::strip).filter(part -> !part.isEmpty());
    }

    private static @Nullable String assignedTo(@Nullable String value, Veil veil) {
        String text = text("assignedTo", value);
        if (text != null && veil.covers(DeviceField.ASSIGNED_TO.path(), null)) {
            throw refused("assignedTo cannot be filtered by while anonymization is on, for it is hidden;"
                    + " status, condition, offboardingStatus and presence can");
        }
        return text;
    }

    private static Set<Presence> presence(List<String> names) {
        return names.stream()
                .map(DeviceQuery::presence)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Presence.class)));
    }

    private static Presence presence(String name) {
        return Arrays.stream(Presence.values())
                .filter(presence -> presence.name().equals(name))
                .findFirst()
                .orElseThrow(() -> refused("presence must be one of " + names(Presence.values())));
    }

    private static String names(Presence[] all) {
        return Arrays.stream(all).map(Enum::name).collect(Collectors.joining(", "));
    }

    private static int wholeNumber(String name, @Nullable String value, int usual, int smallest, int largest) {
        String text = given(value).orElse(String.valueOf(usual));
        int number = WHOLE_NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
        if (number < smallest || number > largest) {
            throw refused(name + " is a whole number from " + smallest + " to " + largest);
        }
        return number;
    }

    static SyncException refused(String detail) {
        return new SyncException(ErrorCode.INVALID_FILTERS, detail);
    }
}
