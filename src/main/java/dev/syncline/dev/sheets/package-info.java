/** A stand-in for Google Sheets that speaks its REST protocol; in dev and test only. */
@NullMarked
package dev.syncline.dev.sheets;

import org.jspecify.annotations.NullMarked;
