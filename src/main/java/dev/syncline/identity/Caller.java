package dev.syncline.identity;

import jakarta.enterprise.context.RequestScoped;

/**
 * Who makes the request. The one place that identity comes in by: today everybody is {@code anonymous}, and development binds
 * to loopback.
 */
@RequestScoped
public class Caller {
    /** The name that stands in runs and audit records. */
    public String name() {
        return "anonymous";
    }
}
