package dev.syncline.writeback;

import jakarta.enterprise.context.ApplicationScoped;

import dev.syncline.identity.Role;
import dev.syncline.status.ShownRows;

/** What a run wrote, and to which rows, is for admins alone (S2-10). */
@ApplicationScoped
class WriteBackRows implements ShownRows {
    @Override
    public boolean serves(String sync) {
        return sync.equals(WriteBack.SYNC);
    }

    @Override
    public Role least() {
        return Role.admin;
    }

    @Override
    public Sight sight() {
        return Sight.CLEAR;
    }
}
