package dev.syncline.google;

/** A part of this service that may have sheets to work with. Any bean may be one; asked once, at the start. */
public interface SheetsUse {
    boolean isConfigured();
}
