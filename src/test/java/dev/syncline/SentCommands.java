package dev.syncline;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import org.bson.BsonDocument;

/** What the application under test sends to its database; Quarkus finds it and hands it to each client. */
public class SentCommands implements CommandListener {
    private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify");
    private static final List<BsonDocument> SENT = new CopyOnWriteArrayList<>();
    private static volatile boolean recording;

    /** Writes to a collection while {@code work} runs. */
    public static List<BsonDocument> writesTo(String collection, Runnable work) {
        SENT.clear();
        recording = true;
        try {
            work.run();
        } finally {
            recording = false;
        }
        return SENT.stream()
                .filter(command -> WRITES.contains(command.getFirstKey()))
                .filter(command ->
                        command.getString(command.getFirstKey()).getValue().equals(collection))
                .toList();
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (recording) {
            SENT.add(event.getCommand().clone());
        }
    }
}
