package dev.syncline.writeback;

/** Addresses of the page. */
final class QueuePage {
    static final String PATH = "/queue";
    static final String LOG = PATH + "/log";

    private QueuePage() {}
}
