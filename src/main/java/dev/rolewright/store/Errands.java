package dev.rolewright.store;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// What is found out at the same time, each on a thread of its own. All of it is over when this is closed.
public final class Errands implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @return waits for what is found, or fails as the errand did
    public <T> Supplier<T> send(Callable<T> errand) {
        Future<T> answer = threads.submit(errand);
        return () -> read(answer);
    }

    @Override
    public void close() {
        threads.close();
    }

    private static <T> T read(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw failed.getCause() instanceof RuntimeException known ? known : new IllegalStateException(failed);
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("told to stop while something was found out", told);
        }
    }
}
