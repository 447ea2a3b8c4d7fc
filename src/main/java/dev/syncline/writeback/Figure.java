package dev.syncline.writeback;

/** A number of the page with its name. */
record Figure(String name, long value) {}
