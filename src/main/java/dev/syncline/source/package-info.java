/** How bytes and rows arrive: the import directory, HTTP feeds, and the JSON framing that turns a feed into rows. */
@NullMarked
package dev.syncline.source;

import org.jspecify.annotations.NullMarked;
