package dev.rolewright.ops;

import dev.rolewright.Patience;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The packaged application as a process of its own.
public final class PackagedApp implements AutoCloseable {

    private static final long PATIENCE = Patience.LONG.toSeconds();

    /// No system gives these to whoever asks for just any port, so that nobody has it before the application does.
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 10_000;

    /// Two JVMs begin at different ones.
    private static final AtomicLong NEXT =
            new AtomicLong(ProcessHandle.current().pid() * 89);

    private final Process process;
    private final Path output;
    private final int port;

    private PackagedApp(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /// Starts it on a free port, with no configuration but the given environment.
    ///
    /// @param runAs what to put in front of the command, nothing to run as the user of the test
    public static PackagedApp start(Path folder, Map<String, String> environment, String... runAs) throws IOException {
        int port = freePort();
        Path output = Files.createTempFile(folder, "output", ".log");
        List<String> command = new ArrayList<>(List.of(runAs));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-jar");
        command.add(System.getProperty("rolewright.jar"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("ROLEWRIGHT_"));
        builder.environment().put("QUARKUS_HTTP_PORT", "" + port);
        builder.environment().putAll(environment);
        return new PackagedApp(builder.start(), output, port);
    }

    /// Waits until it answers that it is up.
    public PackagedApp untilUp() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (!isUp()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the application does not come up:\n" + output());
            }
            Thread.sleep(50);
        }
        return this;
    }

    boolean isUp() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health"))
                .timeout(Patience.LONG)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false; // not listening yet
        }
    }

    /// Waits for its end and gives its exit status.
    public int status() throws InterruptedException {
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the application does not end");
        }
        return process.exitValue();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public String output() throws IOException {
        return Files.readString(output);
    }

    /// Asks it to end, as an operator does, and waits for nothing.
    public void end() {
        process.destroy();
    }

    /// Ends it the way nobody can prepare for.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        end();
        status();
    }

    private static int freePort() {
        while (true) {
            int port = FIRST_PORT + (int) (NEXT.getAndIncrement() % PORTS);
            try (ServerSocket _ = new ServerSocket(port)) {
                return port;
            } catch (IOException _) {
                // It is somebody's.
            }
        }
    }
}
