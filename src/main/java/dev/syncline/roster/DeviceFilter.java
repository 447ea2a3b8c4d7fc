package dev.syncline.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.mongodb.client.model.Filters;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Which devices a query selects, in the operators that all our databases share. */
final class DeviceFilter {
    private static final Pattern METACHARACTER = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}]");

    private DeviceFilter() {}

    static Bson of(DeviceQuery query) {
        List<Bson> conditions = new ArrayList<>();
        oneOf(DeviceField.STATUS, query.status(), conditions);
        oneOf(DeviceField.CONDITION, query.condition(), conditions);
        oneOf(DeviceField.OFFBOARDING_STATUS, query.offboardingStatus(), conditions);
        if (query.assignedTo() != null) {
            conditions.add(containing(DeviceField.ASSIGNED_TO.path(), query.assignedTo()));
        }
        if (query.search() != null) {
            conditions.add(Filters.or(query.searched().stream()
                    .map(path -> containing(path, query.search()))
                    .toList()));
        }
        if (!query.presence().isEmpty()) {
            conditions.add(present(query.presence()));
        }
        return conditions.isEmpty() ? Filters.empty() : Filters.and(conditions);
    }

    private static void oneOf(DeviceField field, List<String> values, List<Bson> conditions) {
        if (!values.isEmpty()) {
            conditions.add(Filters.in(field.path(), DeviceQuery.selected(values)));
        }
    }

    /** A device that the sheet has says nothing of its presence. */
    private static Bson present(Set<Presence> asked) {
        List<@Nullable String> stored = new ArrayList<>();
        asked.forEach(presence -> stored.add(presence == Presence.present ? null : presence.name()));
        return Filters.in(DeviceField.PRESENCE.path(), stored);
    }

    /** The text itself, in any case; nothing in it is an operator. */
    private static Bson containing(String path, String text) {
        return Filters.regex(path, METACHARACTER.matcher(text).replaceAll("\\\\$0"), "i");
    }
}
