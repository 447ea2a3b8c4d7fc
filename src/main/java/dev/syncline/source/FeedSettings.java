package dev.syncline.source;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of what is read from a JSON feed; see {@link FeedLimits}. */
@ConfigMapping(prefix = "syncline.feed")
public interface FeedSettings {

    /** Size of one record; a larger one is set aside. Memory for reading a feed grows with this alone. */
    @WithDefault("1M")
    MemorySize maxRecord();

    /** Levels of lists and objects inside a record. */
    @WithDefault("64")
    int maxDepth();

    /** Size of a feed after decompression. */
    @WithDefault("8G")
    MemorySize maxSize();
}
