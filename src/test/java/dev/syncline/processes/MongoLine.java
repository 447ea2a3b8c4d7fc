package dev.syncline.processes;

import com.mongodb.ConnectionString;

import dev.syncline.TcpLine;

/** The line from one process to the database. */
final class MongoLine extends TcpLine {
    private final ConnectionString database;

    MongoLine(String connectionString) {
        this(new ConnectionString(connectionString));
    }

    private MongoLine(ConnectionString database) {
        super(host(database), port(database));
        this.database = database;
    }

    private static String host(ConnectionString database) {
        return database.getHosts().get(0).split(":")[0];
    }

    private static int port(ConnectionString database) {
        String[] address = database.getHosts().get(0).split(":");
        return address.length == 1 ? 27017 : Integer.parseInt(address[1]);
    }

    /** What a process has to connect to. */
    String connectionString() {
        String here = database.getConnectionString().replace(database.getHosts().get(0), "127.0.0.1:" + port());
        if (here.contains("directConnection=")) {
            return here;
        }
        return here + (here.contains("?") ? "&" : here.endsWith("/") ? "?" : "/?") + "directConnection=true";
    }
}
