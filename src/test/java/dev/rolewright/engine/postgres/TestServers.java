package dev.rolewright.engine.postgres;

import dev.rolewright.ops.TargetServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// The PostgreSQL versions we claim, each as a real server that starts when it is first asked for. A test that takes
/// one as its parameter runs on all of them:
///
/// ```java
/// @ParameterizedTest
/// @EnumSource
/// void dropsNothingOfOthers(TestServers server) throws SQLException {
///     try (Scene scene = Scene.on(server)) { … }
/// }
/// ```
public enum TestServers {
    V14(14),
    V15(15),
    V16(16),
    V17(17),
    V18(18);

    private final int major;

    TestServers(int major) {
        this.major = major;
    }

    public int major() {
        return major;
    }

    /// Whether a membership has options and remembers who gave it.
    public boolean keepsGrantors() {
        return major >= 16;
    }

    public String jdbcUrl(String database) {
        String url = TargetServer.jdbcUrl(major);
        return url.substring(0, url.lastIndexOf('/') + 1) + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /// The name of the bootstrap superuser.
    public static String administrator() {
        return TargetServer.user();
    }

    /// A new connection as the bootstrap superuser.
    public Connection administrator(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), administrator(), TargetServer.password(major));
    }

    @Override
    public String toString() {
        return "PostgreSQL " + major;
    }
}
