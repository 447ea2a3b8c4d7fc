/** The page on which people see what the syncs do, and act. Its figures are those of the API; it keeps none of its own. */
@NullMarked
package dev.syncline.dashboard;

import org.jspecify.annotations.NullMarked;
