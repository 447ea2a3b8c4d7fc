package dev.syncline.dashboard;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.syncline.identity.Role;

/** The pages that are there without any feature. */
class OwnLinks {
    static final String SYNCS = "/";
    static final String AUDIT = "/audit";

    private record Link(String title, String path, Role least, int position) implements PageLink {}

    @Produces
    @Singleton
    PageLink syncs() {
        return new Link("Syncs", SYNCS, Role.viewer, 0);
    }

    @Produces
    @Singleton
    PageLink audit() {
        return new Link("Audit", AUDIT, Role.manager, 100);
    }
}
