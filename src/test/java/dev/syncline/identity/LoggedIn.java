package dev.syncline.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import dev.syncline.dev.SamplePerson;

/** Somebody who has logged in as a browser does, at the development provider: all they carry is cookies. */
final class LoggedIn {
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final URI root;

    private LoggedIn(URI root) {
        this.root = root;
    }

    static LoggedIn as(SamplePerson person, URI root) {
        LoggedIn somebody = new LoggedIn(root);
        HttpResponse<String> choice = somebody.send(HttpRequest.newBuilder(root.resolve("/login")));
        String chosen = choice.uri().toString().replace("/authorize?", "/authorize/" + person.name() + "?");
        var unused = somebody.send(HttpRequest.newBuilder(URI.create(chosen)));
        return somebody;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(root.resolve(path)));
    }

    HttpResponse<String> post(String path) {
        return send(HttpRequest.newBuilder(root.resolve(path))
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a thief could copy. */
    String cookies() {
        List<HttpCookie> held = cookies.getCookieStore().getCookies();
        return String.join(
                "; ",
                held.stream()
                        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                        .toList());
    }
}
