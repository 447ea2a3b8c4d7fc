package dev.syncline.dev.sheets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.net.httpserver.HttpServer;

/**
 * Google Sheets on this machine: the API's REST protocol and the token endpoint on a port of loopback, in memory, for clients
 * of any language. It runs without the application. Of any thread.
 */
public final class SheetsStandIn implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(SheetsStandIn::thread);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ServiceAccount account = new ServiceAccount("roster");
    private final ServiceAccount stranger = new ServiceAccount("stranger");
    private final SheetsApi api = new SheetsApi();
    private final Faults faults = new Faults();
    private final CallLog calls = new CallLog();
    private final Tokens tokens;

    private SheetsStandIn(HttpServer server) {
        this.server = server;
        this.tokens = new Tokens(tokenUri(), List.of(account, stranger));
        server.setExecutor(threads);
        server.createContext(ApiHandler.PATH, new ApiHandler(api, tokens, faults, calls, closed));
        server.createContext("/token", new TokenHandler(tokens));
        server.createContext("/", new PageHandler(this));
        server.start();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "sheets-stand-in");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * For clients of other languages.
     *
     * @param arguments the port, and a file that the account's key is written to
     */
    public static void main(String[] arguments) throws IOException {
        SheetsStandIn standIn = start(Integer.parseInt(arguments[0]));
        SampleDevices.into(standIn);
        SampleSales.into(standIn);
        Files.writeString(Path.of(arguments[1]), standIn.accountKey());
        System.out.println("Google Sheets stand-in at " + standIn.root() + ", spreadsheets " + SampleDevices.ID
                + " and " + SampleSales.ID);
    }

    /** @param port 0 for any free one */
    public static SheetsStandIn start(int port) {
        // Without it each answer on a kept connection waits for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            return new SheetsStandIn(HttpServer.create(address, BACKLOG));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands in the place of {@code https://sheets.googleapis.com/}; with a slash at its end. */
    public URI root() {
        return URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
    }

    private URI tokenUri() {
        return root().resolve("token");
    }

    /** The key file of the account that every spreadsheet is shared with. */
    public String accountKey() {
        return account.keyFile(tokenUri());
    }

    public String accountEmail() {
        return account.email();
    }

    /** The key file of an account that nothing is shared with. */
    public String strangerKey() {
        return stranger.keyFile(tokenUri());
    }

    public String strangerEmail() {
        return stranger.email();
    }

    /** Whether the account exists no longer: its tokens are invalid, and it gets no others. */
    public void revokeAccount(boolean on) {
        account.revoke(on);
    }

    /** All tokens are invalid from now on; new ones may be had. */
    public void expireTokens() {
        tokens.expireAll();
    }

    /** A new spreadsheet without tabs, in the place of any with that id. */
    @CanIgnoreReturnValue
    public StandInSpreadsheet create(String id, String title, ZoneId zone) {
        StandInSpreadsheet spreadsheet = new StandInSpreadsheet(id, title, zone).share(account.email());
        api.add(spreadsheet);
        return spreadsheet;
    }

    /** In no order. */
    List<StandInSpreadsheet> spreadsheets() {
        return api.all();
    }

    public Optional<StandInSpreadsheet> find(String id) {
        return api.find(id);
    }

    /** One that there is. */
    public StandInSpreadsheet spreadsheet(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no spreadsheet " + id));
    }

    public Faults faults() {
        return faults;
    }

    /** The calls of the API since the start or {@link #forgetCalls}, in the order in which they came; without those for tokens. */
    public List<Call> calls() {
        return calls.all();
    }

    public void forgetCalls() {
        calls.clear();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
