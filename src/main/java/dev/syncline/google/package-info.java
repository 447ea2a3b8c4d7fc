/** Google's official clients: credentials, call budget, retries and what their failures mean to us. */
@NullMarked
package dev.syncline.google;

import org.jspecify.annotations.NullMarked;
