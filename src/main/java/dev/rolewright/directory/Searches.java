package dev.rolewright.directory;

import dev.rolewright.directory.Cursors.Cursor;
import dev.rolewright.directory.Entry.GroupRef;
import dev.rolewright.directory.PageSql.Half;
import dev.rolewright.scim.schema.Catalog;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Answers searches, page by page.
@ApplicationScoped
class Searches {

    private final DirectoryStore store;
    private final Cursors cursors;
    private final Catalog catalog;
    private final Duration timeout;

    Searches(DirectoryStore store, Cursors cursors, Catalog catalog, DirectoryConfig config) {
        this.store = store;
        this.cursors = cursors;
        this.catalog = catalog;
        this.timeout = config.searchTimeout();
    }

    /// One row of a page, with what it was ordered by.
    private record Hit(Entry entry, @Nullable String key) {}

    ResultPage search(int sourceId, Query query) {
        PageSql sql = PageSql.of(sourceId, query, catalog);
        return switch (query.paging()) {
            case Paging.Index paging -> byIndex(query, sql, paging);
            case Paging.Cursor paging -> byCursor(sourceId, query, sql, paging);
        };
    }

    private ResultPage byIndex(Query query, PageSql sql, Paging.Index paging) {
        if (paging.count() == 0) {
            return new ResultPage(total(sql), List.of(), null);
        }
        long offset = paging.startIndex() - 1;
        List<Hit> hits = run(sql, sql.index(paging.count(), offset));
        long seen = offset + hits.size();
        // A page that is not full is the last one, and so tells the total.
        boolean last = hits.size() < paging.count() && (offset == 0 || !hits.isEmpty());
        long total = last ? seen : Math.max(total(sql), hits.isEmpty() ? 0 : seen);
        return new ResultPage(total, entries(query, sql, hits), null);
    }

    private ResultPage byCursor(int sourceId, Query query, PageSql sql, Paging.Cursor paging) {
        Cursor cursor = paging.token() == null ? null : cursors.open(sourceId, query, paging.token());
        if (paging.count() == 0) {
            return new ResultPage(total(sql), List.of(), null);
        }
        int wanted = paging.count() + 1;
        List<Hit> hits = behind(sql, cursor == null ? null : cursor.position(), wanted);
        boolean more = hits.size() == wanted;
        List<Hit> page = more ? hits.subList(0, paging.count()) : hits;
        long total = total(sql, cursor, page.size(), more);
        String next = null;
        if (more) {
            Hit end = page.getLast();
            Position position = new Position(end.key(), end.entry().id());
            // Without a filter the total costs nothing and is looked up anew; with one it is counted when the search
            // begins.
            long known = query.filter() == null ? -1 : total;
            next = cursors.seal(sourceId, query, new Cursor(paging.count(), known, position));
        }
        return new ResultPage(total, entries(query, sql, page), next);
    }

    private long total(PageSql sql, @Nullable Cursor cursor, int size, boolean more) {
        if (cursor == null) {
            return more ? total(sql) : size;
        }
        return cursor.total() < 0 ? total(sql) : cursor.total();
    }

    private long total(PageSql sql) {
        return store.all(sql.total(), row -> row.getLong(1), watch(sql)).getFirst();
    }

    /// A sorted search walks through its two halves one after the other, each along the index.
    private List<Hit> behind(PageSql sql, @Nullable Position after, int wanted) {
        if (!sql.sorted()) {
            return run(sql, sql.behind(after, Half.BOTH, wanted));
        }
        boolean inSecond = after != null && (after.key() == null) == (sql.second() == Half.WITHOUT_KEY);
        List<Hit> hits = new ArrayList<>();
        if (!inSecond) {
            hits.addAll(run(sql, sql.behind(after, sql.first(), wanted)));
        }
        if (hits.size() < wanted) {
            hits.addAll(run(sql, sql.behind(inSecond ? after : null, sql.second(), wanted - hits.size())));
        }
        return hits;
    }

    private List<Hit> run(PageSql sql, Sql page) {
        return store.all(page, row -> hit(sql, row), watch(sql));
    }

    private static Hit hit(PageSql sql, ResultSet row) throws SQLException {
        Entry entry = Columns.entry(sql.shape(row.getString(PageSql.TYPE)).type(), row);
        return new Hit(entry, row.getString(PageSql.KEY));
    }

    private Duration watch(PageSql sql) {
        return sql.unbounded() ? timeout : Duration.ZERO;
    }

    private List<Entry> entries(Query query, PageSql sql, List<Hit> hits) {
        List<Entry> entries = hits.stream().map(Hit::entry).toList();
        return query.view().groups() && !sql.selective() ? withGroups(entries) : entries;
    }

    /// The groups of everybody on the page, in one query.
    private List<Entry> withGroups(List<Entry> entries) {
        List<UUID> people = entries.stream()
                .filter(entry -> Shape.of(entry.type()).groups())
                .map(Entry::id)
                .toList();
        if (people.isEmpty()) {
            return entries;
        }
        Map<UUID, List<GroupRef>> groups = new HashMap<>();
        store.each(
                Sql.of(Columns.GROUPS_OF_MANY, (Object) Sql.ids(people)),
                row -> groups.computeIfAbsent(row.getObject(1, UUID.class), person -> new ArrayList<>())
                        .add(new GroupRef(row.getObject(2, UUID.class), row.getString(3), row.getBoolean(4))));
        return entries.stream()
                .map(entry -> entry.withGroups(groups.getOrDefault(entry.id(), List.of())))
                .toList();
    }
}
