package dev.syncline.identity;

import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.ErrorShape;
import dev.syncline.platform.Problem;

/** Errors as the roster's family tells them (S0), with that family's name for a body that is no JSON. */
@ApplicationScoped
class EnvelopeErrorShape implements ErrorShape {
    private static final Pattern FAMILY =
            Pattern.compile("/api/(audit|metrics|config/.*|devices(/.*)?|sync/(manual|run|status|audit))/?");
    private static final Pattern ALLOWLIST = Pattern.compile("/api/config/allowlist/?");

    @Override
    public boolean serves(String path) {
        return FAMILY.matcher(path).matches();
    }

    @Override
    public Object body(Problem problem) {
        boolean isNoJson = ALLOWLIST.matcher(problem.instance()).matches()
                && problem.code().equals(ErrorCode.INVALID_REQUEST.name());
        return new Envelope<Void>(
                null,
                null,
                new Envelope.Failure(
                        isNoJson ? "INVALID_JSON" : problem.code(),
                        problem.detail(),
                        problem.nextStep(),
                        problem.reference(),
                        problem.details()));
    }
}
