package dev.rolewright.reconcile;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/// The life of one process: so many calls to the store and to targets, and then none, not even to tidy up.
final class Mortal {

    private final AtomicInteger left;

    Mortal(int calls) {
        left = new AtomicInteger(calls);
    }

    /// The end of a process. Nothing here catches it.
    static final class Death extends Error {

        private static final long serialVersionUID = 1L;

        Death() {
            super("killed", null, false, false);
        }
    }

    void breathe() {
        if (left.getAndDecrement() <= 0) {
            throw new Death();
        }
    }

    boolean isDead() {
        return left.get() < 0;
    }

    DataSource line(DataSource store) {
        return watched(DataSource.class, store, (method, answer) -> {
            if (answer instanceof Connection connection) {
                return watched(
                        Connection.class,
                        connection,
                        (_, statement) -> statement instanceof PreparedStatement prepared
                                ? watched(PreparedStatement.class, prepared, (_, same) -> same)
                                : statement);
            }
            return answer;
        });
    }

    private interface Wrap {
        Object of(String method, Object answer);
    }

    private <T> T watched(Class<T> type, T real, Wrap wrap) {
        return type.cast(Proxy.newProxyInstance(
                Mortal.class.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    if (method.getName().startsWith("execute")
                            || method.getName().equals("getConnection")) {
                        breathe();
                    }
                    try {
                        return wrap.of(method.getName(), method.invoke(real, arguments));
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }
}
