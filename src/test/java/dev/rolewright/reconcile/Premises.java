package dev.rolewright.reconcile;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.amendment.Offer;
import dev.rolewright.audit.AuditLog;
import dev.rolewright.audit.AuditTrail;
import dev.rolewright.contract.Reading;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.directory.Directory;
import dev.rolewright.directory.Snapshots;
import dev.rolewright.engine.Engine;
import dev.rolewright.engine.Engines;
import dev.rolewright.reach.TargetsConfig;
import dev.rolewright.reconcile.hold.HoldRig.Leavers;
import dev.rolewright.scim.schema.Catalog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/// What the application has put together already and every [Rig] shares, whatever its targets are.
@Singleton
public class Premises {

    final DataSource store;
    final AuditTrail trail;
    final ChangeFeed feed;
    final Snapshots snapshots;
    private final Leavers leavers;
    final Catalog catalog;
    final Contracts contracts;
    final AuditLog log;
    private final Directory directory;
    private final Engines engines;

    @Inject
    Premises(
            DataSource store,
            AuditTrail trail,
            ChangeFeed feed,
            Snapshots snapshots,
            Leavers leavers,
            Catalog catalog,
            Contracts contracts,
            AuditLog log,
            Directory directory,
            Engines engines) {
        this.store = store;
        this.trail = trail;
        this.feed = feed;
        this.snapshots = snapshots;
        this.leavers = leavers;
        this.catalog = catalog;
        this.contracts = contracts;
        this.log = log;
        this.directory = directory;
        this.engines = engines;
    }

    /// @param targets where each is, by its name
    public Rig.Site site(Engine engine, Map<String, TargetsConfig.TargetConfig> targets) {
        return new Rig.Site(store, trail, feed, snapshots, leavers, catalog, engine, targets);
    }

    Engine postgresql() {
        return engines.of("postgresql").orElseThrow();
    }

    /// An identity provider that has never pushed anything.
    Idp idp(String name) {
        int source = (int) number("INSERT INTO source (name) VALUES ('" + name + "') RETURNING id");
        return new Idp(directory, catalog, source, name);
    }

    /// Lets a contract hold.
    public void follow(String contract) {
        Reading reading = contracts.offer(new Offer(List.of(new SourceFile("contract.yaml", contract)), "a test"));
        assertThat(reading.contract()).as("%s", reading.findings()).isPresent();
    }

    /// Takes their targets from the loops that reconcile in this process, and waits for the passes under way.
    /// Else one would make the logins of this test on the server that the next begins with.
    public void close() {
        forgetContracts(); // beside one that holds, none is sound that leaves its targets out
        follow("""
                contract: 1
                environments: {test: {}}
                targets:
                  nowhere: {engine: postgresql, environment: test, databases: [nowhere], drift: revert}
                roles:
                  reader: {kind: read-only, purpose: p, owner: us, target: nowhere}
                lifecycle: {login: "{userName.local}", grace: P30D, credentials: external}
                """);
        await().until(() -> number("SELECT count(*) FROM target_state WHERE lease_until > now()") == 0);
        forgetContracts();
    }

    private void forgetContracts() {
        run("TRUNCATE contract_reader, contract_activation, contract_file, contract_version");
    }

    public long number(String query) {
        try (Connection connection = store.getConnection();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> texts(String query) {
        List<String> texts = new ArrayList<>();
        try (Connection connection = store.getConnection();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            while (row.next()) {
                texts.add(String.valueOf(row.getString(1)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return texts;
    }

    public void run(String statement) {
        try (Connection connection = store.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
