package dev.syncline.google;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** Which address is called, and with whose key: the configured ones, else those of a stand-in, else Google's own ways. */
@ApplicationScoped
class SheetsAccess {
    private static final URI GOOGLE = URI.create("https://sheets.googleapis.com/");

    private final SheetsConfig config;
    private final Optional<SheetsHome> home;

    @Inject
    SheetsAccess(SheetsConfig config, Instance<SheetsHome> homes) {
        this(config, homes.isResolvable() ? Optional.of(homes.get()) : Optional.empty());
    }

    SheetsAccess(SheetsConfig config, Optional<SheetsHome> home) {
        this.config = config;
        this.home = home;
    }

    /** With a slash at its end, as Google's client wants it. */
    String root() {
        String root = config.rootUrl()
                .or(() -> visited().map(SheetsHome::root))
                .orElse(GOOGLE)
                .toString();
        return root.endsWith("/") ? root : root + "/";
    }

    /** The key as its source has it now; empty for application default credentials. Reads a file. */
    Optional<String> key() throws IOException {
        Optional<Path> file = config.credentialsFile();
        if (file.isPresent()) {
            return Optional.of(Files.readString(file.get()));
        }
        return config.credentialsJson().or(() -> visited().map(SheetsHome::accountKey));
    }

    /** Changes with the key's file; the same for ever if there is none. */
    String keyVersion() throws IOException {
        Optional<Path> file = config.credentialsFile();
        return file.isEmpty() ? "" : Files.getLastModifiedTime(file.get()) + " " + Files.size(file.get());
    }

    /** How a person names the source of the key. */
    String keySource() {
        if (config.credentialsFile().isPresent()) {
            return "The file of syncline.google.sheets.credentials-file";
        }
        return config.credentialsJson().isPresent()
                ? "The key in syncline.google.sheets.credentials-json"
                : "The application default credential";
    }

    /** Google itself is never shown a stand-in's key. */
    private Optional<SheetsHome> visited() {
        boolean atGoogle = config.rootUrl()
                .map(root -> String.valueOf(root.getHost()).endsWith("googleapis.com"))
                .orElse(false);
        return atGoogle || isGiven() ? Optional.empty() : home;
    }

    private boolean isGiven() {
        return config.credentialsFile().isPresent() || config.credentialsJson().isPresent();
    }
}
