package dev.rolewright.faults;

import dev.rolewright.ops.PackagedApp;
import java.io.IOException;
import java.util.List;

/// One packaged process with lines of its own.
///
/// @param store its line to the store
/// @param target its line to the target
record Replica(PackagedApp app, Line store, Line target) implements AutoCloseable {

    /// Holds the process still, as a debugger, a snapshot of its machine or a long pause does.
    void stop() throws Exception {
        signal("-STOP");
    }

    void goOn() throws Exception {
        signal("-CONT");
    }

    /// The lines of its log that have this in them.
    List<String> logged(String what) throws IOException {
        return app.output().lines().filter(line -> line.contains(what)).toList();
    }

    /// The lines of its log that have stack traces, without the platform's about transactions
    /// that find no store at their end.
    List<String> traces() throws IOException {
        return logged("exceptionType").stream()
                .filter(line -> !line.contains("\"loggerName\":\"com.arjuna"))
                .toList();
    }

    private void signal(String signal) throws Exception {
        Process kill = new ProcessBuilder("kill", signal, "" + app.pid()).start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("kill " + signal + " did not work");
        }
    }

    /// Ends it the way nobody can prepare for.
    @Override
    public void close() throws IOException {
        try {
            app.kill();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        store.close();
        target.close();
    }
}
