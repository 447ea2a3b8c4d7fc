package dev.syncline.roster;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import org.bson.BsonDocument;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("S0, endpoints: a refusal of the database has a code of its own, its absence the common one")
class DeviceReaderTest {
    @Test
    void tellsARefusalFromAnAbsence() {
        MongoCommandException refusal = new MongoCommandException(
                BsonDocument.parse("{ok: 0, code: 96, errmsg: 'Sort exceeded memory limit of secret-host'}"),
                new ServerAddress());

        SyncException refused = DeviceReader.refused(ErrorCode.DEVICE_GRID_QUERY_FAILED, refusal);
        SyncException away =
                DeviceReader.refused(ErrorCode.DEVICE_GRID_QUERY_FAILED, new MongoTimeoutException("no server"));

        assertThat(refused.code()).isEqualTo(ErrorCode.DEVICE_GRID_QUERY_FAILED);
        assertThat(refused.detail()).isEqualTo("the database refused the query");
        assertThat(refused).hasCause(refusal);
        assertThat(away.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
    }
}
