package dev.syncline.notify;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.syncline.TcpLine;

/** Where a line breaks in the middle of sending a mail. */
enum BrokenDialogue {
    BEFORE_DATA,
    IN_DATA,
    AFTER_THE_LAST_DOT;

    private static final String DATA = "DATA\r\n";
    private static final String END = "\r\n.\r\n";

    /** Breaks the first connections so, and leaves the later ones whole. */
    Supplier<TcpLine.Tap> first(int connections) {
        AtomicInteger left = new AtomicInteger(connections);
        return () -> left.getAndDecrement() > 0 ? new Breaking() : (chunk, size, isRequest) -> size;
    }

    private final class Breaking implements TcpLine.Tap {
        private final StringBuilder said = new StringBuilder();

        @Override
        public synchronized int pass(byte[] chunk, int size, boolean isRequest) {
            String before = said.toString();
            if (!isRequest) {
                return BrokenDialogue.this == AFTER_THE_LAST_DOT && before.endsWith(END) ? 0 : size;
            }
            String piece = new String(chunk, 0, size, StandardCharsets.ISO_8859_1);
            said.append(piece);
            return switch (BrokenDialogue.this) {
                case BEFORE_DATA -> piece.endsWith(DATA) ? 0 : size;
                case IN_DATA -> before.endsWith(DATA) ? size / 2 : size;
                case AFTER_THE_LAST_DOT -> size;
            };
        }
    }
}
