package dev.syncline.google;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;

import com.google.gson.stream.MalformedJsonException;

import dev.syncline.platform.ErrorCode;

/** What a broken line to Google means to us. */
final class NetworkFailures {
    private NetworkFailures() {}

    /** No answer has come. */
    static CallFailed beforeAnswer(IOException failure, String peer) {
        if (has(failure, SocketTimeoutException.class)) {
            return timeout(peer, failure);
        }
        if (has(failure, UnknownHostException.class)
                || has(failure, ConnectException.class)
                || has(failure, NoRouteToHostException.class)) {
            return CallFailed.unsent(ErrorCode.SOURCE_UNREACHABLE, "No connection to " + peer, failure);
        }
        if (has(failure, SSLException.class)) {
            return CallFailed.because(ErrorCode.SOURCE_UNREACHABLE, "No connection to " + peer, failure);
        }
        return CallFailed.because(ErrorCode.SOURCE_CUT, peer + " closed the connection without an answer", failure);
    }

    /** The answer had begun. */
    static CallFailed inAnswer(IOException failure, String peer) {
        if (has(failure, SocketTimeoutException.class)) {
            return timeout(peer, failure);
        }
        if (has(failure, MalformedJsonException.class) && !has(failure, EOFException.class)) {
            return notJson(peer, failure);
        }
        return CallFailed.because(ErrorCode.SOURCE_CUT, "The answer of " + peer + " broke off before its end", failure);
    }

    /** Such as the page of a proxy, with a status that says all is well. */
    static CallFailed notJson(String peer, Throwable failure) {
        return CallFailed.because(
                ErrorCode.SOURCE_FAILED, peer + " answered with something else than its JSON", failure);
    }

    static CallFailed timeout(String peer, Throwable failure) {
        return CallFailed.because(ErrorCode.SOURCE_TIMEOUT, peer + " did not answer in time", failure);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
