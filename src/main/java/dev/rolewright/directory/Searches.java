package dev.rolewright.directory;

import dev.rolewright.directory.Cursors.Cursor;
import dev.rolewright.directory.Entry.GroupRef;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Binder;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.ResourceType;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Searches: filter, order and page are one SQL statement, and nothing but the page comes out of the store.
///
/// A search over several types is the union of one branch each, every branch limited by itself, so that each can walk
/// along its own index.
@ApplicationScoped
class Searches {

    private final Store store;
    private final Cursors cursors;
    private final Catalog catalog;
    private final Duration timeout;

    Searches(Store store, Cursors cursors, Catalog catalog, DirectoryConfig config) {
        this.store = store;
        this.cursors = cursors;
        this.catalog = catalog;
        this.timeout = config.searchTimeout();
    }

    /// One row of a page, with what it was ordered by.
    private record Hit(Entry entry, @Nullable String key) {}

    ResultPage search(int sourceId, Query query) {
        Search search = new Search(sourceId, query, plan(sourceId, query));
        return switch (query.paging()) {
            case Paging.Index index -> search.page(index);
            case Paging.Cursor cursor -> search.page(cursor);
        };
    }

    /// The part of a search that concerns one type.
    ///
    /// @param condition what the filter asks; null without a filter
    /// @param key null without a sort
    private record Branch(
            Shape shape, @Nullable Sql condition, @Nullable SortKey key) {}

    private List<Branch> plan(int sourceId, Query query) {
        Addresses addresses = Addresses.of(query.base(), catalog);
        boolean several = query.types().size() > 1;
        List<Paths> paths = query.types().stream()
                .map(type -> new Paths(Shape.of(type), sourceId, addresses))
                .toList();
        List<Optional<SortKey>> keys = keys(query.sort(), paths);
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            Paths of = paths.get(i);
            Filter filter = query.filter();
            ResourceType type = of.shape().type();
            Sql condition = filter == null
                    ? null
                    : FilterSql.where(several ? Binder.bindAcross(filter, type) : Binder.bind(filter, type), of);
            branches.add(new Branch(of.shape(), condition, keys.get(i).orElse(null)));
        }
        return branches;
    }

    /// The key of each type; where types disagree on how the values compare, the first one decides and the others
    /// count
    /// as without a value.
    private static List<Optional<SortKey>> keys(@Nullable Sort sort, List<Paths> paths) {
        if (sort == null) {
            return paths.stream().map(of -> Optional.<SortKey>empty()).toList();
        }
        List<Optional<SortKey>> keys =
                paths.stream().map(of -> SortKey.of(sort, of)).toList();
        SortKey.Kind kind = keys.stream()
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() ->
                        ScimProblem.of(ScimProblem.Type.invalidPath, "sortBy: there is no attribute " + sort.path()))
                .kind();
        return keys.stream()
                .map(key -> Optional.of(key.filter(k -> k.kind() == kind).orElse(SortKey.none(kind))))
                .toList();
    }

    /// One search while it is answered.
    private final class Search {

        private final int sourceId;
        private final Query query;
        private final List<Branch> branches;
        private final boolean sorted;
        private final boolean descending;

        Search(int sourceId, Query query, List<Branch> branches) {
            this.sourceId = sourceId;
            this.query = query;
            this.branches = branches;
            this.sorted = query.sort() != null;
            this.descending = query.sort() != null && query.sort().descending();
        }

        ResultPage page(Paging.Index paging) {
            long offset = paging.startIndex() - 1;
            if (paging.count() == 0) {
                return new ResultPage(total(), List.of(), null);
            }
            List<Hit> hits = run(index(paging.count(), offset));
            boolean all = hits.size() < paging.count() && (offset == 0 || !hits.isEmpty());
            long seen = offset + hits.size();
            return new ResultPage(all ? seen : Math.max(total(), hits.isEmpty() ? 0 : seen), entries(hits), null);
        }

        ResultPage page(Paging.Cursor paging) {
            Cursor cursor = paging.token() == null ? null : cursors.open(sourceId, query, paging.token());
            if (paging.count() == 0) {
                return new ResultPage(total(), List.of(), null);
            }
            int wanted = paging.count() + 1;
            List<Hit> hits = sorted
                    ? runSorted(cursor == null ? null : cursor.position(), wanted)
                    : run(keyset(cursor == null ? null : cursor.position(), Half.BOTH, wanted));
            boolean more = hits.size() == wanted;
            List<Hit> page = more ? hits.subList(0, paging.count()) : hits;
            long total = total(cursor, page.size(), more);
            if (!more) {
                return new ResultPage(total, entries(page), null);
            }
            Hit last = page.getLast();
            Position position = new Position(last.key(), last.entry().id());
            // Without a filter the total is cheap and counted anew; with one it is counted once, when the search
            // begins.
            Cursor next = new Cursor(paging.count(), query.filter() == null ? -1 : total, position);
            return new ResultPage(total, entries(page), cursors.seal(sourceId, query, next));
        }

        private long total(@Nullable Cursor cursor, int size, boolean more) {
            if (cursor == null) {
                return more ? total() : size;
            }
            return cursor.total() < 0 ? total() : cursor.total();
        }

        /// Resources without the value come last, or first when descending; each half is a walk along the
        /// index.
        private List<Hit> runSorted(@Nullable Position after, int wanted) {
            Half first = descending ? Half.WITHOUT_KEY : Half.WITH_KEY;
            Half second = descending ? Half.WITH_KEY : Half.WITHOUT_KEY;
            boolean inSecond = after != null && (after.key() == null) == (second == Half.WITHOUT_KEY);
            List<Hit> hits = new ArrayList<>();
            if (!inSecond) {
                hits.addAll(run(keyset(after, first, wanted)));
            }
            if (hits.size() < wanted) {
                hits.addAll(run(keyset(inSecond ? after : null, second, wanted - hits.size())));
            }
            return hits;
        }

        private Sql index(int count, long offset) {
            if (branches.size() == 1) {
                Branch branch = branches.getFirst();
                return offset == 0 ? near(branch, count) : far(branch, count, offset);
            }
            Sql sql = new Sql();
            String between = "";
            for (Branch branch : branches) {
                select(sql.add(between).add("("), branch, columns(branch));
                sql.add(" ORDER BY " + order(branch) + " LIMIT ?)", offset + count);
                between = " UNION ALL ";
            }
            return sql.add(" ORDER BY " + outerOrder() + " LIMIT ? OFFSET ?", (long) count, offset);
        }

        private Sql near(Branch branch, int count) {
            return select(new Sql(), branch, columns(branch))
                    .add(" ORDER BY " + order(branch) + " LIMIT ?", (long) count);
        }

        /// Of the rows in front of a page only the places are looked at, not what they hold or lead to.
        private Sql far(Branch branch, int count, long offset) {
            String key = branch.key() == null ? "NULL" : branch.key().ordered();
            Sql sql = Sql.of("SELECT " + columns(branch) + " FROM resource r JOIN (");
            return select(sql, branch, "r.id, " + key + " AS key")
                    .add(" ORDER BY " + order(branch) + " LIMIT ? OFFSET ?", (long) count, offset)
                    .add(") page ON page.id = r.id ORDER BY " + (sorted ? "page.key" + direction() + ", " : "")
                            + "page.id" + direction());
        }

        private Sql keyset(@Nullable Position after, Half half, int count) {
            Sql sql = new Sql();
            String between = "";
            for (Branch branch : branches) {
                select(sql.add(between).add("("), branch, columns(branch));
                behind(sql, branch.key(), after, half);
                sql.add(" ORDER BY " + order(branch) + " LIMIT ?)", (long) count);
                between = " UNION ALL ";
            }
            return branches.size() == 1 ? sql : sql.add(" ORDER BY " + outerOrder() + " LIMIT ?", (long) count);
        }

        private void behind(Sql sql, @Nullable SortKey key, @Nullable Position after, Half half) {
            String operator = descending ? " < " : " > ";
            if (key == null || half != Half.WITH_KEY) {
                if (key != null) {
                    sql.add(" AND " + key.ordered() + " IS NULL");
                }
                if (after != null) {
                    sql.add(" AND r.id" + operator + "?", after.id());
                }
            } else if (after == null) {
                sql.add(" AND " + key.ordered() + " IS NOT NULL");
            } else {
                sql.add(
                        " AND (" + key.ordered() + ", r.id)" + operator + "("
                                + key.kind().placeholder() + ", ?)",
                        after.key(),
                        after.id());
            }
        }

        private Sql select(Sql sql, Branch branch, String columns) {
            sql.add(
                    "SELECT " + columns + " FROM resource r WHERE r.source_id = ? AND r.type = "
                            + branch.shape().typeLiteral(),
                    sourceId);
            if (branch.condition() != null) {
                sql.add(" AND (").add(branch.condition()).add(")");
            }
            return sql;
        }

        private String columns(Branch branch) {
            String type = Sql.literal(branch.shape().type().name());
            SortKey key = branch.key();
            return Columns.of(branch.shape(), new View(false, query.view().references())) + ", " + type + ", "
                    + (key == null ? "NULL::text" : key.ordered() + " AS key");
        }

        private String order(Branch branch) {
            return (branch.key() == null ? "" : branch.key().ordered() + direction() + ", ") + "r.id" + direction();
        }

        private String outerOrder() {
            return (sorted ? "key" + direction() + ", " : "") + "id" + direction();
        }

        private String direction() {
            return descending ? " DESC" : "";
        }

        /// How many resources match on all pages.
        private long total() {
            if (query.filter() == null) {
                String types = branches.stream()
                        .map(branch -> branch.shape().typeLiteral())
                        .collect(Collectors.joining(", "));
                return count(Sql.of(
                        "SELECT coalesce(sum(n), 0)::bigint FROM resource_count WHERE source_id = ? AND type IN ("
                                + types + ")",
                        sourceId));
            }
            Sql sql = Sql.of("SELECT 0");
            for (Branch branch : branches) {
                select(sql.add(" + ("), branch, "count(*)").add(")");
            }
            return count(sql);
        }

        private long count(Sql sql) {
            return store.all(sql, row -> row.getLong(1), timeout).getFirst();
        }

        private List<Hit> run(Sql sql) {
            return store.all(sql, this::hit, query.filter() == null ? Duration.ZERO : timeout);
        }

        private Hit hit(ResultSet row) throws SQLException {
            String type = row.getString(8);
            for (Branch branch : branches) {
                if (branch.shape().type().name().equals(type)) {
                    return new Hit(Columns.entry(branch.shape().type(), row), row.getString(9));
                }
            }
            throw new IllegalStateException("a search returned a type it was not asked for");
        }

        private List<Entry> entries(List<Hit> hits) {
            List<Entry> entries = hits.stream().map(Hit::entry).toList();
            return query.view().groups() ? withGroups(entries) : entries;
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
            store.all(
                    Sql.of(Columns.GROUPS_OF_MANY, (Object) Sql.ids(people)),
                    row -> groups.computeIfAbsent(row.getObject(1, UUID.class), person -> new ArrayList<>())
                            .add(new GroupRef(row.getObject(2, UUID.class), row.getString(3), row.getBoolean(4))));
            return entries.stream()
                    .map(entry -> entry.withGroups(groups.getOrDefault(entry.id(), List.of())))
                    .toList();
        }
    }

    /// Which resources of a sorted search: a value is greater than another, but nothing is neither.
    private enum Half {
        BOTH,
        WITH_KEY,
        WITHOUT_KEY
    }
}
