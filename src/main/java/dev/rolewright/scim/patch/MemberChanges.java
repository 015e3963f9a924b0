package dev.rolewright.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.Filter.Operator;
import dev.rolewright.scim.filter.PatchPath;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes the operations on `members` out of a PATCH and turns them into changes of a set, so that one member of a large
/// group costs one row and no document ever holds a membership.
///
/// Members and the rest of a group touch different data, so taking them apart changes nothing as long as each side
/// keeps its order. A member is what it is: it can be added and removed but not edited (RFC 7643 §4.2, all its
/// sub-attributes are immutable or read-only).
public final class MemberChanges {

    private static final String ATTRIBUTE = "members";
    private static final PatchPath WHOLE = new PatchPath(AttributePath.of(ATTRIBUTE), null, null);

    private MemberChanges() {}

    /// @param members what happens to the set, in order
    /// @param others the operations left for the document, in order
    public record Split(List<MemberChange> members, List<PatchOp> others) {
        public Split {
            members = List.copyOf(members);
            others = List.copyOf(others);
        }
    }

    /// A type without members keeps all its operations.
    public static Split split(ResourceType type, List<PatchOp> operations) {
        if (type.core().attribute(ATTRIBUTE).isEmpty()) {
            return new Split(List.of(), operations);
        }
        List<MemberChange> members = new ArrayList<>();
        List<PatchOp> others = new ArrayList<>();
        for (PatchOp operation : operations) {
            switch (operation) {
                case PatchOp.Add(PatchPath path, JsonNode value)
                when isMembers(type, path) -> add(path, value).ifPresent(members::add);
                case PatchOp.Replace(PatchPath path, JsonNode value)
                when isMembers(type, path) -> members.add(replace(path, value));
                case PatchOp.Remove(PatchPath path, @Nullable JsonNode elements)
                when isMembers(type, path) -> members.add(remove(path, elements));
                case PatchOp.AddAll(ObjectNode values) ->
                    rest(values, members, false).map(PatchOp.AddAll::new).ifPresent(others::add);
                case PatchOp.ReplaceAll(ObjectNode values) ->
                    rest(values, members, true).map(PatchOp.ReplaceAll::new).ifPresent(others::add);
                case PatchOp.Add other -> others.add(other);
                case PatchOp.Replace other -> others.add(other);
                case PatchOp.Remove other -> others.add(other);
            }
        }
        return new Split(members, others);
    }

    /// The members of a whole group, as a POST or PUT brings them.
    public static List<Member> read(JsonNode value) {
        if (!value.isArray()) {
            throw ScimProblem.of(Type.invalidValue, ATTRIBUTE + ": must be an array");
        }
        List<Member> members = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            members.add(member(value.get(i), ATTRIBUTE + "[" + i + "]"));
        }
        return members;
    }

    static boolean isMembers(String name) {
        return name.equalsIgnoreCase(ATTRIBUTE);
    }

    /// How many members an operation names; what a limit on members per request counts.
    static int named(PatchOp operation) {
        return switch (operation) {
            case PatchOp.Add(PatchPath path, JsonNode value) -> named(path, value);
            case PatchOp.Replace(PatchPath path, JsonNode value) -> named(path, value);
            case PatchOp.Remove(PatchPath path, @Nullable JsonNode elements) -> named(path, elements);
            case PatchOp.AddAll(ObjectNode values) -> named(values);
            case PatchOp.ReplaceAll(ObjectNode values) -> named(values);
        };
    }

    private static int named(PatchPath path, @Nullable JsonNode value) {
        if (!isMembers(path.attribute().name())) {
            return 0;
        }
        Filter selector = path.selector();
        List<String> ids = selector == null ? null : ids(selector);
        return (value == null ? 0 : size(value)) + (ids == null ? 0 : ids.size());
    }

    private static int named(ObjectNode values) {
        int count = 0;
        for (Map.Entry<String, JsonNode> entry : values.properties()) {
            if (isMembers(entry.getKey())) {
                count += size(entry.getValue());
            }
        }
        return count;
    }

    private static int size(JsonNode value) {
        return value.isArray() ? value.size() : 1;
    }

    private static boolean isMembers(ResourceType type, PatchPath path) {
        AttributePath attribute = path.attribute();
        return isMembers(attribute.name())
                && (attribute.urn() == null
                        || attribute.urn().equalsIgnoreCase(type.core().id()));
    }

    private static Optional<MemberChange> add(PatchPath path, JsonNode value) {
        refuseEdit(path);
        List<Member> members = value.isObject() ? List.of(member(value, ATTRIBUTE)) : read(value);
        return members.isEmpty() ? Optional.empty() : Optional.of(new MemberChange.Add(members));
    }

    private static MemberChange replace(PatchPath path, JsonNode value) {
        refuseEdit(path);
        if (value.isNull()) {
            return new MemberChange.Clear();
        }
        List<Member> members = read(value);
        return members.isEmpty() ? new MemberChange.Clear() : new MemberChange.ReplaceAll(members);
    }

    private static MemberChange remove(PatchPath path, @Nullable JsonNode elements) {
        String sub = path.subOfMatch() == null ? path.attribute().sub() : path.subOfMatch();
        if (sub != null) {
            throw edit(sub);
        }
        Filter selector = path.selector();
        if (elements != null) {
            if (selector != null) {
                throw ScimProblem.of(
                        Type.invalidValue, "members: a filter and a value both say which ones; send one of them");
            }
            return new MemberChange.Remove(
                    read(elements).stream().map(Member::value).toList());
        }
        if (selector == null) {
            return new MemberChange.Clear();
        }
        List<String> ids = ids(selector);
        return ids == null ? new MemberChange.RemoveMatching(selector) : new MemberChange.Remove(ids);
    }

    /// The attributes of a path-less operation without its `members`, which go to the list; empty when
    /// nothing is left.
    private static Optional<ObjectNode> rest(ObjectNode values, List<MemberChange> members, boolean replace) {
        ObjectNode rest = values.objectNode();
        for (Map.Entry<String, JsonNode> entry : values.properties()) {
            JsonNode value = entry.getValue();
            if (!isMembers(entry.getKey())) {
                rest.set(entry.getKey(), value);
            } else if (replace) {
                members.add(replace(WHOLE, value));
            } else {
                add(WHOLE, value).ifPresent(members::add);
            }
        }
        return rest.isEmpty() ? Optional.empty() : Optional.of(rest);
    }

    private static void refuseEdit(PatchPath path) {
        if (path.attribute().sub() != null) {
            throw edit(path.attribute().sub());
        }
        if (path.subOfMatch() != null) {
            throw edit(path.subOfMatch());
        }
        if (path.selector() != null) {
            throw ScimProblem.of(
                    Type.mutability, "members: a member cannot be changed, only added to the group or removed from it");
        }
    }

    private static ScimProblem edit(String sub) {
        return ScimProblem.of(
                Type.mutability,
                "members." + sub + ": a member cannot be changed, only added to the group or removed from it");
    }

    private static Member member(JsonNode node, String where) {
        if (!(node instanceof ObjectNode object)) {
            throw ScimProblem.of(Type.invalidValue, where + ": must be an object with the member's id as its value");
        }
        String value = null;
        String memberType = null;
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String name = entry.getKey().toLowerCase(Locale.ROOT);
            if (!names.add(name)) {
                throw ScimProblem.of(Type.invalidSyntax, where + "." + name + ": is there twice; names ignore case");
            }
            switch (name) {
                case "value" -> value = text(entry.getValue(), where + ".value");
                case "type" -> memberType = text(entry.getValue(), where + ".type");
                case "$ref", "display" -> {}
                default ->
                    throw ScimProblem.of(Type.invalidPath, where + ": a member has value, type, display and $ref only");
            }
        }
        if (value == null || value.isBlank()) {
            throw ScimProblem.of(Type.invalidValue, where + ".value: the member's id is missing");
        }
        return new Member(value, memberType);
    }

    private static @Nullable String text(JsonNode node, String where) {
        return node.isNull() ? null : Intake.key(node, where);
    }

    /// The ids a selector of the form `value eq "a" or value eq "b"` names; null when it says anything else.
    private static @Nullable List<String> ids(Filter selector) {
        List<String> ids = new ArrayList<>();
        return collect(selector, ids) ? ids : null;
    }

    private static boolean collect(Filter filter, List<String> ids) {
        return switch (filter) {
            case Filter.Or(Filter left, Filter right) -> collect(left, ids) && collect(right, ids);
            case Filter.Comparison(AttributePath path, Operator operator, JsonNode literal)
            when operator == Operator.EQ && literal.isTextual() && isValue(path) -> ids.add(literal.textValue());
            case Filter.Comparison other -> false;
            case Filter.And other -> false;
            case Filter.Not other -> false;
            case Filter.Present other -> false;
            case Filter.ValuePath other -> false;
        };
    }

    private static boolean isValue(AttributePath path) {
        return path.urn() == null && path.sub() == null && path.name().equalsIgnoreCase("value");
    }
}
