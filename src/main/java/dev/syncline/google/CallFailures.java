package dev.syncline.google;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

import jakarta.inject.Singleton;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.RetryAfter;

/**
 * What an answer of Google means to us (S0, error catalogue). Its status and words go no further: a caller of ours must not
 * take Google's 401 for its own.
 */
@Singleton
class CallFailures {
    private static final Set<String> RATE = Set.of(
            "rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded", "RATE_LIMIT_EXCEEDED");
    private static final Set<String> API_OFF = Set.of("SERVICE_DISABLED", "accessNotConfigured");
    private static final Set<String> SCOPE =
            Set.of("ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions", "insufficientScopes");
    private static final Set<String> PROJECT =
            Set.of("CONSUMER_INVALID", "CONSUMER_SUSPENDED", "USER_PROJECT_DENIED", "BILLING_DISABLED");

    private final Clock clock;

    CallFailures(Clock clock) {
        this.clock = clock;
    }

    /** Of a call that got no answer, or one that says no. */
    CallFailed of(IOException failure, Credential credential) {
        return failure instanceof HttpResponseException answer
                ? ofAnswer(answer, credential)
                : NetworkFailures.beforeAnswer(failure, "Google Sheets");
    }

    private CallFailed ofAnswer(HttpResponseException answer, Credential credential) {
        String account = credential.account();
        int status = answer.getStatusCode();
        Set<String> reasons = reasons(answer);
        if (status == 429 || status == 403 && reasons.stream().anyMatch(RATE::contains)) {
            return CallFailed.rateLimited("Google Sheets asks for fewer calls", answer, retryAfter(answer));
        }
        return switch (status) {
            case 401 -> CallFailed.credentialRefused("Google refuses the credential of " + account, answer);
            case 403 -> forbidden(answer, reasons, credential);
            case 404 ->
                CallFailed.because(
                        ErrorCode.SHEET_NOT_FOUND,
                        "Google has no such spreadsheet, or none that is shared with " + account,
                        answer);
            case 408 -> NetworkFailures.timeout("Google Sheets", answer);
            default -> ofOther(status, answer);
        };
    }

    private CallFailed ofOther(int status, HttpResponseException answer) {
        return status >= 400 && status < 500
                ? CallFailed.refused(
                        ErrorCode.INVALID_SYNC_CONFIGURATION,
                        "Google Sheets cannot do what was asked (status " + status + "): check the sheet's id and tab",
                        answer,
                        words(answer))
                : CallFailed.failed("Google Sheets answered with status " + status, answer, retryAfter(answer));
    }

    private static CallFailed forbidden(HttpResponseException answer, Set<String> reasons, Credential credential) {
        String detail = forbidden(reasons, credential);
        return WriteRefused.isOfProtection(words(answer))
                ? CallFailed.refused(ErrorCode.SHEETS_AUTH_REVOKED, detail, answer, words(answer))
                : CallFailed.because(ErrorCode.SHEETS_AUTH_REVOKED, detail, answer);
    }

    private static String forbidden(Set<String> reasons, Credential credential) {
        String account = credential.account();
        if (reasons.stream().anyMatch(API_OFF::contains)) {
            return "The Google Sheets API is not switched on in the project of " + account;
        }
        if (reasons.stream().anyMatch(SCOPE::contains)) {
            return "The credential of " + account + " does not cover "
                    + credential.purpose().word() + " spreadsheets";
        }
        if (reasons.stream().anyMatch(PROJECT::contains)) {
            return "Google refuses the project of " + account;
        }
        return credential.purpose() == Purpose.READING
                ? "The spreadsheet is not shared with " + account
                : "The spreadsheet is not shared with " + account + " as an editor";
    }

    private static @Nullable String words(HttpResponseException answer) {
        GoogleJsonError error = answer instanceof GoogleJsonResponseException json ? json.getDetails() : null;
        return error == null ? null : error.getMessage();
    }

    private @Nullable Duration retryAfter(HttpResponseException answer) {
        return RetryAfter.parse(answer.getHeaders().getRetryAfter(), clock.instant());
    }

    /** Google's short words for it, old ones and new. */
    private static Set<String> reasons(HttpResponseException answer) {
        Set<String> reasons = new TreeSet<>();
        GoogleJsonError error = answer instanceof GoogleJsonResponseException json ? json.getDetails() : null;
        if (error != null && error.getErrors() != null) {
            error.getErrors().forEach(info -> reasons.add(String.valueOf(info.getReason())));
        }
        if (error != null && error.getDetails() != null) {
            error.getDetails().forEach(detail -> reasons.add(String.valueOf(detail.getReason())));
        }
        return reasons;
    }
}
