package dev.rolewright.directory;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Binder;
import dev.rolewright.scim.filter.Bound;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The statements of one search: filter, order and page in one, so that nothing but the page leaves the store.
///
/// A search over several types is the union of one branch each, every branch limited by itself, so that each can walk
/// along its own index. Every row holds the columns of {@link Columns#entry}, then the type and the sort key.
final class PageSql {

    static final int TYPE = 8;
    static final int KEY = 9;

    private final int sourceId;
    private final View view;
    private final List<Branch> branches;
    private final boolean sorted;
    private final boolean descending;

    private PageSql(int sourceId, Query query, List<Branch> branches) {
        Sort sort = query.sort();
        this.sourceId = sourceId;
        this.view = query.view();
        this.branches = branches;
        this.sorted = sort != null;
        this.descending = sort != null && sort.descending();
    }

    /// Which resources of a sorted search: a value comes before or after another, but having none is no value.
    enum Half {
        BOTH,
        WITH_KEY,
        WITHOUT_KEY
    }

    /// The part of a search that concerns one type.
    ///
    /// @param condition what the filter asks; null without a filter
    /// @param selective whether an index leads to the few resources that can satisfy it
    /// @param key null without a sort
    private record Branch(
            Shape shape,
            @Nullable Sql condition,
            boolean selective,
            @Nullable SortKey key) {}

    static PageSql of(int sourceId, Query query, Catalog catalog) {
        Addresses addresses = Addresses.of(query.base(), catalog);
        boolean several = query.types().size() > 1;
        List<Paths> paths = query.types().stream()
                .map(type -> new Paths(Shape.of(type), sourceId, addresses))
                .toList();
        List<Optional<SortKey>> keys = keys(query.sort(), paths);
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            Filter filter = query.filter();
            ResourceType type = query.types().get(i);
            Bound bound = filter == null ? null : several ? Binder.bindAcross(filter, type) : Binder.bind(filter, type);
            branches.add(new Branch(
                    paths.get(i).shape(),
                    bound == null ? null : FilterSql.where(bound, paths.get(i)),
                    bound != null && FilterSql.selective(bound),
                    keys.get(i).orElse(null)));
        }
        return new PageSql(sourceId, query, branches);
    }

    /// The key of each type; where types disagree on how the values compare, the first one decides and
    /// the others count as without a value.
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

    boolean sorted() {
        return sorted;
    }

    /// Whether an index leads to the few resources that can match.
    boolean selective() {
        return branches.stream().allMatch(Branch::selective);
    }

    /// Whether the search may have to look at every resource, and has to be watched.
    boolean unbounded() {
        return !branches.stream().allMatch(branch -> branch.condition() == null || branch.selective());
    }

    Shape shape(String type) {
        return branches.stream()
                .map(Branch::shape)
                .filter(shape -> shape.type().name().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /// The half of a sorted search that comes first: resources without the value come last, or
    /// first when descending.
    Half first() {
        return descending ? Half.WITHOUT_KEY : Half.WITH_KEY;
    }

    Half second() {
        return descending ? Half.WITH_KEY : Half.WITHOUT_KEY;
    }

    Sql index(int count, long offset) {
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
        return select(new Sql(), branch, columns(branch)).add(" ORDER BY " + order(branch) + limit(count));
    }

    /// Of the rows in front of a page only the places are looked at, not what they hold or lead to.
    private Sql far(Branch branch, int count, long offset) {
        String key = branch.key() == null ? "NULL" : branch.key().ordered();
        Sql sql = Sql.of("SELECT " + columns(branch) + " FROM resource r JOIN (");
        return select(sql, branch, "r.id, " + key + " AS key")
                .add(" ORDER BY " + order(branch) + " LIMIT ? OFFSET ?", (long) count, offset)
                .add(") page ON page.id = r.id ORDER BY " + (sorted ? "page.key" + direction() + ", " : "") + "page.id"
                        + direction());
    }

    /// The page behind a position.
    Sql behind(@Nullable Position after, Half half, int count) {
        Sql sql = new Sql();
        String between = "";
        for (Branch branch : branches) {
            select(sql.add(between).add("("), branch, columns(branch));
            addBehind(sql, branch.key(), after, half);
            sql.add(" ORDER BY " + order(branch) + limit(count) + ")");
            between = " UNION ALL ";
        }
        return branches.size() == 1 ? sql : sql.add(" ORDER BY " + outerOrder() + limit(count));
    }

    private void addBehind(Sql sql, @Nullable SortKey key, @Nullable Position after, Half half) {
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

    /// How many resources match on all pages. Without a filter nobody counts resources: writers keep count.
    Sql total() {
        if (branches.stream().allMatch(branch -> branch.condition() == null)) {
            String types = branches.stream()
                    .map(branch -> branch.shape().typeLiteral())
                    .collect(Collectors.joining(", "));
            return Sql.of(
                    "SELECT coalesce(sum(n), 0)::bigint FROM resource_count WHERE source_id = ? AND type IN (" + types
                            + ")",
                    sourceId);
        }
        Sql sql = Sql.of("SELECT 0");
        for (Branch branch : branches) {
            select(sql.add(" + ("), branch, "count(*)").add(")");
        }
        return sql;
    }

    /// The source stands in the text, so that each has plans that suit its size.
    private Sql select(Sql sql, Branch branch, String columns) {
        String ofType = " FROM resource r WHERE r.source_id = " + sourceId + " AND r.type = "
                + branch.shape().typeLiteral();
        if (branch.condition() == null) {
            return sql.add("SELECT " + columns + ofType);
        }
        if (!branch.selective()) {
            return sql.add("SELECT " + columns + ofType + " AND (")
                    .add(branch.condition())
                    .add(")");
        }
        // First the few that match, then their order: nobody is to walk along the order looking for them.
        return sql.add("SELECT " + columns + " FROM (SELECT r.*" + ofType + " AND (")
                .add(branch.condition())
                .add(") OFFSET 0) r WHERE true");
    }

    private String columns(Branch branch) {
        View wanted = new View(view.groups() && selective(), view.references());
        SortKey key = branch.key();
        return Columns.of(branch.shape(), wanted) + ", " + branch.shape().typeLiteral() + ", "
                + (key == null ? "NULL::text" : key.ordered()) + " AS key";
    }

    private String order(Branch branch) {
        return (branch.key() == null ? "" : branch.key().ordered() + direction() + ", ") + "r.id" + direction();
    }

    private String outerOrder() {
        return (sorted ? "key" + direction() + ", " : "") + "id" + direction();
    }

    /// As a constant: with an unknown limit the planner thinks a plan for all searches worse than one
    /// for this search, and plans each time.
    private static String limit(int count) {
        return " LIMIT " + count;
    }

    private String direction() {
        return descending ? " DESC" : "";
    }
}
