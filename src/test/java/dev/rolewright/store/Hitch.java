package dev.rolewright.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/// A way to the store that fails some times at first, as nothing that is merely away does.
public final class Hitch {

    private final DataSource store;
    private final AtomicInteger left;

    public Hitch(DataSource store, int times) {
        this.store = store;
        this.left = new AtomicInteger(times);
    }

    public boolean isOver() {
        return left.get() < 0;
    }

    public DataSource line() {
        return (DataSource) Proxy.newProxyInstance(
                Hitch.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, method, arguments) -> {
                    if (method.getReturnType() == Connection.class && left.getAndDecrement() > 0) {
                        throw left.get() % 2 == 0
                                ? new IllegalStateException("only in a test")
                                : new AssertionError("only in a test");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
