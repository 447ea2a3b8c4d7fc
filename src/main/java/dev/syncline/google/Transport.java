package dev.syncline.google;

import jakarta.inject.Singleton;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpTransportFactory;

/** The JDK's HTTP client as Google's libraries use it; blocks, so a worker it must be. */
@Singleton
class Transport {
    private final HttpTransport http = new NetHttpTransport();

    HttpTransport http() {
        return http;
    }

    HttpTransportFactory factory() {
        return () -> http;
    }
}
