package dev.syncline.roster;

import org.jspecify.annotations.Nullable;

import dev.syncline.dashboard.Trouble;

/**
 * The whole page: either its table, or why there is none.
 *
 * @param panel the device whose details are open
 */
record DevicePage(
        FilterForm form,
        @Nullable GridView grid,
        @Nullable Trouble trouble,
        @Nullable PanelView panel) {
    /** Status of the answer. */
    int status() {
        return trouble == null ? 200 : trouble.status();
    }
}
