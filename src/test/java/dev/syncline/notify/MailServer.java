package dev.syncline.notify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import dev.syncline.TcpLine;

/** A real mail server behind a line that a test disturbs. */
public final class MailServer implements AutoCloseable {
    private static final String HERE = "127.0.0.1";

    private final GreenMail server = new GreenMail(new ServerSetup(0, HERE, ServerSetup.PROTOCOL_SMTP).dynamicPort());
    private final TcpLine line;

    /** @param port where the line begins; 0 for any that is free */
    public MailServer(int port) {
        server.start();
        line = new TcpLine(HERE, server.getSmtp().getPort(), port);
    }

    /** Who sends here shows this. */
    public void expects(String user, String password) {
        server.setUser(user + "@example.org", user, password);
    }

    public TcpLine line() {
        return line;
    }

    /** All that has arrived, in its order. */
    public List<Mail> mails() {
        return Stream.of(server.getReceivedMessages()).map(Mail::of).toList();
    }

    public List<Mail> mailsTo(String recipient) {
        return mails().stream().filter(mail -> mail.to().equals(recipient)).toList();
    }

    @Override
    public void close() {
        line.close();
        server.stop();
    }

    /** A mail as it arrived. */
    public record Mail(String to, String subject, String text, String messageId, List<String> headers) {
        static Mail of(MimeMessage message) {
            try {
                return new Mail(
                        message.getHeader("To", null),
                        message.getSubject(),
                        message.getContent().toString(),
                        message.getMessageID(),
                        Collections.list(message.getAllHeaderLines()));
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
