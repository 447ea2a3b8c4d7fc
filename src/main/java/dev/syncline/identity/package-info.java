/** Who calls, and what they may do. */
@NullMarked
package dev.syncline.identity;

import org.jspecify.annotations.NullMarked;
