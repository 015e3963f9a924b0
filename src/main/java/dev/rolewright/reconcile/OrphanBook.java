package dev.rolewright.reconcile;

import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.Orphan.Kind;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the last round wrote down: how many orphans there are, and since when those are known that tell no age.
@ApplicationScoped
class OrphanBook {

    /// Whose age nobody else knows.
    private static final List<Kind> DATED = List.of(Kind.STRANGERS_LOGIN, Kind.OWNER_GONE);

    private final Store store;

    OrphanBook(Store store) {
        this.store = store;
    }

    private record Seen(String key, Instant since) {}

    /// Whether a round is due, and this process is the one to make it; if it dies meanwhile, another one soon will.
    boolean claim() {
        return store.run("UPDATE orphan_round SET due = now() + interval '30 minutes' WHERE due <= now()") > 0;
    }

    Map<String, Instant> seen(Kind kind) {
        return store
                .all(
                        "SELECT key, since FROM orphan_seen WHERE kind = ?",
                        row -> new Seen(row.getString(1), Store.instant(row, 2)),
                        Store.word(kind))
                .stream()
                .collect(Collectors.toMap(Seen::key, Seen::since));
    }

    /// Keeps what a round found. The next is due in about a day, not at the same time everywhere.
    void keep(Orphans.Found found) {
        store.together(() -> {
            DATED.forEach(kind -> date(kind, found));
            Arrays.stream(Kind.values())
                    .forEach(kind -> store.run(
                            "INSERT INTO orphan_count (kind, n) VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET n = excluded.n",
                            Store.word(kind),
                            DATED.contains(kind) ? dated(kind) : found.counts().get(kind)));
            store.run("UPDATE orphan_round SET due = now() + interval '23 hours' + random() * interval '2 hours'");
        });
    }

    /// Empty before the first round.
    Optional<Long> count(Kind kind) {
        return store.first("SELECT n FROM orphan_count WHERE kind = ?", row -> row.getLong(1), Store.word(kind));
    }

    /// What is on a target that could not be asked is still there, as far as anybody knows.
    private void date(Kind kind, Orphans.Found found) {
        String[] keys = found.items().stream()
                .filter(orphan -> orphan.kind() == kind)
                .map(Orphan::key)
                .toArray(String[]::new);
        store.run(
                "DELETE FROM orphan_seen WHERE kind = ? AND NOT key = ANY (?) AND NOT split_part(key, '/', 1) = ANY (?)",
                Store.word(kind),
                keys,
                found.away().stream()
                        .map(Orphans.Away::target)
                        .map(TargetName::value)
                        .toArray(String[]::new));
        store.run(
                "INSERT INTO orphan_seen (kind, key, since) SELECT ?, key, ? FROM unnest(?) t (key)"
                        + " ON CONFLICT DO NOTHING",
                Store.word(kind),
                found.at(),
                keys);
    }

    private long dated(Kind kind) {
        return store.first("SELECT count(*) FROM orphan_seen WHERE kind = ?", row -> row.getLong(1), Store.word(kind))
                .orElseThrow();
    }
}
