package dev.syncline.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** Where a feed lies, as a setting or a caller names it. Parsing opens nothing and asks no name server. */
public sealed interface FeedLocation {

    /** A file of the import directory; {@link ImportDirectory} decides whether it may be read. */
    record ImportedFile(Path path) implements FeedLocation {
        @Override
        public String told() {
            return path.toString();
        }
    }

    /** An address; {@link UrlGuard} decides whether it may be opened. */
    record RemoteFeed(URI uri) implements FeedLocation {
        public RemoteFeed {
            if (uri.getHost() == null || uri.getRawUserInfo() != null) {
                throw new SyncException(ErrorCode.SOURCE_URL_REFUSED, "The address needs a host and no user name");
            }
        }

        @Override
        public String told() {
            String query = uri.getRawQuery() == null ? "" : "?…";
            return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath() + query;
        }
    }

    /** For everybody's eyes: without the query of an address, which may hold a secret. */
    String told();

    /**
     * Reads {@code http://…}, {@code https://…} or a path, absolute or relative to the import directory.
     *
     * @throws SyncException SOURCE_URL_REFUSED for another scheme or a bad address, SOURCE_PATH_REFUSED for what is no path
     */
    static FeedLocation parse(String text) {
        String location = text.strip();
        String scheme = location.contains("://") ? location.substring(0, location.indexOf("://")) : "";
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "" -> new ImportedFile(path(location));
            case "http", "https" -> new RemoteFeed(uri(location));
            default ->
                throw new SyncException(
                        ErrorCode.SOURCE_URL_REFUSED, "The address must begin with http:// or https://");
        };
    }

    private static Path path(String text) {
        try {
            if (!text.isEmpty()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            // no path, as an empty text is none
        }
        throw new SyncException(ErrorCode.SOURCE_PATH_REFUSED, "The location is no path");
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Without its cause, which quotes the address with whatever is secret in it.
            throw new SyncException(ErrorCode.SOURCE_URL_REFUSED, "The address is not well-formed");
        }
    }
}
