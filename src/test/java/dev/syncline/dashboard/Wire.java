package dev.syncline.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between a browser and the service, which can be cut. It gives bytes on as they come. */
final class Wire implements AutoCloseable {
    private final int target;
    private final ServerSocket here;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Wire(int target) throws IOException {
        this.target = target;
        this.here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    static Wire to(int port) {
        try {
            return new Wire(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://localhost:" + here.getLocalPort();
    }

    /** Breaks all connections, and each new one at once. */
    void cut() {
        cut = true;
        ends.forEach(Wire::close);
    }

    void mend() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        cut();
        here.close();
    }

    private void accept() {
        while (!here.isClosed()) {
            try {
                connect(here.accept());
            } catch (IOException closed) {
                // the next one may do better; when the wire is closed there is none
            }
        }
    }

    private void connect(Socket browser) throws IOException {
        if (cut) {
            close(browser);
            return;
        }
        Socket service = new Socket(InetAddress.getLoopbackAddress(), target);
        ends.add(browser);
        ends.add(service);
        start(() -> carry(browser, service));
        start(() -> carry(service, browser));
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // that is what a wire is for
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
