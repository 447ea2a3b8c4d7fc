package dev.syncline.dev.sheets;

import java.util.Locale;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** The choices that a call of the values has; each has a default that Google documents. */
final class Options {
    private static final String TYPES = "type.googleapis.com/google.apps.sheets.v4.";

    enum ValueRenderOption {
        FORMATTED_VALUE,
        UNFORMATTED_VALUE,
        FORMULA
    }

    enum DateTimeRenderOption {
        SERIAL_NUMBER,
        FORMATTED_STRING
    }

    enum Dimension {
        ROWS,
        COLUMNS
    }

    enum ValueInputOption {
        RAW,
        USER_ENTERED
    }

    enum InsertDataOption {
        OVERWRITE,
        INSERT_ROWS
    }

    /** How values are shown in an answer. */
    record Render(ValueRenderOption values, DateTimeRenderOption times, Dimension major) {}

    private final ApiRequest request;

    Options(ApiRequest request) {
        this.request = request;
    }

    Render render() {
        return new Render(
                one("valueRenderOption", ValueRenderOption.FORMATTED_VALUE),
                one("dateTimeRenderOption", DateTimeRenderOption.SERIAL_NUMBER),
                one("majorDimension", Dimension.ROWS));
    }

    /** Of what was just written. */
    Render responseRender(Dimension major) {
        return new Render(
                one("responseValueRenderOption", ValueRenderOption.FORMATTED_VALUE),
                one("responseDateTimeRenderOption", DateTimeRenderOption.SERIAL_NUMBER),
                major);
    }

    ValueInputOption input() {
        if (request.option("valueInputOption").isEmpty()) {
            throw ApiException.invalid("'valueInputOption' is required but not specified");
        }
        return one("valueInputOption", ValueInputOption.RAW);
    }

    InsertDataOption insertion() {
        return one("insertDataOption", InsertDataOption.OVERWRITE);
    }

    boolean includesValues() {
        return request.option("includeValuesInResponse").filter("true"::equals).isPresent();
    }

    private <E extends Enum<E>> E one(String name, E whenAbsent) {
        return request.option(name)
                .filter(given -> !given.endsWith("_UNSPECIFIED"))
                .map(given -> of(name, given, whenAbsent.getDeclaringClass()))
                .orElse(whenAbsent);
    }

    static Dimension dimension(JsonNode body) {
        String given = body.path("majorDimension").asText("ROWS");
        return of("data.majorDimension", given, Dimension.class);
    }

    static <E extends Enum<E>> E of(String name, String given, Class<E> type) {
        return Stream.of(type.getEnumConstants())
                .filter(choice -> choice.name().equals(given))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid("Invalid value at '%s' (%s), \"%s\""
                        .formatted(
                                name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT),
                                TYPES + type.getSimpleName(),
                                given)));
    }
}
