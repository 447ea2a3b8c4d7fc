package dev.syncline.google;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.SheetsRequest;
import io.smallrye.mutiny.Uni;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** One call of Google's client, made once: on a worker, with time-outs, and with failures that mean something to us. */
@Singleton
class SheetsCalls {
    private static final String APPLICATION = "Syncline";
    private static final String PEER = "Google Sheets";

    private final SheetsAccess access;
    private final SheetsConfig config;
    private final CallFailures failures;

    SheetsCalls(SheetsAccess access, SheetsConfig config, CallFailures failures) {
        this.access = access;
        this.config = config;
        this.failures = failures;
    }

    /** Fails with {@link CallFailed}. Cancelling cuts the connection. Nothing is sent after the deadline. */
    <T> Uni<T> once(SheetsQuery<T> query, Credential credential, Deadline deadline) {
        return Uni.createFrom().deferred(() -> {
            Line line = new Line();
            return Worker.run(() -> send(query, credential, line, deadline))
                    .onCancellation()
                    .invoke(line::cut);
        });
    }

    private <T> T send(SheetsQuery<T> query, Credential credential, Line line, Deadline deadline) {
        String root = access.root();
        Map<String, List<String>> proof = proof(credential, root);
        Sheets sheets = new Sheets.Builder(over(line), GsonFactory.getDefaultInstance(), prepare(proof))
                .setApplicationName(APPLICATION)
                .setRootUrl(root)
                .build();
        try {
            // Google indents by default: of a list of short cells that would be most of the answer.
            SheetsRequest<T> request = query.on(sheets).setPrettyPrint(false);
            if (deadline.isOver()) {
                throw new SyncException(ErrorCode.SOURCE_TIMEOUT, "There is no time left for another call");
            }
            return parsed(request.executeUnparsed(), request.getResponseClass());
        } catch (IOException e) {
            throw failures.of(e, credential);
        }
    }

    /** Made anew for each call, which costs nothing: the connections that are kept alive are the JDK's. */
    private static HttpTransport over(Line line) {
        return new NetHttpTransport.Builder().setConnectionFactory(line).build();
    }

    private static Map<String, List<String>> proof(Credential credential, String root) {
        try {
            return credential.google().getRequestMetadata(URI.create(root));
        } catch (IOException e) {
            throw TokenFailures.of(e, credential.account()).beforeSending();
        }
    }

    /** Google's client repeats and redirects nothing by itself: each call is counted. */
    private HttpRequestInitializer prepare(Map<String, List<String>> proof) {
        return request -> {
            request.setNumberOfRetries(0);
            request.setFollowRedirects(false);
            request.setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()));
            request.setReadTimeout(Math.toIntExact(config.readTimeout().toMillis()));
            proof.forEach((name, values) -> request.getHeaders().put(name, values));
        };
    }

    private static <T> T parsed(HttpResponse response, Class<T> type) {
        try {
            T answer = response.parseAs(type);
            if (answer == null) {
                throw NetworkFailures.notJson(PEER, new IOException("empty"));
            }
            return answer;
        } catch (IOException e) {
            throw NetworkFailures.inAnswer(e, PEER);
        } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw NetworkFailures.notJson(PEER, e);
        }
    }
}
