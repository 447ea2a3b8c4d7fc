package dev.syncline.platform;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** A real database before whose calls a test comes in: to write as somebody else would, or to fail them. */
public final class WatchedDatabase extends MongoDatabase {
    /** Called before each call, on a worker; what it throws is the call's failure. */
    public interface Watch {
        void before(String collection, String call);
    }

    private final Watch watch;

    WatchedDatabase(ReactiveMongoClient client, String name, Watch watch) {
        super(client, name);
        this.watch = watch;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> ReactiveMongoCollection<T> collection(String collection, Class<T> type) {
        ReactiveMongoCollection<T> real = super.collection(collection, type);
        return (ReactiveMongoCollection<T>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ReactiveMongoCollection.class},
                (proxy, method, arguments) -> watched(collection, method, passOn(real, method, arguments)));
    }

    private Object watched(String collection, Method method, Object call) {
        if (call instanceof Uni<?> uni) {
            return before(collection, method).chain(() -> uni);
        }
        if (call instanceof Multi<?> multi) {
            return before(collection, method).onItem().transformToMulti(x -> multi);
        }
        return call;
    }

    private Uni<Void> before(String collection, Method method) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(() -> watch.before(collection, method.getName()));
    }

    private static Object passOn(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
