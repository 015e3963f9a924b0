package dev.rolewright.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.audit.AuditEvent;
import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.ResourceEvent;
import dev.rolewright.model.Caller;
import dev.rolewright.scim.schema.Catalog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// References to people and groups: what a value means, and those that wait in `pending_reference` until
/// it means something.
///
/// A value means the resource with that id, or else the only one with that externalId. Whoever writes a waiting
/// reference looks afterwards whether its target exists by now, and whoever writes a resource looks in the same
/// statement whether something waits for it. A statement sees what was there when it began, so two at the very same
/// time can miss each other; {@link PendingReferences} looks again soon.
@ApplicationScoped
class References {

    /// Targets of one of these types in one source; the values and, where they look like it, ids follow.
    private static final String TARGETS = """
            SELECT v.value, coalesce(
                (SELECT r.id FROM resource r WHERE r.id = v.id
                    AND r.source_id IS NOT DISTINCT FROM ? AND r.type = ANY (?)),
                (SELECT (array_agg(r.id))[1] FROM resource r WHERE r.source_id = ? AND r.type = ANY (?)
                    AND (r.search ->> 'externalId') COLLATE "C" = v.value HAVING count(*) = 1)) AS target
            FROM unnest(?, ?) v (value, id)""";

    private static final String WAITING =
            "SELECT p.holder, p.attribute, p.value, r.type FROM pending_reference p JOIN resource r ON r.id = p.holder"
                    + " WHERE p.source_id = ? AND p.value = ANY (?) ORDER BY p.holder, p.attribute, p.value";

    private final DirectoryStore store;
    private final Resources resources;
    private final Memberships memberships;
    private final AuditTrail trail;
    private final Catalog catalog;
    private final Bell bell;

    References(
            DirectoryStore store,
            Resources resources,
            Memberships memberships,
            AuditTrail trail,
            Catalog catalog,
            Bell bell) {
        this.store = store;
        this.resources = resources;
        this.memberships = memberships;
        this.trail = trail;
        this.catalog = catalog;
        this.bell = bell;
    }

    private record Waiting(UUID holder, String attribute, String value, String type) {}

    /// A text as an id; only the one spelling that replies show is an id.
    static Optional<UUID> id(String value) {
        if (value.length() != 36) {
            return Optional.empty();
        }
        try {
            UUID id = UUID.fromString(value);
            return id.toString().equals(value) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    /// What these values mean; a value that means nothing, or more than one resource, is left out.
    Map<String, UUID> targets(int sourceId, Collection<String> types, Collection<String> values) {
        UUID[] ids = values.stream().map(value -> id(value).orElse(null)).toArray(UUID[]::new);
        Sql sql = Sql.of(TARGETS, sourceId, Sql.texts(types), sourceId, Sql.texts(types), Sql.texts(values), ids);
        Map<String, UUID> targets = new HashMap<>();
        store.each(sql, row -> {
            UUID target = row.getObject(2, UUID.class);
            if (target != null) {
                targets.put(row.getString(1), target);
            }
        });
        return targets;
    }

    /// Keeps references of a group until their targets appear, and returns those that are new.
    List<String> await(int sourceId, UUID group, Collection<String> values) {
        return store.all(
                Sql.of(
                        "INSERT INTO pending_reference (holder, attribute, value, source_id)"
                                + " SELECT ?, 'members', v, ? FROM unnest(?) v ORDER BY v ON CONFLICT DO NOTHING"
                                + " RETURNING value",
                        group,
                        sourceId,
                        Sql.texts(values)),
                row -> row.getString(1));
    }

    /// The references of a group that wait.
    List<String> awaited(UUID group) {
        return store.all(
                Sql.of("SELECT value FROM pending_reference WHERE holder = ? AND attribute = 'members'", group),
                row -> row.getString(1));
    }

    /// No longer keeps these references of a group, and returns those that were kept.
    List<String> forget(UUID group, Collection<String> values) {
        return store.all(
                Sql.of(
                        "DELETE FROM pending_reference WHERE holder = ? AND attribute = 'members' AND value = ANY (?)"
                                + " RETURNING value",
                        group,
                        Sql.texts(values)),
                row -> row.getString(1));
    }

    /// No longer keeps any reference of a group but these, and returns those that were kept.
    List<String> forgetOthers(UUID group, Collection<String> values) {
        return store.all(
                Sql.of(
                        "DELETE FROM pending_reference WHERE holder = ? AND attribute = 'members'"
                                + " AND NOT value = ANY (?) RETURNING value",
                        group,
                        Sql.texts(values)),
                row -> row.getString(1));
    }

    /// Lets every reference that waits for one of these values find its target, if it has one by now.
    /// Each holder is a transaction of its own, so that what waits for a popular person does not wait
    /// for each other.
    ///
    /// @return how many references found their target
    int settle(Caller caller, Collection<String> values) {
        List<Waiting> waiting = store.all(
                Sql.of(WAITING, caller.sourceId(), Sql.texts(values)),
                row -> new Waiting(row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getString(4)));
        Map<List<String>, Set<String>> asked = new HashMap<>();
        for (Waiting reference : waiting) {
            targetTypes(reference)
                    .ifPresent(types -> asked.computeIfAbsent(types, unused -> new HashSet<>())
                            .add(reference.value()));
        }
        // Of many that wait few have a target by now; only these are worth a transaction.
        Map<List<String>, Set<String>> found = new HashMap<>();
        asked.forEach((types, named) ->
                found.put(types, targets(caller.sourceId(), types, named).keySet()));
        int settled = 0;
        for (Waiting reference : waiting) {
            Optional<List<String>> types = targetTypes(reference)
                    .filter(each -> found.getOrDefault(each, Set.of()).contains(reference.value()));
            if (types.isPresent()) {
                settled += store.retrying(() -> store.together(() -> settle(caller, types.get(), reference))) ? 1 : 0;
            }
        }
        if (settled > 0) {
            bell.ring();
        }
        return settled;
    }

    /// The types a reference can lead to; empty when its holder is of a type the schemas no longer have.
    private Optional<List<String>> targetTypes(Waiting reference) {
        return catalog.type(reference.type())
                .map(Shape::of)
                .map(holder ->
                        reference.attribute().equals(Shape.MEMBERS) ? holder.memberTypes() : holder.managerTypes());
    }

    private boolean settle(Caller caller, List<String> types, Waiting reference) {
        UUID target =
                targets(caller.sourceId(), types, List.of(reference.value())).get(reference.value());
        if (target == null || !claim(reference)) {
            return false;
        }
        AuditEvent event = new ResourceEvent.ReferenceResolved(
                caller, reference.type(), reference.holder(), reference.attribute(), target);
        if (!reference.attribute().equals(Shape.MEMBERS)) {
            Shape holder = Shape.of(catalog.type(reference.type()).orElseThrow());
            return refer(caller, holder, reference, target, event);
        }
        if (!memberships.add(reference.holder(), List.of(target)).isEmpty()) {
            memberships.touch(List.of(reference.holder()));
        }
        trail.record(event);
        return true;
    }

    /// Takes the waiting reference away; false when somebody else has.
    private boolean claim(Waiting reference) {
        return store.run(Sql.of(
                        "DELETE FROM pending_reference WHERE holder = ? AND attribute = ? AND value = ?",
                        reference.holder(),
                        reference.attribute(),
                        reference.value()))
                == 1;
    }

    /// Puts the id of the manager in the place of the externalId by which the person was referred to.
    private boolean refer(Caller caller, Shape holder, Waiting reference, UUID target, AuditEvent event) {
        if (target.toString().equals(reference.value())) {
            trail.record(event);
            return true;
        }
        long version = resources
                .hold(caller.sourceId(), holder, reference.holder(), Resources.Hold.CHANGE)
                .orElseThrow();
        Entry entry = resources
                .find(caller.sourceId(), holder, reference.holder(), View.PLAIN)
                .orElseThrow();
        ObjectNode document = entry.document().deepCopy();
        if (document.path(holder.managerUrn()).path(Shape.MANAGER) instanceof ObjectNode manager
                && manager.path("value").asText().equals(reference.value())) {
            manager.put("value", target.toString());
            resources.update(caller.sourceId(), holder, entry, version, document, event);
        }
        return true;
    }
}
