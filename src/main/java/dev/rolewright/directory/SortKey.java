package dev.rolewright.directory;

import dev.rolewright.directory.Paths.Values;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.filter.Resolver;
import dev.rolewright.scim.schema.Attribute;
import java.util.Optional;

/// What a search is ordered by, as SQL on a row `r` of `resource`.
///
/// @param kind how its values compare
/// @param expression the value; NULL where a resource has none
record SortKey(Kind kind, String expression) {

    enum Kind {
        TEXT("text", " COLLATE \"C\""),
        NUMBER("numeric", ""),
        TIME("timestamptz", "");

        private final String type;
        private final String collation;

        Kind(String type, String collation) {
            this.type = type;
            this.collation = collation;
        }

        /// A value of this kind that was written down as a text.
        String placeholder() {
            return "?::" + type;
        }
    }

    /// The key a sort means for a type; empty when the type has no such attribute.
    static Optional<SortKey> of(Sort sort, Paths paths) {
        return Resolver.resolve(paths.shape().type(), sort.path()).map(path -> of(comparable(path), paths));
    }

    /// Nothing, for a type that does not have what the others of a search are ordered by.
    static SortKey none(Kind kind) {
        return new SortKey(kind, "NULL::" + kind.type);
    }

    /// The expression as the indexes have it.
    String ordered() {
        return "(" + expression + ")" + kind.collation;
    }

    private static Resolved comparable(Resolved path) {
        if (path.leaf().returned() == Attribute.Returned.NEVER) {
            throw invalid(path + " is never returned and cannot be sorted by");
        }
        if (!Paths.isKept(path)) {
            throw invalid(path + " is shown, but not kept here, and cannot be sorted by");
        }
        return path.comparable().orElseThrow(() -> invalid(path + " is complex; name one of its sub-attributes"));
    }

    /// Of several values the primary one counts, or else the first (RFC 7644 §3.4.2.3).
    private static SortKey of(Resolved path, Paths paths) {
        return switch (paths.of(path)) {
            case Values.One(Operand operand) -> of(path, operand);
            case Values.Each(String array, String from, Operand operand) ->
                of(path, Operand.stored(of(array, path, "->>"), of(array, path, "->")));
            case Values.Schemas(String from, Operand operand) ->
                new SortKey(Kind.TEXT, Sql.literal(paths.shape().type().core().id()));
            case Values.Members() ->
                new SortKey(
                        Kind.TEXT,
                        "(SELECT " + paths.member(path).text()
                                + " FROM membership m JOIN resource x ON x.id = m.member_id WHERE m.group_id = r.id"
                                + " ORDER BY m.member_id LIMIT 1)");
            case Values.Groups() ->
                new SortKey(
                        Kind.TEXT,
                        "(SELECT " + paths.group(path).text() + " FROM (" + Columns.GROUPS_ABOVE
                                + ") u JOIN resource g ON g.id = u.group_id ORDER BY g.id LIMIT 1)");
        };
    }

    private static SortKey of(Resolved path, Operand operand) {
        if (operand.time() != null) {
            return new SortKey(Kind.TIME, operand.time());
        }
        return switch (path.leaf().type()) {
            case DECIMAL, INTEGER -> new SortKey(Kind.NUMBER, operand.number());
            case STRING, BOOLEAN, REFERENCE, BINARY, DATE_TIME, COMPLEX -> new SortKey(Kind.TEXT, operand.text());
        };
    }

    private static String of(String array, Resolved path, String arrow) {
        Attribute sub = path.sub();
        if (sub == null) {
            return array + (arrow.equals("->>") ? " ->> 0" : " -> 0");
        }
        String name = Sql.literal(sub.name());
        return "coalesce(jsonb_path_query_first(" + array + ", '$[*] ? (@.primary == true)') " + arrow + " " + name
                + ", " + array + " -> 0 " + arrow + " " + name + ")";
    }

    private static ScimProblem invalid(String detail) {
        return ScimProblem.of(ScimProblem.Type.invalidPath, "sortBy: " + detail);
    }
}
