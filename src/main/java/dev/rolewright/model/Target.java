package dev.rolewright.model;

import java.util.Optional;
import java.util.Set;

/// One database server whose logins we keep, as the contract describes it; how it is reached is configuration.
///
/// @param engine the product, such as `postgresql`
/// @param databases the databases whose privileges are managed; [#EVERY_DATABASE] alone means all that
/// allow connections
/// @param heir takes over the plain data of leavers; without one a leaver who owns something stays suspended
/// @param drift what to do about changes made by hand
public record Target(
        TargetName name,
        String engine,
        String environment,
        Set<String> databases,
        Optional<RoleName> heir,
        Drift drift) {

    public static final String EVERY_DATABASE = "*";

    public enum Drift {
        REVERT,
        REPORT
    }

    public Target {
        Names.check("name of an engine", engine);
        Names.check("name of an environment", environment);
        databases = Set.copyOf(databases);
        databases.forEach(database -> Names.check("database name", database));
        if (databases.isEmpty()) {
            throw new IllegalArgumentException("A target manages at least one database.");
        }
        if (databases.contains(EVERY_DATABASE) && databases.size() > 1) {
            throw new IllegalArgumentException("A target manages the databases it lists or all of them, not both.");
        }
    }

    public boolean manages(String database) {
        return databases.contains(EVERY_DATABASE) || databases.contains(database);
    }
}
