package dev.rolewright.amendment;

import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Finding;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The tables of versions, activations and readers. A statement is a transaction by itself unless the caller has one.
@ApplicationScoped
class ContractStore {

    private static final long CHANGING = 0x636F6E7472616374L;

    private static final String ACTIVATION = "SELECT id, number, at, origin FROM contract_activation ";
    private static final String VERSION = "SELECT number, digest, findings, origin, read FROM contract_version ";

    /// How long ago a replica that lives may have said so last.
    private static final String LIVES = " seen > now() - interval '30 seconds' ";

    private final Store store;

    ContractStore(Store store) {
        this.store = store;
    }

    /// Lets one transaction at a time, over all replicas, change what holds.
    void waitForTurn() {
        store.waitForTurn(CHANGING);
    }

    Optional<Activation> newest() {
        return store.first(ACTIVATION + "ORDER BY id DESC LIMIT 1", ContractStore::activation);
    }

    Optional<Long> number(String digest) {
        return store.first("SELECT number FROM contract_version WHERE digest = ?", row -> row.getLong(1), digest);
    }

    /// A new version with the next number.
    long keep(Contract contract, Offer offer, List<Finding> findings) {
        long number = store.all(
                        "INSERT INTO contract_version (number, digest, findings, origin)"
                                + " SELECT coalesce(max(number), 0) + 1, ?, ?::json, ? FROM contract_version"
                                + " RETURNING number",
                        row -> row.getLong(1),
                        contract.digest(),
                        FindingsJson.write(findings),
                        offer.origin())
                .getFirst();
        offer.files()
                .forEach(file -> store.run(
                        "INSERT INTO contract_file (number, name, text) VALUES (?, ?, ?)",
                        number,
                        file.name(),
                        file.text()));
        return number;
    }

    /// @param stood whether a replica goes on to stand behind it
    void activate(long number, String origin, boolean stood) {
        store.run("INSERT INTO contract_activation (number, origin, stood) VALUES (?, ?, ?)", number, origin, stood);
    }

    /// Whether the files of a replica made it hold, which therefore goes on to stand behind it.
    boolean isByFiles(Activation activation) {
        return store.all(
                        "SELECT stood FROM contract_activation WHERE id = ?", row -> row.getBoolean(1), activation.id())
                .getFirst();
    }

    /// The replicas but one that stand behind a version, and those whose files cannot be read, so that nobody knows
    /// what they stand behind; with when they said so last.
    Map<UUID, Instant> backers(long number, UUID exceptBy) {
        Map<UUID, Instant> backers = new HashMap<>();
        store.all(
                "SELECT replica, seen FROM contract_reader WHERE (number = ? OR number IS NULL) AND replica <> ?",
                row -> backers.put(row.getObject(1, UUID.class), Store.instant(row, 2)),
                number,
                exceptBy);
        return backers;
    }

    List<SourceFile> files(long number) {
        return store.all(
                "SELECT name, text FROM contract_file WHERE number = ? ORDER BY name",
                row -> new SourceFile(row.getString(1), row.getString(2)),
                number);
    }

    Optional<ContractVersion> version(long number) {
        return store.first(VERSION + "WHERE number = ?", this::version, number);
    }

    /// The newest versions before a number.
    List<ContractVersion> versions(long before, int limit) {
        return store.all(VERSION + "WHERE number < ? ORDER BY number DESC LIMIT ?", this::version, before, limit);
    }

    void report(FilesReading reading) {
        store.run(
                "INSERT INTO contract_reader (replica, origin, number, findings, since)"
                        + " VALUES (?, ?, ?, ?::json, ?) ON CONFLICT (replica) DO UPDATE SET origin = excluded.origin,"
                        + " number = excluded.number, findings = excluded.findings, since = excluded.since, seen = now()",
                reading.replica(),
                reading.origin(),
                reading.number().orElse(null),
                FindingsJson.write(reading.findings()),
                reading.since());
        store.run("DELETE FROM contract_reader WHERE seen < now() - interval '1 day'");
    }

    /// Says that a replica still finds what it reported; false when the store does not know it any more.
    boolean renew(UUID replica) {
        return store.run("UPDATE contract_reader SET seen = now() WHERE replica = ?", replica) == 1;
    }

    void forget(UUID replica) {
        store.run("DELETE FROM contract_reader WHERE replica = ?", replica);
    }

    /// Of the replicas that live.
    List<FilesReading> readings() {
        return store.all(
                "SELECT replica, origin, number, findings, since FROM contract_reader WHERE " + LIVES
                        + " ORDER BY since DESC, replica",
                row -> new FilesReading(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        Store.number(row, 3),
                        FindingsJson.read(row.getString(4)),
                        Store.instant(row, 5)));
    }

    private ContractVersion version(ResultSet row) throws SQLException {
        long number = row.getLong(1);
        return new ContractVersion(
                number,
                row.getString(2),
                FindingsJson.read(row.getString(3)),
                row.getString(4),
                Store.instant(row, 5),
                store.all(
                        ACTIVATION + "WHERE number = ? ORDER BY id DESC LIMIT 100", ContractStore::activation, number));
    }

    private static Activation activation(ResultSet row) throws SQLException {
        return new Activation(row.getLong(1), row.getLong(2), Store.instant(row, 3), row.getString(4));
    }
}
