/** Views of runs: the API of syncs and runs and the live event stream. */
@NullMarked
package dev.syncline.status;

import org.jspecify.annotations.NullMarked;
