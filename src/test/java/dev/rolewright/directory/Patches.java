package dev.rolewright.directory;

import static dev.rolewright.scim.schema.StandardCatalog.ENTERPRISE_URN;
import static dev.rolewright.scim.schema.StandardCatalog.json;

import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.patch.PatchLimits;
import dev.rolewright.scim.patch.PatchOp;
import dev.rolewright.scim.patch.PatchParser;
import java.util.List;
import java.util.stream.Stream;

/// Operations of a PATCH as a client sends them. Members are named by whatever prints as an id.
final class Patches {

    private Patches() {}

    /// @param operations JSON, with commas between them
    static List<PatchOp> ops(String operations) {
        return PatchParser.parse(json("""
                        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [%s]}""".formatted(operations)), new PatchLimits(100, 1_000, FilterLimits.STANDARD));
    }

    static List<PatchOp> replace(String path, String value) {
        return ops("{\"op\": \"replace\", \"path\": \"%s\", \"value\": %s}".formatted(path, value));
    }

    static List<PatchOp> add(Object... members) {
        return ops("{\"op\": \"add\", \"path\": \"members\", \"value\": " + refs(members) + "}");
    }

    static List<PatchOp> remove(Object... members) {
        return Stream.of(members)
                .flatMap(id -> ops("{\"op\": \"remove\", \"path\": \"members[value eq \\\"" + id + "\\\"]\"}").stream())
                .toList();
    }

    static List<PatchOp> both(List<PatchOp> first, List<PatchOp> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /// Members as they stand in a body.
    static String refs(Object... members) {
        return Stream.of(members).map("{\"value\": \"%s\"}"::formatted).toList().toString();
    }

    /// An attribute of a person.
    static String manager(Object id) {
        return "\"%s\": {\"manager\": {\"value\": \"%s\"}}".formatted(ENTERPRISE_URN, id);
    }
}
