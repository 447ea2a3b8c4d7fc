package dev.syncline.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

import dev.syncline.platform.ErrorCode;

/** Makes of a framed value the row that it is, or says what is wrong with it. */
final class RecordReader {
    private static final int EXCERPT = 2048;

    private final RecordParser parser;
    private final FeedLimits limits;
    // Strict: Jackson lets overlong forms and lone surrogates pass.
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer scratch = CharBuffer.allocate(8192);

    RecordReader(RecordParser parser, FeedLimits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    SourceItem read(ValueFrame frame, long ordinal, String place) {
        byte[] bytes = frame.bytes();
        if (!frame.whole()) {
            String detail = "The record has " + frame.size() + " bytes; " + limits.maxRecord() + " are allowed";
            return broken(frame, ordinal, place, ErrorCode.ROW_TOO_LARGE, detail);
        }
        if (bytes[0] != '{') {
            return broken(frame, ordinal, place, ErrorCode.ROW_NOT_OBJECT, "The record is " + kind(bytes[0]));
        }
        if (!frame.ascii() && !isUtf8(bytes)) {
            return broken(frame, ordinal, place, ErrorCode.ROW_ENCODING, "The record is not valid UTF-8");
        }
        try {
            return new SourceRow(ordinal, place, parser.parse(bytes), bytes);
        } catch (StreamConstraintsException e) {
            return broken(frame, ordinal, place, ErrorCode.ROW_MALFORMED, "The record " + excess());
        } catch (JsonProcessingException e) {
            return broken(frame, ordinal, place, ErrorCode.ROW_MALFORMED, "Not well-formed" + whereIn(e));
        } catch (ArithmeticException | NumberFormatException e) {
            return broken(frame, ordinal, place, ErrorCode.ROW_MALFORMED, "A number is out of range");
        } catch (IOException e) {
            return broken(frame, ordinal, place, ErrorCode.ROW_MALFORMED, "Not well-formed");
        }
    }

    private String excess() {
        return "is nested deeper than " + limits.maxDepth() + " levels or holds a number of more than 1000 digits";
    }

    /** Jackson's own words may quote the record, so only its position is taken. */
    private static String whereIn(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " at byte " + e.getLocation().getByteOffset() + " of the record";
    }

    private static String kind(byte first) {
        return switch (first) {
            case '[' -> "a list";
            case '"' -> "a text";
            case 't', 'f' -> "true or false";
            case 'n' -> "null";
            default -> "a number";
        };
    }

    private boolean isUtf8(byte[] bytes) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        utf8.reset();
        while (true) {
            scratch.clear();
            var result = utf8.decode(rest, scratch, true);
            if (!result.isOverflow()) {
                return !result.isError();
            }
        }
    }

    private static SourceItem broken(ValueFrame frame, long ordinal, String place, ErrorCode code, String detail) {
        byte[] raw = frame.bytes();
        byte[] head = raw.length > EXCERPT ? Arrays.copyOf(raw, EXCERPT) : raw;
        return new BrokenRow(ordinal, place, code, detail, head);
    }
}
