package dev.rolewright.web.scim;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.directory.Entry;
import dev.rolewright.directory.Entry.GroupRef;
import dev.rolewright.directory.Entry.PersonRef;
import dev.rolewright.directory.MemberRef;
import dev.rolewright.directory.View;
import dev.rolewright.scim.schema.DateTimes;
import dev.rolewright.scim.schema.Projection;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.ResourceType.Extension;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Shows resources of one type as one client asked to see them: with `schemas`, `id` and `meta`, with the links and
/// derived attributes the directory does not keep, and cut to its `attributes` and `excludedAttributes`.
///
/// Who has no such wishes gets the document as it is kept ({@link Plainness}), and no tree is built for it. The members
/// of a group come from the store while they are written, since they may be too many to hold at once.
final class Renderer {

    private static final String MANAGER = "manager";
    private static final String MEMBERS = "members";
    private static final String GROUPS = "groups";

    private static final SerializableString SCHEMAS = new SerializedString("schemas");
    private static final SerializableString ID = new SerializedString("id");
    private static final SerializableString META = new SerializedString("meta");
    private static final SerializableString RESOURCE_TYPE = new SerializedString("resourceType");
    private static final SerializableString CREATED = new SerializedString("created");
    private static final SerializableString LAST_MODIFIED = new SerializedString("lastModified");
    private static final SerializableString LOCATION = new SerializedString("location");
    private static final SerializableString VERSION = new SerializedString("version");
    private static final SerializableString VALUE = new SerializedString("value");
    private static final SerializableString REF = new SerializedString("$ref");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString DISPLAY = new SerializedString("display");

    private final ResourceType type;
    private final Plainness plainness;
    private final Links links;
    private final Projection projection;
    private final boolean wishless;
    private final @Nullable String managerHome;
    private final boolean showsMembers;
    private final boolean showsLogins;
    private final boolean showsValue;
    private final boolean showsRef;
    private final boolean showsType;
    private final boolean showsDisplay;

    /// @param plainness of that type
    /// @param wishless the client has named no attributes, so the projection is the usual one
    Renderer(ResourceType type, Plainness plainness, Links links, Projection projection, boolean wishless) {
        this.type = type;
        this.plainness = plainness;
        this.links = links;
        this.projection = projection;
        this.wishless = wishless;
        this.managerHome = type.managerExtension()
                .map(extension -> extension.schema().id())
                .orElse(null);
        this.showsMembers = Types.hasMembers(type) && projection.wants(MEMBERS);
        this.showsLogins = projection.wants(LoginFeedback.URN + ":" + LoginFeedback.LOGINS);
        this.showsValue = showsMembers && projection.wants("members.value");
        this.showsRef = showsMembers && projection.wants("members.$ref");
        this.showsType = showsMembers && projection.wants("members.type");
        this.showsDisplay = showsMembers && projection.wants("members.display");
    }

    /// What has to be looked up for this client.
    View view() {
        return new View(
                type.core().attribute(GROUPS).isPresent() && projection.wants(GROUPS),
                managerHome != null && projection.wants(managerHome + ":" + MANAGER));
    }

    /// True when the client is to see the members of these resources.
    boolean showsMembers() {
        return showsMembers;
    }

    /// True when the client is to see what became of these resources on the databases.
    boolean showsLogins() {
        return showsLogins;
    }

    /// Writes one resource.
    ///
    /// @param members where its members come from, if it is to be shown with them
    void write(JsonGenerator json, Entry entry, @Nullable MemberFeed members) throws IOException {
        link(entry.document(), entry.manager());
        json.writeStartObject();
        if (wishless && plainness.covers(entry.document())) {
            whole(json, entry);
        } else {
            Json.members(json, projection.apply(tree(entry)));
        }
        if (members != null) {
            members(json, entry.id(), members);
        }
        json.writeEndObject();
    }

    private void whole(JsonGenerator json, Entry entry) throws IOException {
        json.writeFieldName(SCHEMAS);
        json.writeStartArray();
        json.writeString(type.core().id());
        for (Extension extension : type.extensions()) {
            if (entry.document().has(extension.schema().id())) {
                json.writeString(extension.schema().id());
            }
        }
        json.writeEndArray();
        text(json, ID, entry.id().toString());
        Json.members(json, entry.document());
        if (!entry.groups().isEmpty()) {
            json.writeArrayFieldStart(GROUPS);
            for (GroupRef group : entry.groups()) {
                json.writeStartObject();
                text(json, VALUE, group.id().toString());
                text(json, REF, links.to("Group", group.id()));
                if (group.display() != null) {
                    text(json, DISPLAY, group.display());
                }
                text(json, TYPE, nearness(group));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeFieldName(META);
        json.writeStartObject();
        text(json, RESOURCE_TYPE, type.name());
        text(json, CREATED, DateTimes.canonical(entry.created()));
        text(json, LAST_MODIFIED, DateTimes.canonical(entry.lastModified()));
        text(json, LOCATION, links.to(type.name(), entry.id()));
        text(json, VERSION, EntityTags.of(entry.version()));
        json.writeEndObject();
    }

    private void members(JsonGenerator json, UUID group, MemberFeed feed) throws IOException {
        MemberRef member = feed.next(group);
        if (member == null) {
            return;
        }
        json.writeArrayFieldStart(MEMBERS);
        for (; member != null; member = feed.next(group)) {
            json.writeStartObject();
            if (showsValue) {
                text(json, VALUE, member.id().toString());
            }
            if (showsRef) {
                text(json, REF, links.to(member.type(), member.id()));
            }
            if (showsType) {
                text(json, TYPE, member.type());
            }
            if (showsDisplay && member.display() != null) {
                text(json, DISPLAY, member.display());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, SerializableString name, String value) throws IOException {
        json.writeFieldName(name);
        json.writeString(value);
    }

    /// The same as a tree, from which a projection can take what it wants.
    private ObjectNode tree(Entry entry) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        ArrayNode schemas = whole.putArray("schemas").add(type.core().id());
        for (Extension extension : type.extensions()) {
            if (entry.document().has(extension.schema().id())) {
                schemas.add(extension.schema().id());
            }
        }
        whole.put("id", entry.id().toString());
        whole.setAll(entry.document());
        if (!entry.groups().isEmpty()) {
            ArrayNode groups = whole.putArray(GROUPS);
            for (GroupRef group : entry.groups()) {
                ObjectNode shown = groups.addObject();
                shown.put("value", group.id().toString()).put("$ref", links.to("Group", group.id()));
                if (group.display() != null) {
                    shown.put("display", group.display());
                }
                shown.put("type", nearness(group));
            }
        }
        whole.putObject("meta")
                .put("resourceType", type.name())
                .put("created", DateTimes.canonical(entry.created()))
                .put("lastModified", DateTimes.canonical(entry.lastModified()))
                .put("location", links.to(type.name(), entry.id()))
                .put("version", EntityTags.of(entry.version()));
        return whole;
    }

    private static String nearness(GroupRef group) {
        return group.direct() ? "direct" : "indirect";
    }

    private void link(ObjectNode document, @Nullable PersonRef manager) {
        if (manager != null
                && managerHome != null
                && document.path(managerHome).path(MANAGER) instanceof ObjectNode reference) {
            reference.put("$ref", links.to("User", manager.id()));
            if (manager.display() != null) {
                reference.put("displayName", manager.display());
            }
        }
    }
}
