package dev.syncline.dev.sheets;

/** No method of the API is there; Google answers with a page. */
final class UnknownPathException extends RuntimeException {
    UnknownPathException() {
        super(null, null, false, false);
    }
}
