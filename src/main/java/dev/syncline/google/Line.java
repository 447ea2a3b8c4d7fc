package dev.syncline.google;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;

import com.google.api.client.http.javanet.ConnectionFactory;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import org.jspecify.annotations.Nullable;

/** The connection of one call, so that it can be cut when nobody waits for the answer any more. */
final class Line implements ConnectionFactory {
    private volatile @Nullable HttpURLConnection connection;
    private volatile boolean isCut;

    @Override
    public HttpURLConnection openConnection(URL url) throws IOException {
        HttpURLConnection opened = (HttpURLConnection) url.openConnection();
        connection = opened;
        if (isCut) {
            throw new IOException("Nobody waits for the answer");
        }
        return opened;
    }

    /** Lets the thread go that waits on it. Cutting may wait for that one's lock, so it is a worker's too. */
    void cut() {
        isCut = true;
        HttpURLConnection open = connection;
        if (open != null) {
            Infrastructure.getDefaultWorkerPool().execute(open::disconnect);
        }
    }
}
