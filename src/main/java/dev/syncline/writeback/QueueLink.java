package dev.syncline.writeback;

import jakarta.enterprise.context.ApplicationScoped;

import dev.syncline.dashboard.PageLink;
import dev.syncline.identity.Role;

/** The page of the queue in the navigation. */
@ApplicationScoped
class QueueLink implements PageLink {
    @Override
    public String title() {
        return "Write-back";
    }

    @Override
    public String path() {
        return QueuePage.PATH;
    }

    @Override
    public Role least() {
        return Role.viewer;
    }

    @Override
    public int position() {
        return 20;
    }
}
