package dev.rolewright.orphan;

import dev.rolewright.model.TargetName;
import dev.rolewright.orphan.Orphan.Key;
import dev.rolewright.orphan.Orphan.Kind;
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

    /// What is on a target that could not be asked is still there, as far as anybody knows.
    private static final String FORGET = """
            DELETE FROM orphan_seen s WHERE kind = ? AND NOT target = ANY (?)
            AND NOT EXISTS (SELECT FROM unnest(?, ?) t (target, name) WHERE t.target = s.target AND t.name = s.name)""";

    private static final String SEE = "INSERT INTO orphan_seen (kind, since, target, name)"
            + " SELECT ?, ?, target, name FROM unnest(?, ?) t (target, name) ON CONFLICT DO NOTHING";

    private final Store store;

    OrphanBook(Store store) {
        this.store = store;
    }

    private record Seen(Key key, Instant since) {}

    /// Whether a round is due, and this process is the one to make it; if it dies meanwhile, another one soon will.
    boolean claim() {
        return store.run("UPDATE orphan_round SET due = now() + interval '30 minutes' WHERE due <= now()") > 0;
    }

    /// @param target whose orphans are asked for; empty for those that are on none
    Map<Key, Instant> seen(Kind kind, Optional<TargetName> target) {
        return store
                .all(
                        "SELECT name, since FROM orphan_seen WHERE kind = ? AND target = ?",
                        row -> new Seen(new Key(target, row.getString(1)), Store.instant(row, 2)),
                        Store.word(kind),
                        place(target))
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

    private void date(Kind kind, Orphans.Found found) {
        List<Key> keys = found.items().stream()
                .filter(orphan -> orphan.kind() == kind)
                .map(Orphan::key)
                .toList();
        String[] targets = keys.stream().map(key -> place(key.target())).toArray(String[]::new);
        String[] names = keys.stream().map(Key::name).toArray(String[]::new);
        store.run(
                FORGET,
                Store.word(kind),
                found.away().stream().map(away -> away.target().value()).toArray(String[]::new),
                targets,
                names);
        store.run(SEE, Store.word(kind), found.at(), targets, names);
    }

    private long dated(Kind kind) {
        return store.first("SELECT count(*) FROM orphan_seen WHERE kind = ?", row -> row.getLong(1), Store.word(kind))
                .orElseThrow();
    }

    private static String place(Optional<TargetName> target) {
        return target.map(TargetName::value).orElse("");
    }
}
