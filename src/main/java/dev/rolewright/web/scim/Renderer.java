package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.directory.Entry;
import dev.rolewright.directory.Entry.GroupRef;
import dev.rolewright.directory.Entry.PersonRef;
import dev.rolewright.directory.MemberRef;
import dev.rolewright.directory.View;
import dev.rolewright.scim.schema.Projection;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.ResourceType.Extension;
import org.jspecify.annotations.Nullable;

/// Shows resources of one type as one client asked to see them: with `schemas`, `id` and `meta`, with the links and
/// derived attributes the directory does not keep, and cut to its `attributes` and `excludedAttributes`.
///
/// The members of a group are shown apart from it, since they may be too many to hold at once.
final class Renderer {

    private static final String MANAGER = "manager";
    private static final String GROUPS = "groups";
    private static final String MEMBERS = "members";

    private final ResourceType type;
    private final Links links;
    private final Projection projection;
    private final @Nullable String managerHome;

    Renderer(ResourceType type, Links links, Projection projection) {
        this.type = type;
        this.links = links;
        this.projection = projection;
        this.managerHome = managerHome(type);
    }

    /// What has to be looked up for this client.
    View view() {
        return new View(
                type.core().attribute(GROUPS).isPresent() && projection.wants(GROUPS),
                managerHome != null && projection.wants(managerHome + ":" + MANAGER));
    }

    /// True when the client is to see the members of these resources.
    boolean showsMembers() {
        return Types.hasMembers(type) && projection.wants(MEMBERS);
    }

    ObjectNode resource(Entry entry) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        ArrayNode schemas = whole.putArray("schemas").add(type.core().id());
        for (Extension extension : type.extensions()) {
            if (entry.document().has(extension.schema().id())) {
                schemas.add(extension.schema().id());
            }
        }
        String id = entry.id().toString();
        whole.put("id", id);
        whole.setAll(entry.document());
        manager(whole, entry.manager());
        if (!entry.groups().isEmpty()) {
            ArrayNode groups = whole.putArray(GROUPS);
            entry.groups().forEach(group -> groups.add(group(group)));
        }
        whole.putObject("meta")
                .put("resourceType", type.name())
                .put("created", entry.created().toString())
                .put("lastModified", entry.lastModified().toString())
                .put("location", links.to(type.name(), id))
                .put("version", EntityTags.of(entry.version()));
        return projection.apply(whole);
    }

    /// Shows one member of a group, cut as the group itself is.
    ObjectNode member(MemberRef member) {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("value", member.id().toString())
                .put("$ref", links.to(member.type(), member.id()))
                .put("type", member.type());
        if (member.display() != null) {
            shown.put("display", member.display());
        }
        return projection.element(MEMBERS, shown);
    }

    private void manager(ObjectNode whole, @Nullable PersonRef manager) {
        if (manager != null
                && managerHome != null
                && whole.path(managerHome).path(MANAGER) instanceof ObjectNode reference) {
            reference.put("$ref", links.to("User", manager.id()));
            if (manager.display() != null) {
                reference.put("displayName", manager.display());
            }
        }
    }

    private ObjectNode group(GroupRef group) {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("value", group.id().toString())
                .put("$ref", links.to("Group", group.id()));
        if (group.display() != null) {
            shown.put("display", group.display());
        }
        return shown.put("type", group.direct() ? "direct" : "indirect");
    }

    /// The schema that gives people a manager: the enterprise extension of RFC 7643 §4.3, where it is switched on.
    private static @Nullable String managerHome(ResourceType type) {
        for (Extension extension : type.extensions()) {
            if (extension.schema().attribute(MANAGER).isPresent()) {
                return extension.schema().id();
            }
        }
        return null;
    }
}
