/** Changed records back to Google Sheets: a queue in MongoDB, drained into the rows that the records' keys name (S2). */
@NullMarked
package dev.syncline.writeback;

import org.jspecify.annotations.NullMarked;
