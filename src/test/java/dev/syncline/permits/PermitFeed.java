package dev.syncline.permits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import io.restassured.response.Response;

import static io.restassured.RestAssured.given;

/** Small feeds in the import directory, and the call that reads them. */
final class PermitFeed {
    private PermitFeed() {}

    /** A record with the columns that no feed may lack. */
    static String permit(String number, String status) {
        return "{\"PERMIT_NUM\":\"%s\",\"REVISION_NUM\":\"00\",\"STATUS\":\"%s\",\"PERMIT_TYPE\":\"House\",\"STREET_NUM\":\"1\",\"STREET_NAME\":\"KING\",\"RESIDENTIAL\":1}"
                .formatted(number, status);
    }

    /** So many permits, numbered from 1. */
    static List<String> permits(int count, String status) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> permit("24 %06d BLD".formatted(n), status))
                .toList();
    }

    static void write(Path directory, String name, List<String> records) {
        write(directory, name, "[" + String.join(",", records) + "]");
    }

    static void write(Path directory, String name, String content) {
        try {
            Files.createDirectories(directory);
            var unused = Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Response sync(String query, String filePath) {
        return given().contentType("application/json")
                .body("{\"file_path\":\"" + filePath + "\"}")
                .post("/api/sync" + query);
    }
}
