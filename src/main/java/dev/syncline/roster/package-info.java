/** The device roster: a Google sheet that managers keep, as {@code devices} that people can search and trust (S0). */
@NullMarked
package dev.syncline.roster;

import org.jspecify.annotations.NullMarked;
