package dev.syncline.roster;

import jakarta.enterprise.context.ApplicationScoped;

import dev.syncline.dashboard.PageLink;
import dev.syncline.identity.Role;

/** The page of the devices in the navigation. */
@ApplicationScoped
class DeviceLink implements PageLink {
    @Override
    public String title() {
        return "Devices";
    }

    @Override
    public String path() {
        return GridAddress.PAGE;
    }

    @Override
    public Role least() {
        return Role.manager;
    }

    @Override
    public int position() {
        return 10;
    }
}
