package dev.rolewright.reach;

import dev.rolewright.credential.Secret;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.reach.TargetsConfig.TargetConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// How targets are reached, from the configuration.
@ApplicationScoped
class Connections {

    private final TargetsConfig targets;
    private final InstallationConfig installation;
    private final Reach.Patience patience;

    Connections(TargetsConfig targets, InstallationConfig installation, PatienceConfig config) {
        this.targets = targets;
        this.installation = installation;
        this.patience = new Reach.Patience(config.connectTimeout(), config.lockTimeout(), config.statementTimeout());
    }

    /// Empty for a target that the contract names and nobody configured.
    Optional<Reach> reach(Target target) {
        return Optional.ofNullable(targets.byName().get(target.name().value()))
                .map(config -> new Reach(
                        target, config.url(), config.username(), password(config), installation.name(), patience));
    }

    boolean knows(Target target) {
        return targets.byName().containsKey(target.name().value());
    }

    /// Where a target is, also one that no contract names.
    Optional<String> url(TargetName name) {
        return Optional.ofNullable(targets.byName().get(name.value())).map(TargetConfig::url);
    }

    private static Optional<Secret> password(TargetConfig config) {
        return config.passwordFile()
                .map(Connections::read)
                .or(() -> config.password().map(Secret::of));
    }

    private static Secret read(Path file) {
        try {
            return Secret.of(Files.readString(file).strip());
        } catch (IOException unreadable) {
            throw new EngineFailure(
                    EngineFailure.Kind.REFUSED, "The file with our password for the target cannot be read: " + file);
        }
    }
}
