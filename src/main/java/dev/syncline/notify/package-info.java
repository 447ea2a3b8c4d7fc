/** Letters and calls about what a person should know: composed, kept in an outbox, sent until they have arrived. */
@NullMarked
package dev.syncline.notify;

import org.jspecify.annotations.NullMarked;
