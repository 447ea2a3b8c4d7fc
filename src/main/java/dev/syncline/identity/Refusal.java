package dev.syncline.identity;

import dev.syncline.platform.ErrorCode;

/** Why somebody was not let in, or not that far. The names stand in audit records and metrics. */
enum Refusal {
    SESSION_MISSING(ErrorCode.UNAUTHENTICATED, "the request carries neither a session nor a bearer token"),
    SESSION_INVALID(ErrorCode.UNAUTHENTICATED, "the session has expired or cannot be read"),
    SESSION_ENDED(ErrorCode.UNAUTHENTICATED, "the session was ended by logging out"),
    TOKEN_INVALID(
            ErrorCode.UNAUTHENTICATED, "the bearer token has expired, is not meant for this service, or is forged"),
    SECRET_INVALID(ErrorCode.UNAUTHORIZED_CRON, "the scheduler's headers are missing or wrong"),
    USER_MISSING(ErrorCode.UNAUTHENTICATED, "the token does not say whom it stands for"),
    EMAIL_MISSING(ErrorCode.FORBIDDEN, "the identity provider told no e-mail address"),
    EMAIL_UNVERIFIED(ErrorCode.FORBIDDEN, "the e-mail address was never verified"),
    DOMAIN_REJECTED(ErrorCode.FORBIDDEN, "e-mail addresses of this domain are not admitted"),
    NOT_ALLOWLISTED(ErrorCode.FORBIDDEN, "the e-mail address is not on the list of who may log in"),
    CONFIG_MISSING(ErrorCode.CONFIG_MISSING, "nobody has said yet who may log in"),
    CLIENT_UNKNOWN(ErrorCode.FORBIDDEN, "this client is not one of those that may call"),
    ROLE_MISSING(ErrorCode.FORBIDDEN, "the account has no role here"),
    ROLE_INSUFFICIENT(ErrorCode.FORBIDDEN, "the operation needs a higher role"),
    LEAD_REQUIRED(ErrorCode.LEAD_ROLE_REQUIRED, "the operation needs the role of a lead");

    private final ErrorCode code;
    private final String detail;

    Refusal(ErrorCode code, String detail) {
        this.code = code;
        this.detail = detail;
    }

    ErrorCode code() {
        return code;
    }

    /** For the caller: tells nothing that the caller did not send or may not know. */
    String detail() {
        return detail;
    }

    /** What a person can do who was recognised and is not let in. */
    String nextStep() {
        return switch (this) {
            case EMAIL_MISSING -> "Give your account an e-mail address at the identity provider, then log in again.";
            case EMAIL_UNVERIFIED -> "Verify your address at the identity provider, then log in again.";
            case DOMAIN_REJECTED -> "Log out here, and log in with an address of an admitted organisation.";
            case NOT_ALLOWLISTED ->
                "Ask a lead to put your address on the list. It counts within half a minute; then load this page again.";
            case ROLE_MISSING ->
                "Ask whoever looks after the identity provider to give your account a role, then log out and in again.";
            default -> code.nextStep();
        };
    }

    /** What the audit trail calls it: who is not known, or who is known and may not. */
    String action() {
        return code.status() == 401 ? "AUTH_INVALID_SESSION" : "ACCESS_DENIED";
    }
}
