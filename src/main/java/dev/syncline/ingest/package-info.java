/** From rows to the target collection: content hash, diff, bulk writes, rejections, changes and the guarded sweep. */
@NullMarked
package dev.syncline.ingest;

import org.jspecify.annotations.NullMarked;
