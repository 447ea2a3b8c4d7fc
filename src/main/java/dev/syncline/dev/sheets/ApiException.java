package dev.syncline.dev.sheets;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

/** What Google answers instead of doing what it was asked, in the words that Google uses. */
final class ApiException extends RuntimeException {
    static final String SERVICE = "sheets.googleapis.com";
    private static final String PROJECT = "000000000000";
    private static final String CREDENTIALS =
            " Expected OAuth 2 access token, login cookie or other valid authentication"
                    + " credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.";

    private static final Map<Integer, String> STATUSES = Map.of(
            400, "INVALID_ARGUMENT",
            401, "UNAUTHENTICATED",
            403, "PERMISSION_DENIED",
            404, "NOT_FOUND",
            409, "ABORTED",
            429, "RESOURCE_EXHAUSTED",
            500, "INTERNAL",
            502, "UNAVAILABLE",
            503, "UNAVAILABLE",
            504, "DEADLINE_EXCEEDED");

    private final int code;
    private final String reason;
    private final List<Map<String, Object>> details;
    private final Optional<Duration> retryAfter;

    private ApiException(
            int code, String message, String reason, List<Map<String, Object>> details, Optional<Duration> retryAfter) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
        this.retryAfter = retryAfter;
    }

    static ApiException invalid(String message) {
        return new ApiException(400, message, "badRequest", List.of(), Optional.empty());
    }

    /** The {@code fields} parameter names something that there is not. */
    static ApiException unknownField(String path) {
        Map<String, Object> violation = Map.of(
                "@type",
                "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations",
                List.of(Map.of(
                        "field",
                        path,
                        "description",
                        "Error expanding 'fields' parameter. Cannot find matching fields for path '%s'."
                                .formatted(path))));
        return new ApiException(
                400, "Request contains an invalid argument.", "badRequest", List.of(violation), Optional.empty());
    }

    static ApiException missingCredentials() {
        return new ApiException(
                401,
                "Request is missing required authentication credential." + CREDENTIALS,
                "required",
                List.of(info("CREDENTIALS_MISSING", Map.of("service", SERVICE))),
                Optional.empty());
    }

    static ApiException invalidCredentials() {
        return new ApiException(
                401,
                "Request had invalid authentication credentials." + CREDENTIALS,
                "authError",
                List.of(info("ACCESS_TOKEN_EXPIRED", Map.of("service", SERVICE))),
                Optional.empty());
    }

    static ApiException insufficientScope() {
        return new ApiException(
                403,
                "Request had insufficient authentication scopes.",
                "insufficientPermissions",
                List.of(info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", Map.of("service", SERVICE))),
                Optional.empty());
    }

    static ApiException notPermitted() {
        return new ApiException(403, "The caller does not have permission", "forbidden", List.of(), Optional.empty());
    }

    static ApiException notFound() {
        return new ApiException(404, "Requested entity was not found.", "notFound", List.of(), Optional.empty());
    }

    /** @param kind {@code Read} or {@code Write} */
    static ApiException quotaExceeded(String kind, int limit, Optional<Duration> retryAfter) {
        String message = ("Quota exceeded for quota metric '%s requests' and limit '%s requests per minute per user' of"
                        + " service '%s' for consumer 'project_number:%s'.")
                .formatted(kind, kind, SERVICE, PROJECT);
        Map<String, Object> info = info(
                "RATE_LIMIT_EXCEEDED",
                Map.of(
                        "service",
                        SERVICE,
                        "consumer",
                        "projects/" + PROJECT,
                        "quota_location",
                        "global",
                        "quota_unit",
                        "1/min/{project}/{user}",
                        "quota_metric",
                        SERVICE + "/" + (kind.equals("Read") ? "read_requests" : "write_requests"),
                        "quota_limit",
                        kind + "RequestsPerMinutePerUser",
                        "quota_limit_value",
                        String.valueOf(limit)));
        Map<String, Object> help = Map.of(
                "@type",
                "type.googleapis.com/google.rpc.Help",
                "links",
                List.of(Map.of(
                        "description",
                        "Request a higher quota limit.",
                        "url",
                        "https://cloud.google.com/docs/quotas/help/request_increase")));
        return new ApiException(429, message, "rateLimitExceeded", List.of(info, help), retryAfter);
    }

    /** A failure on order, with the words that usually go with its status. */
    static ApiException ofStatus(int code, String reason) {
        String message =
                switch (code) {
                    case 401 -> "Request had invalid authentication credentials." + CREDENTIALS;
                    case 403 -> "The caller does not have permission";
                    case 404 -> "Requested entity was not found.";
                    case 429 -> "Resource has been exhausted (e.g. check quota).";
                    case 500 -> "Internal error encountered.";
                    case 503 -> "The service is currently unavailable.";
                    case 504 -> "Deadline expired before operation could complete.";
                    default -> "Request failed.";
                };
        return new ApiException(code, message, reason, List.of(), Optional.empty());
    }

    private static Map<String, Object> info(String reason, Map<String, String> metadata) {
        return Map.of(
                "@type",
                "type.googleapis.com/google.rpc.ErrorInfo",
                "reason",
                reason,
                "domain",
                "googleapis.com",
                "metadata",
                metadata);
    }

    int code() {
        return code;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** One request of a batch was wrong: the same failure, with its place in front. */
    ApiException at(String place) {
        return new ApiException(code, "Invalid " + place + ": " + getMessage(), reason, details, retryAfter);
    }

    void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("error");
        json.writeNumberField("code", code);
        json.writeStringField("message", getMessage());
        json.writeArrayFieldStart("errors");
        json.writeStartObject();
        json.writeStringField("message", getMessage());
        json.writeStringField("domain", "global");
        json.writeStringField("reason", reason);
        json.writeEndObject();
        json.writeEndArray();
        json.writeStringField("status", STATUSES.getOrDefault(code, "UNKNOWN"));
        if (!details.isEmpty()) {
            json.writePOJOField("details", details);
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
