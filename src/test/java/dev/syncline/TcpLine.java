package dev.syncline;

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
import java.util.function.Supplier;

/** The line to a server, which a test can slow down, stall, cut, and listen in on. */
public class TcpLine implements AutoCloseable {
    private static final int CHUNK = 64 << 10;

    private final String host;
    private final int hostPort;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flows = lock.newCondition();
    private volatile Duration brake = Duration.ZERO;
    private volatile Supplier<Tap> taps = () -> (chunk, size, isRequest) -> size;
    private boolean stalled;
    private ServerSocket entrance;

    /** Listens in on one connection. */
    public interface Tap {
        /** How many bytes of this piece go on; when not all of them do, the connection breaks. */
        int pass(byte[] chunk, int size, boolean isRequest);
    }

    public TcpLine(String host, int hostPort) {
        this(host, hostPort, 0);
    }

    /** @param port where it begins; 0 for any that is free */
    public TcpLine(String host, int hostPort, int port) {
        this.host = host;
        this.hostPort = hostPort;
        entrance = listen(port);
        this.port = entrance.getLocalPort();
    }

    /** Where it begins, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Each request to the server takes so much longer. */
    public void brake(Duration each) {
        brake = each;
    }

    /** Listens in on each connection from the next one on. */
    public void tap(Supplier<Tap> each) {
        taps = each;
    }

    /** From now on nothing gets through, and nobody is told: as when a network swallows packets. */
    public void stall() {
        stalled(true);
    }

    /** What was held back goes on its way. */
    public void flow() {
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

    /** The server is away: its port is closed and all connections break. */
    public void cut() {
        shut(entrance);
        open.forEach(this::drop);
    }

    /** It is back. */
    public void mend() {
        entrance = listen(port);
    }

    /** Whether nobody holds a connection at this moment. */
    public boolean isIdle() {
        return open.isEmpty();
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
                Tap tap = taps.get();
                inBackground(() -> pump(client, upstream, tap, true));
                inBackground(() -> pump(upstream, client, tap, false));
                if (server.isClosed()) {
                    cut();
                }
            } catch (IOException e) {
                // Cut while somebody connected: there is nobody left to tell.
            }
        }
    }

    private void pump(Socket from, Socket to, Tap tap, boolean isRequest) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int size = in.read(chunk); size > 0; size = in.read(chunk)) {
                if (isRequest) {
                    TimeUnit.NANOSECONDS.sleep(brake.toNanos());
                }
                awaitFlow();
                int passed = tap.pass(chunk, size, isRequest);
                out.write(chunk, 0, passed);
                if (passed < size) {
                    return;
                }
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
        Thread thread = new Thread(work, "tcp-line");
        thread.setDaemon(true);
        thread.start();
    }
}
