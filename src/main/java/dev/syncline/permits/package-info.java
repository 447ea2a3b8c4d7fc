/** The building-permits feed: mapper, target collection, settings and the endpoints of its own. */
@NullMarked
package dev.syncline.permits;

import org.jspecify.annotations.NullMarked;
