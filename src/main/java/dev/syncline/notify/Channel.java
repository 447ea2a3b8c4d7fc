package dev.syncline.notify;

/** A way out. */
public enum Channel {
    mail,
    webhook
}
