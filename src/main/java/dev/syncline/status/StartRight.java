package dev.syncline.status;

import dev.syncline.identity.Role;

/** Who may start runs of a sync that is for more than managers. A sync that any manager may start needs none. */
public interface StartRight {
    /** Whether it speaks for that sync; at most one does. */
    boolean serves(String sync);

    /** The least role. */
    Role least();
}
