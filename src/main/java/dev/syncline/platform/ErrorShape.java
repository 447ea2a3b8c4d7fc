package dev.syncline.platform;

/** How one family of addresses tells an error; addresses of no family get the problem itself. */
public interface ErrorShape {
    /** Whether the address belongs to the family. Called for each error, on any thread. */
    boolean serves(String path);

    /** The body, to be written as JSON. */
    Object body(Problem problem);
}
