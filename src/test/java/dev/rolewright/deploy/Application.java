package dev.rolewright.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// What the application is like that is installed.
final class Application {

    /// Where it listens, unless it is told otherwise.
    static final String PORT = "8080";

    static final Set<String> PROBES = Set.of("/q/health/started", "/q/health/live", "/q/health/ready");

    static final String METRICS = "/q/metrics";

    private Application() {}

    static String pom() {
        try {
            return Files.readString(Path.of("pom.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
