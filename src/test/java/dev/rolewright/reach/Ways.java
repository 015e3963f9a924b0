package dev.rolewright.reach;

import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Engine;
import dev.rolewright.engine.Engines;
import dev.rolewright.engine.Reach;
import dev.rolewright.reach.TargetsConfig.TargetConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Ways to targets that nobody configured.
public final class Ways {

    private Ways() {}

    /// What opens sessions for a process that was put together by hand.
    public static Sessions by(Engine engine, TargetsConfig targets) {
        PatienceConfig patience = new PatienceConfig() {
            @Override
            public Duration connectTimeout() {
                return Duration.ofSeconds(5);
            }

            @Override
            public Duration lockTimeout() {
                return Duration.ofSeconds(1);
            }

            @Override
            public Duration statementTimeout() {
                return Duration.ofSeconds(10);
            }
        };
        return new Sessions(new Engines(List.of(engine)), new Connections(targets, () -> "rolewright", patience));
    }

    public static TargetConfig at(String url) {
        return at(url, "connector", Optional.empty(), Optional.empty());
    }

    public static TargetConfig at(Reach reach) {
        return at(reach.url(), reach.user(), reach.password().map(Secret::reveal), Optional.empty());
    }

    /// @param file with the password
    public static TargetConfig at(Reach reach, String url, Path file) {
        return at(url, reach.user(), Optional.empty(), Optional.of(file));
    }

    private static TargetConfig at(String url, String user, Optional<String> secret, Optional<Path> file) {
        return new TargetConfig() {
            @Override
            public String url() {
                return url;
            }

            @Override
            public String username() {
                return user;
            }

            @Override
            public Optional<String> password() {
                return secret;
            }

            @Override
            public Optional<Path> passwordFile() {
                return file;
            }
        };
    }
}
