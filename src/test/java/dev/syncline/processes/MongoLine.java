package dev.syncline.processes;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import com.mongodb.ConnectionString;

/** The line from one process to the database, which a test can slow down, stall and cut. */
final class MongoLine implements AutoCloseable {
    private static final int CHUNK = 64 << 10;

    private final ConnectionString database;
    private final String host;
    private final int hostPort;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flows = lock.newCondition();
    private volatile Duration brake = Duration.ZERO;
    private boolean stalled;
    private ServerSocket entrance;

    MongoLine(String connectionString) {
        database = new ConnectionString(connectionString);
        String[] address = database.getHosts().get(0).split(":");
        host = address[0];
        hostPort = address.length == 1 ? 27017 : Integer.parseInt(address[1]);
        entrance = listen(0);
        port = entrance.getLocalPort();
    }

    /** What a process has to connect to. */
    String connectionString() {
        String here = database.getConnectionString().replace(database.getHosts().get(0), "127.0.0.1:" + port);
        if (here.contains("directConnection=")) {
            return here;
        }
        return here + (here.contains("?") ? "&" : here.endsWith("/") ? "?" : "/?") + "directConnection=true";
    }

    /** Each request to the database takes so much longer. */
    void brake(Duration each) {
        brake = each;
    }

    /** From now on nothing gets through, and nobody is told: as when a network swallows packets. */
    void stall() {
        stalled(true);
    }

    /** What was held back goes on its way. */
    void flow() {
        stalled(false);
    }

    private void stalled(boolean now) {
        lock.lock();
        try {
            stalled = now;
            flows.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The database is away: its port is closed and all connections break. */
    void cut() {
        shut(entrance);
        open.forEach(this::drop);
    }

    /** It is back. */
    void mend() {
        entrance = listen(port);
    }

    @Override
    public void close() {
        flow();
        cut();
    }

    private ServerSocket listen(int onPort) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort));
            inBackground(() -> accept(server));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Socket upstream = new Socket(host, hostPort);
                open.add(upstream);
                upstream.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                inBackground(() -> pump(client, upstream, true));
                inBackground(() -> pump(upstream, client, false));
                if (server.isClosed()) {
                    cut();
                }
            } catch (IOException e) {
                // Cut while somebody connected: there is nobody left to tell.
            }
        }
    }

    private void pump(Socket from, Socket to, boolean isRequest) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int size = in.read(chunk); size > 0; size = in.read(chunk)) {
                if (isRequest) {
                    TimeUnit.NANOSECONDS.sleep(brake.toNanos());
                }
                awaitFlow();
                out.write(chunk, 0, size);
            }
        } catch (IOException | InterruptedException e) {
            // The other end is gone, and so is this one below.
        } finally {
            drop(from);
            drop(to);
        }
    }

    private void awaitFlow() throws InterruptedException {
        lock.lock();
        try {
            while (stalled) {
                flows.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void drop(Socket socket) {
        open.remove(socket);
        shut(socket);
    }

    private static void shut(Closeable end) {
        try {
            end.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "mongo-line");
        thread.setDaemon(true);
        thread.start();
    }
}
