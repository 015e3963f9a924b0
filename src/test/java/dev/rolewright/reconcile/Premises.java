package dev.rolewright.reconcile;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.directory.Directory;
import dev.rolewright.directory.Snapshots;
import dev.rolewright.engine.Engine;
import dev.rolewright.engine.Engines;
import dev.rolewright.scim.schema.Catalog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;

/// What the application has put together already and every [Rig] shares, whatever its targets are.
@Singleton
class Premises {

    final DataSource store;
    final AuditTrail trail;
    final ChangeFeed feed;
    final Snapshots snapshots;
    final Catalog catalog;
    private final Directory directory;
    private final Engines engines;

    @Inject
    Premises(
            DataSource store,
            AuditTrail trail,
            ChangeFeed feed,
            Snapshots snapshots,
            Catalog catalog,
            Directory directory,
            Engines engines) {
        this.store = store;
        this.trail = trail;
        this.feed = feed;
        this.snapshots = snapshots;
        this.catalog = catalog;
        this.directory = directory;
        this.engines = engines;
    }

    /// @param targets where each is, by its name
    Rig.Site site(Engine engine, Map<String, TargetsConfig.TargetConfig> targets) {
        return new Rig.Site(store, trail, feed, snapshots, catalog, engine, targets);
    }

    Engine postgresql() {
        return engines.of("postgresql").orElseThrow();
    }

    /// An identity provider that has never pushed anything.
    Idp idp(String name) {
        int source = (int) number("INSERT INTO source (name) VALUES ('" + name + "') RETURNING id");
        return new Idp(directory, catalog, source, name);
    }

    long number(String query) {
        try (Connection connection = store.getConnection();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void run(String statement) {
        try (Connection connection = store.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
