package dev.syncline.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Files that a caller may have read by naming them. */
@ConfigMapping(prefix = "syncline.import")
public interface ImportSettings {

    /** The only directory that such files are read from; unset: none is. */
    Optional<Path> directory();

    /** How long finding a file may take; a network mount may hang. */
    @WithDefault("1S")
    Duration timeout();
}
