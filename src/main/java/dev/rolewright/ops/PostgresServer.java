package dev.rolewright.ops;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One PostgreSQL server on one folder, steered with the server's own programs.
///
/// It listens on a free port of the loopback address only and asks everybody for a password, unless it is told
/// otherwise.
final class PostgresServer {

    static final String USER = "rolewright";

    /// The same on every machine, and Unicode; since PostgreSQL 17.
    static final List<String> BUILTIN_LOCALE =
            List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");

    private static final int ATTEMPTS = 3;
    private static final long LOG_LIMIT = 10 << 20;

    private final Path programs;
    private final Path cluster;
    private final Path log;

    /// @param programs the unpacked binaries
    /// @param folder where the cluster, its log and the output of commands live
    PostgresServer(Path programs, Path folder) {
        this.programs = programs;
        this.cluster = folder.resolve("postgres");
        this.log = folder.resolve("postgres.log");
    }

    /// Makes the cluster, complete or not at all, unless it is there already.
    ///
    /// @param locale how texts are sorted and folded, in initdb's words
    void create(Path passwordFile, List<String> locale) throws IOException {
        if (Files.exists(cluster)) {
            return;
        }
        Path draft = cluster.resolveSibling("postgres.draft");
        PostgresBinaries.delete(draft);
        List<String> arguments = new ArrayList<>(List.of(
                "--pgdata=" + draft,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8"));
        arguments.addAll(locale);
        run("initdb", arguments);
        Files.move(draft, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Writes down who may come in, before the next start or [#reload]: everybody with a password, and whom
    /// lines in front of that let in otherwise.
    void admit(List<String> lines) throws IOException {
        Path draft = cluster.resolve("pg_hba.conf.draft");
        List<String> all = new ArrayList<>(lines);
        all.add("host all all 127.0.0.1/32 scram-sha-256");
        Files.write(draft, all);
        Files.move(draft, cluster.resolve("pg_hba.conf"), StandardCopyOption.ATOMIC_MOVE);
    }

    void reload() throws IOException {
        run("pg_ctl", List.of("reload", "--pgdata=" + cluster, "--silent"));
    }

    /// Starts the server with the given settings and returns its port.
    int start(Map<String, String> settings) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            try {
                run(
                        "pg_ctl",
                        List.of(
                                "start",
                                "--pgdata=" + cluster,
                                "--wait",
                                "--timeout=120",
                                "--silent",
                                "--log=" + log,
                                "--options=" + options(port, settings)));
                return port;
            } catch (EmbeddedStoreFailure e) {
                if (attempt == ATTEMPTS || isRunning()) { // another program may have taken the port in between
                    throw new EmbeddedStoreFailure(e.getMessage() + "; its log is " + log, e);
                }
            }
        }
    }

    /// Ends a server that outlived the process it belonged to; only for the holder of the folder's lock.
    void endOrphan() throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        if (isRunning()) {
            stop();
        } else {
            Files.deleteIfExists(pidFile); // left by a crash; its number may belong to anybody by now
        }
    }

    /// Lets the clients that are still connected go in peace for a while, then ends the server
    /// cleanly without them.
    void stopAfterClients() throws IOException {
        try {
            run("pg_ctl", List.of("stop", "--pgdata=" + cluster, "--mode=smart", "--timeout=5", "--silent"));
        } catch (EmbeddedStoreFailure _) {
            stop();
        }
    }

    void stop() throws IOException {
        run("pg_ctl", List.of("stop", "--pgdata=" + cluster, "--mode=fast", "--timeout=60", "--silent"));
    }

    /// Tells whether the process named in the pid file is a PostgreSQL server, and not a later owner of its number.
    private boolean isRunning() throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return false;
        }
        Optional<String> pid = Files.readAllLines(pidFile).stream().findFirst();
        return pid.filter(text -> text.matches("\\d+"))
                .flatMap(text -> ProcessHandle.of(Long.parseLong(text)))
                .flatMap(process -> process.info().command())
                .filter(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .isPresent();
    }

    private static String options(int port, Map<String, String> settings) {
        StringBuilder options = new StringBuilder("-p " + port);
        options.append(" -c listen_addresses=127.0.0.1 -c unix_socket_directories=");
        settings.forEach(
                (name, value) -> options.append(" -c ").append(name).append('=').append(value));
        return options.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void run(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (weAreRoot()) {
            command.addAll(List.of("unshare", "-U")); // PostgreSQL refuses to be root; in a namespace it is nobody
        }
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        // A file and no pipe: the server inherits the output and would keep a pipe open for ever.
        Path output = Files.createTempFile(cluster.getParent(), program, ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            int status = builder.start().waitFor();
            if (status != 0) {
                throw new EmbeddedStoreFailure("the embedded PostgreSQL's " + program + " ended with status " + status
                        + ": " + Files.readString(output).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedStoreFailure("the embedded PostgreSQL was interrupted", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static boolean weAreRoot() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self) && Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
    }
}
