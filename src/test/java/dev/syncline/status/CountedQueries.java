package dev.syncline.status;

import java.util.concurrent.atomic.AtomicLong;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;

/** Counts what the application under test asks its database; Quarkus adds every listener that it finds to its clients. */
public class CountedQueries implements CommandListener {
    private static final AtomicLong FINDS = new AtomicLong();

    static long findsSinceLastAsked() {
        return FINDS.getAndSet(0);
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (event.getCommandName().equals("find")) {
            FINDS.incrementAndGet();
        }
    }
}
