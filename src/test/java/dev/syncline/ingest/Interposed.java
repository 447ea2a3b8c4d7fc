package dev.syncline.ingest;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import org.bson.Document;

/**
 * A real collection between whose calls a test comes in: to write as somebody else would, or to die there. What the test
 * does is told the number of the call, from 1.
 */
public final class Interposed {
    private final ReactiveMongoCollection<Document> real;
    private IntConsumer beforeWrite = call -> {};
    private IntConsumer afterWrite = call -> {};
    private int writes;

    private Interposed(ReactiveMongoCollection<Document> real) {
        this.real = real;
    }

    public static Interposed on(ReactiveMongoCollection<Document> real) {
        return new Interposed(real);
    }

    public Interposed beforeWrite(IntConsumer action) {
        beforeWrite = action;
        return this;
    }

    public Interposed afterWrite(IntConsumer action) {
        afterWrite = action;
        return this;
    }

    @SuppressWarnings("unchecked")
    public RowCollection rows() {
        ReactiveMongoCollection<Document> between = (ReactiveMongoCollection<Document>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ReactiveMongoCollection.class}, this::call);
        return new RowCollection(between, 500);
    }

    private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (!method.getName().equals("bulkWrite")) {
            return passOn(method, arguments);
        }
        int call = ++writes;
        Uni<?> write = (Uni<?>) passOn(method, arguments);
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(() -> beforeWrite.accept(call))
                .chain(() -> write)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(() -> afterWrite.accept(call));
    }

    private Object passOn(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
