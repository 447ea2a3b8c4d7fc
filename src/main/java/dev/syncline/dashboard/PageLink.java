package dev.syncline.dashboard;

import dev.syncline.identity.Role;

/** A page in the navigation that all pages share. A feature that has one brings a bean of this type. */
public interface PageLink {
    /** As it stands in the navigation. */
    String title();

    /** Its address. */
    String path();

    /** Who may see it; nobody else is shown the link. */
    Role least();

    /** Where it stands; the lowest number first. */
    int position();
}
