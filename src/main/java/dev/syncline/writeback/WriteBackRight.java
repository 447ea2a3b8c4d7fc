package dev.syncline.writeback;

import jakarta.enterprise.context.ApplicationScoped;

import dev.syncline.identity.Role;
import dev.syncline.status.StartRight;

/** Admins alone start it, by whichever address (S2-1). */
@ApplicationScoped
class WriteBackRight implements StartRight {
    @Override
    public boolean serves(String sync) {
        return sync.equals(WriteBack.SYNC);
    }

    @Override
    public Role least() {
        return Role.admin;
    }
}
