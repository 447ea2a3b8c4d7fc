package dev.syncline.source;

/**
 * One JSON value cut out of a feed, not yet looked into.
 *
 * @param bytes the value, or its beginning when it is larger than asked for
 * @param whole whether the bytes are all of it
 * @param size its full length in bytes
 * @param ascii whether no byte of it is above 127, so that its encoding needs no check
 */
record ValueFrame(byte[] bytes, boolean whole, long size, boolean ascii) {}
