package dev.syncline.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** A mail server that answers what a test says, and takes what it is not told to refuse. */
final class ScriptedSmtp implements AutoCloseable {
    private final ServerSocket entrance;
    private final Function<String, Optional<String>> script;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();

    /** @param script the answer to a command line, where it is not the usual one; {@code .} stands for the end of a mail */
    ScriptedSmtp(int port, Function<String, Optional<String>> script) {
        this.script = script;
        try {
            entrance = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        inBackground(this::accept);
    }

    /** Command lines of all connections. */
    List<String> heard() {
        return heard;
    }

    /** Mails, with their headers. */
    List<String> taken() {
        return taken;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                inBackground(() -> serve(client));
            } catch (IOException e) {
                // It is closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = client.getOutputStream();
            say(out, "220 scripted");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
                String answer = script.apply(line).orElseGet(usual(line));
                say(out, answer);
                if (answer.startsWith("354")) {
                    String mail = mail(in);
                    String end = script.apply(".").orElse("250 taken");
                    if (end.startsWith("2")) {
                        taken.add(mail);
                    }
                    say(out, end);
                }
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private static Supplier<String> usual(String line) {
        return () -> {
            if (line.startsWith("EHLO")) {
                return "250-scripted\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN";
            }
            return line.startsWith("AUTH") ? "235 welcome" : line.startsWith("DATA") ? "354 go on" : "250 fine";
        };
    }

    private static String mail(BufferedReader in) throws IOException {
        StringBuilder mail = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.append(line).append('\n');
        }
        return mail.toString();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
