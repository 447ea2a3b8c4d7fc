package dev.syncline.roster;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jboss.logging.Logger;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;
import dev.syncline.roster.DeviceGrid.FilterOptions;

/** Reads devices for people, as far as they may see them; writes none. */
@Singleton
class DeviceReader {
    private static final Logger LOG = Logger.getLogger(DeviceReader.class);

    private static final int MOST_OPTIONS = 100;
    private static final int BATCH = 200;

    private final ReactiveMongoCollection<Document> devices;
    private final DeviceColumns columns;
    private final DeviceHistory history;

    DeviceReader(MongoDatabase database, DeviceColumns columns, DeviceHistory history) {
        this.devices = database.collection(RosterSync.DEVICES);
        this.columns = columns;
        this.history = history;
    }

    /** What is asked for, of which columns, and what of it the caller sees. */
    record Asked(DeviceQuery query, RosterColumns columns, Veil veil) {
        Bson filter() {
            return DeviceFilter.of(query);
        }

        DeviceView view(Document stored) {
            return DeviceView.of(stored, veil);
        }
    }

    /** One page; the last one if there are not so many. */
    Uni<DeviceGrid> page(DeviceParameters parameters, Veil veil) {
        return asked(parameters, veil)
                .chain(this::page)
                .onFailure(MongoException.class)
                .transform(failure -> refused(ErrorCode.DEVICE_GRID_QUERY_FAILED, failure));
    }

    /** All that the query selects, in its order, as fast as it is taken. */
    Multi<DeviceView> all(Asked asked) {
        return ordered(asked)
                .map(asked::view)
                .onFailure(MongoException.class)
                .transform(failure -> refused(ErrorCode.DEVICE_GRID_QUERY_FAILED, failure));
    }

    /** The request, checked against the columns that there are; {@code INVALID_FILTERS}. */
    Uni<Asked> asked(DeviceParameters parameters, Veil veil) {
        return columns.current()
                .onFailure(MongoException.class)
                .transform(failure -> refused(ErrorCode.DEVICE_GRID_QUERY_FAILED, failure))
                .map(current -> new Asked(DeviceQuery.of(parameters, current, veil), current, veil));
    }

    Uni<RosterColumns> columns() {
        return columns.current()
                .onFailure(MongoException.class)
                .transform(failure -> refused(ErrorCode.COLUMN_DEFINITIONS_FAILED, failure));
    }

    /** {@code DEVICE_ID_REQUIRED}, {@code DEVICE_NOT_FOUND}. */
    Uni<DeviceDetail> detail(String serial, Veil veil) {
        String key = serial.strip().toLowerCase(Locale.ROOT);
        if (key.isEmpty()) {
            throw new SyncException(ErrorCode.DEVICE_ID_REQUIRED, "the address names no device");
        }
        return devices.find(Filters.eq("_id", key))
                .collect()
                .first()
                .onItem()
                .ifNull()
                .failWith(() -> new SyncException(ErrorCode.DEVICE_NOT_FOUND, "there is no device of that serial"))
                .chain(stored -> detail(stored, veil))
                .onFailure(MongoException.class)
                .transform(failure -> refused(ErrorCode.DEVICE_GRID_QUERY_FAILED, failure));
    }

    private Uni<DeviceDetail> detail(Document stored, Veil veil) {
        return history.of(stored.getString("_id"), veil)
                .map(changes -> new DeviceDetail(DeviceView.of(stored, veil), changes));
    }

    private Uni<DeviceGrid> page(Asked asked) {
        return devices.countDocuments(asked.filter()).chain(total -> page(asked, total));
    }

    private Uni<DeviceGrid> page(Asked asked, long total) {
        int pageSize = asked.query().pageSize();
        int lastPage = (int) Math.max(1, (total + pageSize - 1) / pageSize);
        DeviceQuery query = asked.query().on(Math.min(asked.query().page(), lastPage));
        Asked there = new Asked(query, asked.columns(), asked.veil());
        return Uni.combine()
                .all()
                .unis(rows(there), options())
                .with((rows, options) -> new DeviceGrid(
                        query, rows.stream().map(there::view).toList(), asked.columns(), total, options));
    }

    private Uni<List<Document>> rows(Asked asked) {
        DeviceSort sort = asked.query().sort();
        int limit = asked.query().pageSize();
        int offset = asked.query().offset();
        return sort.needsTwoParts()
                ? find(sort.having(asked.filter()), sort.order(), offset, limit).chain(rows -> filledUp(asked, rows))
                : find(asked.filter(), sort.order(), offset, limit);
    }

    private Uni<List<Document>> filledUp(Asked asked, List<Document> rows) {
        DeviceSort sort = asked.query().sort();
        int room = asked.query().pageSize() - rows.size();
        if (room == 0) {
            return Uni.createFrom().item(rows);
        }
        return devices.countDocuments(sort.having(asked.filter()))
                .map(before -> (int) Math.max(0, asked.query().offset() - before))
                .chain(offset -> find(sort.lacking(asked.filter()), DeviceSort.bySerial(), offset, room))
                .map(rest -> Stream.concat(rows.stream(), rest.stream()).toList());
    }

    private Uni<List<Document>> find(Bson filter, Bson order, int offset, int limit) {
        FindOptions page =
                new FindOptions().filter(filter).sort(order).skip(offset).limit(limit);
        return devices.find(page).collect().asList();
    }

    private Multi<Document> ordered(Asked asked) {
        DeviceSort sort = asked.query().sort();
        return sort.needsTwoParts()
                ? Multi.createBy()
                        .concatenating()
                        .streams(
                                stream(sort.having(asked.filter()), sort.order()),
                                stream(sort.lacking(asked.filter()), DeviceSort.bySerial()))
                : stream(asked.filter(), sort.order());
    }

    private Multi<Document> stream(Bson filter, Bson order) {
        return devices.find(new FindOptions().filter(filter).sort(order).batchSize(BATCH));
    }

    private Uni<FilterOptions> options() {
        return Uni.combine()
                .all()
                .unis(
                        options(DeviceField.STATUS),
                        options(DeviceField.CONDITION),
                        options(DeviceField.OFFBOARDING_STATUS))
                .with(FilterOptions::new);
    }

    private Uni<List<String>> options(DeviceField field) {
        return devices.distinct(field.path(), BsonValue.class)
                .filter(BsonValue::isString)
                .map(value -> value.asString().getValue())
                .select()
                .first(MOST_OPTIONS)
                .collect()
                .asList()
                .map(found -> found.stream().sorted().toList());
    }

    static SyncException refused(ErrorCode code, Throwable failure) {
        if (DatabaseFailures.isConnectivity(failure)) {
            return DatabaseFailures.unavailable(failure);
        }
        LOG.warn("the database refused to read devices, code=" + code, failure);
        return new SyncException(code, "the database refused the query", failure);
    }
}
