package dev.syncline.google;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.api.client.http.HttpResponseException;
import org.jspecify.annotations.Nullable;

/** What it means when a key gets no token. Google's words of it are not passed on, they may repeat what was sent. */
final class TokenFailures {
    private static final String PEER = "Google's token service";
    /** RFC 6749, section 5.2. */
    private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"([a-z_]{1,40})\"");

    private TokenFailures() {}

    static CallFailed of(IOException failure, String account) {
        HttpResponseException answer = answerIn(failure);
        if (answer == null) {
            return NetworkFailures.beforeAnswer(failure, PEER);
        }
        int status = answer.getStatusCode();
        if (status == 429) {
            return CallFailed.rateLimited(PEER + " asks for fewer calls", failure, null);
        }
        if (status >= 400 && status < 500) {
            return CallFailed.credentialRefused(refusal(answer.getContent(), account), failure);
        }
        return CallFailed.failed(PEER + " answered with status " + status, failure, null);
    }

    private static String refusal(@Nullable String body, String account) {
        Matcher error = ERROR.matcher(body == null ? "" : body);
        String word = error.find() ? " (" + error.group(1) + ")" : "";
        return word.equals(" (invalid_grant)")
                ? "The key of " + account + " has expired, was revoked, or this machine's clock is wrong" + word
                : "Google gives no token for the key of " + account + word;
    }

    private static @Nullable HttpResponseException answerIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException answer) {
                return answer;
            }
        }
        return null;
    }
}
