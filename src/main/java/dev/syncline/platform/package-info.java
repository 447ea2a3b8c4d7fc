/** What every package may use and what uses none of ours: the error table, ids, clock, MongoDB set-up, HTTP edges. */
@NullMarked
package dev.syncline.platform;

import org.jspecify.annotations.NullMarked;
