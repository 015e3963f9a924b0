package dev.rolewright.amendment;

import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Finding;
import dev.rolewright.contract.SourceFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The tables of versions, activations and readers. A statement is a transaction by itself unless the caller has one.
@ApplicationScoped
class ContractStore {

    /// Of the key of an advisory lock, which is any number that nobody else uses.
    private static final long LOCK = 0x636F6E7472616374L;

    private static final String ACTIVATION = "SELECT id, number, at, origin FROM contract_activation ";
    private static final String VERSION = "SELECT number, digest, findings, origin, read FROM contract_version ";

    /// How long ago a replica that lives may have said so last.
    private static final String LIVES = " seen > now() - interval '30 seconds' ";

    private final DataSource store;

    ContractStore(DataSource store) {
        this.store = store;
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Lets one transaction at a time, over all replicas, change what holds.
    void waitForTurn() {
        query("SELECT pg_advisory_xact_lock(?)", row -> true, LOCK);
    }

    Optional<Activation> newest() {
        return query(ACTIVATION + "ORDER BY id DESC LIMIT 1", ContractStore::activation).stream()
                .findFirst();
    }

    Optional<Long> number(String digest) {
        return query("SELECT number FROM contract_version WHERE digest = ?", row -> row.getLong(1), digest).stream()
                .findFirst();
    }

    /// A new version with the next number.
    long keep(Contract contract, Offer offer, List<Finding> findings) {
        long number = query(
                        "INSERT INTO contract_version (number, digest, findings, origin)"
                                + " SELECT coalesce(max(number), 0) + 1, ?, ?::json, ? FROM contract_version"
                                + " RETURNING number",
                        row -> row.getLong(1),
                        contract.digest(),
                        FindingsJson.write(findings),
                        offer.origin())
                .getFirst();
        offer.files()
                .forEach(file -> update(
                        "INSERT INTO contract_file (number, name, text) VALUES (?, ?, ?)",
                        number,
                        file.name(),
                        file.text()));
        return number;
    }

    /// @param stood whether a replica goes on to stand behind it
    void activate(long number, String origin, boolean stood) {
        update("INSERT INTO contract_activation (number, origin, stood) VALUES (?, ?, ?)", number, origin, stood);
    }

    /// Whether the files of a replica made it hold, which therefore goes on to stand behind it.
    boolean isByFiles(Activation activation) {
        return query("SELECT stood FROM contract_activation WHERE id = ?", row -> row.getBoolean(1), activation.id())
                .getFirst();
    }

    /// The replicas but one that stand behind a version, and those whose files cannot be read, so that nobody knows
    /// what they stand behind; with when they said so last.
    Map<UUID, Instant> backers(long number, UUID exceptBy) {
        Map<UUID, Instant> backers = new HashMap<>();
        query(
                "SELECT replica, seen FROM contract_reader WHERE (number = ? OR number IS NULL) AND replica <> ?",
                row -> backers.put(row.getObject(1, UUID.class), time(row, 2)),
                number,
                exceptBy);
        return backers;
    }

    List<SourceFile> files(long number) {
        return query(
                "SELECT name, text FROM contract_file WHERE number = ? ORDER BY name",
                row -> new SourceFile(row.getString(1), row.getString(2)),
                number);
    }

    Optional<ContractVersion> version(long number) {
        return query(VERSION + "WHERE number = ?", this::version, number).stream()
                .findFirst();
    }

    /// The newest versions before a number.
    List<ContractVersion> versions(long before, int limit) {
        return query(VERSION + "WHERE number < ? ORDER BY number DESC LIMIT ?", this::version, before, limit);
    }

    void report(FilesReading reading) {
        update(
                "INSERT INTO contract_reader (replica, origin, number, findings, since)"
                        + " VALUES (?, ?, ?, ?::json, ?) ON CONFLICT (replica) DO UPDATE SET origin = excluded.origin,"
                        + " number = excluded.number, findings = excluded.findings, since = excluded.since, seen = now()",
                reading.replica(),
                reading.origin(),
                reading.number().orElse(null),
                FindingsJson.write(reading.findings()),
                reading.since().atOffset(ZoneOffset.UTC));
        update("DELETE FROM contract_reader WHERE seen < now() - interval '1 day'");
    }

    /// Says that a replica still finds what it reported; false when the store does not know it any more.
    boolean renew(UUID replica) {
        return update("UPDATE contract_reader SET seen = now() WHERE replica = ?", replica) == 1;
    }

    void forget(UUID replica) {
        update("DELETE FROM contract_reader WHERE replica = ?", replica);
    }

    /// Of the replicas that live.
    List<FilesReading> readings() {
        return query(
                "SELECT replica, origin, number, findings, since FROM contract_reader WHERE " + LIVES
                        + " ORDER BY since DESC, replica",
                row -> new FilesReading(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        Optional.ofNullable(row.getObject(3, Long.class)),
                        FindingsJson.read(row.getString(4)),
                        time(row, 5)));
    }

    private ContractVersion version(ResultSet row) throws SQLException {
        long number = row.getLong(1);
        return new ContractVersion(
                number,
                row.getString(2),
                FindingsJson.read(row.getString(3)),
                row.getString(4),
                time(row, 5),
                query(ACTIVATION + "WHERE number = ? ORDER BY id DESC LIMIT 100", ContractStore::activation, number));
    }

    private static Activation activation(ResultSet row) throws SQLException {
        return new Activation(row.getLong(1), row.getLong(2), time(row, 3), row.getString(4));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private <T> List<T> query(String sql, Row<T> row, @Nullable Object... values) {
        try (Connection connection = store.getConnection();
                PreparedStatement statement = prepared(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> answer = new ArrayList<>();
            while (rows.next()) {
                answer.add(row.read(rows));
            }
            return answer;
        } catch (SQLException e) {
            throw new IllegalStateException("the versions of the contract could not be read or kept", e);
        }
    }

    private int update(String sql, @Nullable Object... values) {
        try (Connection connection = store.getConnection();
                PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the versions of the contract could not be kept", e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
