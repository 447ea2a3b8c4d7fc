package dev.syncline.platform;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.ServiceUnavailableException;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.mutiny.Uni;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Fails in ways that no request can bring about, under addresses of two families that every role may read. */
@Path("/api/runs/broken-{how}")
@IfBuildProperty(name = "syncline.test.scripted-syncs", stringValue = "true")
public class BrokenResource {
    static final String SECRET = "s3cret-driver-text";

    @GET
    @Operation(hidden = true)
    public Uni<String> ours(@PathParam("how") String how) {
        return fail(how);
    }

    /** The same in the permits family. */
    @Path("/api/permits/broken-{how}")
    @IfBuildProperty(name = "syncline.test.scripted-syncs", stringValue = "true")
    public static class OfPermits {
        @GET
        @Operation(hidden = true)
        public Uni<String> permits(@PathParam("how") String how) {
            return fail(how);
        }
    }

    private static Uni<String> fail(String how) {
        return switch (how) {
            case "bug" -> throw new IllegalStateException(SECRET);
            case "late" -> Uni.createFrom().failure(new NullPointerException(SECRET));
            case "command" -> Uni.createFrom().failure(new MongoCommandException(refusal(), new ServerAddress()));
            case "away" -> Uni.createFrom().failure(new MongoTimeoutException(SECRET));
            case "unavailable" -> throw new ServiceUnavailableException(SECRET);
            case "write" -> throw new SyncException(ErrorCode.DATABASE_WRITE_FAILED, "a write was refused");
            default -> Uni.createFrom().item(how);
        };
    }

    private static BsonDocument refusal() {
        return new BsonDocument("ok", new BsonInt32(0))
                .append("errmsg", new BsonString(SECRET))
                .append("code", new BsonInt32(8000));
    }
}
