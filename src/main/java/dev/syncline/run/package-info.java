/** The life of a run: states, store, lease, attempts, cancel and take-over. The run document is the truth. */
@NullMarked
package dev.syncline.run;

import org.jspecify.annotations.NullMarked;
