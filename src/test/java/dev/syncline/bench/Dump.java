package dev.syncline.bench;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoCollection;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;

/** A collection's documents in a file, one after the other as BSON. */
final class Dump {
    private Dump() {}

    /** Writes all documents of a collection; returns how many. */
    static long write(MongoCollection<RawBsonDocument> collection, Path file) throws IOException {
        long count = 0;
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
            for (RawBsonDocument document : collection.find()) {
                ByteBuf bytes = document.getByteBuffer();
                out.write(bytes.array(), bytes.position(), bytes.remaining());
                count++;
            }
        }
        return count;
    }

    /** The next documents, at most so many; empty at the end. */
    static List<RawBsonDocument> next(DataInputStream in, int most) throws IOException {
        List<RawBsonDocument> documents = new ArrayList<>(most);
        while (documents.size() < most) {
            int length;
            try {
                length = Integer.reverseBytes(in.readInt());
            } catch (EOFException end) {
                break;
            }
            byte[] bytes = new byte[length];
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes[i] = (byte) (length >>> 8 * i);
            }
            in.readFully(bytes, Integer.BYTES, length - Integer.BYTES);
            documents.add(new RawBsonDocument(bytes));
        }
        return documents;
    }
}
