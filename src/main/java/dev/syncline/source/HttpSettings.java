package dev.syncline.source;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMin;

/** How feeds are fetched over HTTP. */
@ConfigMapping(prefix = "syncline.http")
public interface HttpSettings {

    /**
     * The only hosts that are opened, each {@code scheme://host[:port]}; unset: none. An address that is not public is
     * refused all the same, unless the entry is an IP literal or localhost, or ends in {@code +private}.
     */
    Optional<List<String>> allowedHosts();

    /** How long resolving the name and opening the connection may take, each. */
    @WithDefault("10S")
    @DurationMin(millis = 1)
    Duration connectTimeout();

    /** How long the other side may be silent. */
    @WithDefault("60S")
    @DurationMin(millis = 1)
    Duration readTimeout();

    /** How long one fetch may take, with everything that is repeated in it. */
    @WithDefault("45M")
    @DurationMin(millis = 1)
    Duration fetchTimeout();

    /** Bytes of one feed as it is sent, or of all its pages unpacked. */
    @WithDefault("512M")
    MemorySize maxSize();

    /** Bytes that must stay free where downloads are spooled. */
    @WithDefault("64M")
    MemorySize spoolReserve();

    /** How often a transfer that breaks off is resumed. */
    @WithDefault("3")
    @PositiveOrZero
    int resumes();

    /** Wait before the first resume; doubled each time, with jitter. */
    @WithDefault("500MS")
    @DurationMin
    Duration resumeBackOff();

    /** Records asked for in one page of CKAN's datastore_search; the server may give fewer. */
    @WithDefault("10000")
    @Positive
    int pageSize();

    /** How often one page is tried. */
    @WithDefault("3")
    @Positive
    int pageTries();

    /** Wait before the second try of a page; doubled each time, with jitter. */
    @WithDefault("2S")
    @DurationMin
    Duration pageBackOff();
}
