package dev.syncline.status;

import java.util.Map;

import dev.syncline.identity.Role;
import dev.syncline.ingest.Change;
import dev.syncline.ingest.Rejection;

/**
 * What of a sync's rows the caller gets to see where runs and audit records tell of them (S0-46). A sync whose rows are for
 * everybody needs none.
 */
public interface ShownRows {
    /** Whether it speaks for that sync; at most one does. */
    boolean serves(String sync);

    /** Who may see what a run did to the rows and which it set aside. */
    default Role least() {
        return Role.viewer;
    }

    /** The current caller's sight. Asked within the request, before anything is read. */
    Sight sight();

    /** How somebody sees rows; no I/O, any thread. */
    interface Sight {
        /** All as it is. */
        Sight CLEAR = new Sight() {};

        /** The change with what may be seen of it; id, key and field stay. */
        default Change of(Change change) {
            return change;
        }

        /** The rejection with what may be seen of it; id, code and place stay. */
        default Rejection of(Rejection rejection) {
            return rejection;
        }

        /** What may be seen of the input of a run. */
        default Map<String, String> of(Map<String, String> input) {
            return input;
        }

        /**
         * What may be seen of an audit record's context.
         *
         * @param target what was acted on
         */
        default Map<String, Object> of(String target, Map<String, Object> context) {
            return context;
        }
    }
}
