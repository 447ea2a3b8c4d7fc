package dev.syncline.google;

import jakarta.inject.Singleton;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpTransportFactory;

/** How keys get their tokens: the JDK's HTTP client, with the time-outs of Google's library, 20 s each. */
@Singleton
class TokenTransport implements HttpTransportFactory {
    private final HttpTransport http = new NetHttpTransport();

    @Override
    public HttpTransport create() {
        return http;
    }
}
