/** What every other package stands on: the clock, ids, error codes, MongoDB set-up. Knows none of them. */
@NullMarked
package dev.syncline.platform;

import org.jspecify.annotations.NullMarked;
