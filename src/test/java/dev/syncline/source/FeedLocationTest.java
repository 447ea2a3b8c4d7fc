package dev.syncline.source;

import java.net.URI;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FeedLocationTest {

    @Test
    void anAddressIsRemote() {
        assertThat(FeedLocation.parse(" HTTPS://feed.example/x?y=1 "))
                .isEqualTo(new FeedLocation.RemoteFeed(URI.create("HTTPS://feed.example/x?y=1")));
    }

    @Test
    void everythingElseIsAFile() {
        assertThat(FeedLocation.parse("day/feed.json"))
                .isEqualTo(new FeedLocation.ImportedFile(Path.of("day/feed.json")));
        assertThat(FeedLocation.parse("/imports/feed.json"))
                .isEqualTo(new FeedLocation.ImportedFile(Path.of("/imports/feed.json")));
    }

    @ParameterizedTest
    @CsvSource({
        "'', SOURCE_PATH_REFUSED",
        "'  ', SOURCE_PATH_REFUSED",
        "'a\u0000b', SOURCE_PATH_REFUSED",
        "ftp://feed.example/x, SOURCE_URL_REFUSED",
        "file:///etc/passwd, SOURCE_URL_REFUSED",
        "https://user:secret@feed.example/, SOURCE_URL_REFUSED",
        "https:///x, SOURCE_URL_REFUSED",
        "https://feed example/, SOURCE_URL_REFUSED",
    })
    void whatIsNeitherIsRefused(String text, ErrorCode code) {
        SyncException failure = catchThrowableOfType(SyncException.class, () -> FeedLocation.parse(text));
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.detail()).doesNotContain("secret");
    }
}
