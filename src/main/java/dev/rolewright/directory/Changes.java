package dev.rolewright.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.audit.AuditEvent;
import dev.rolewright.audit.ResourceEvent;
import dev.rolewright.directory.Resources.Hold;
import dev.rolewright.directory.Resources.Written;
import dev.rolewright.model.Caller;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.patch.Member;
import dev.rolewright.scim.patch.MemberChange;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Carries out changes, each by the cheapest way that is right for it:
///
/// - one statement: a new resource, members that are all known, a deletion;
/// - a read and a statement that only works if nobody wrote in between: the document of a person;
/// - a transaction that holds the row: everything else.
@ApplicationScoped
class Changes {

    /// How often a document is changed in the hope that nobody else does meanwhile, before the row is held.
    private static final int HOPEFUL_ATTEMPTS = 3;

    private final DirectoryStore store;
    private final Resources resources;
    private final UniqueValues uniqueValues;
    private final Memberships memberships;
    private final MemberSequence memberSequence;
    private final References references;

    Changes(
            DirectoryStore store,
            Resources resources,
            UniqueValues uniqueValues,
            Memberships memberships,
            MemberSequence memberSequence,
            References references) {
        this.store = store;
        this.resources = resources;
        this.uniqueValues = uniqueValues;
        this.memberships = memberships;
        this.memberSequence = memberSequence;
        this.references = references;
    }

    /// A resource after its change.
    ///
    /// @param unsettled values of references that have, or may have, found their target by this change
    private record Outcome(Entry entry, Collection<String> unsettled) {}

    Entry create(Caller caller, Shape shape, UUID id, ObjectNode document, List<Member> members) {
        AuditEvent event = new ResourceEvent.Created(caller, shape.type().name(), id, Differences.names(document));
        boolean alone = members.isEmpty() && shape.uniques().isEmpty();
        return settled(
                caller,
                shape,
                store.retrying(() -> alone
                        ? insert(caller, shape, id, document, event)
                        : store.together(() -> {
                            Outcome made = insert(caller, shape, id, document, event);
                            uniqueValues.keep(caller.sourceId(), shape, id, document);
                            Set<String> unsettled = new HashSet<>(made.unsettled());
                            if (!members.isEmpty()) {
                                unsettled.addAll(memberSequence.begin(caller, shape, id, members));
                            }
                            return new Outcome(found(caller, shape, id), unsettled);
                        })));
    }

    private Outcome insert(Caller caller, Shape shape, UUID id, ObjectNode document, AuditEvent event) {
        Written written = resources.insert(caller.sourceId(), shape, id, document, event);
        Entry entry = new Entry(
                id,
                shape.type(),
                written.version(),
                written.created(),
                written.lastModified(),
                document,
                List.of(),
                written.manager());
        return new Outcome(entry, unsettled(shape, id, document, written));
    }

    Entry change(Change change) {
        Optional<Entry> members = membersOnly(change);
        if (members.isPresent()) {
            return members.get();
        }
        Outcome outcome = null;
        if (!change.shape().members() && change.shape().uniques().isEmpty()) {
            for (int attempt = 0; outcome == null && attempt < HOPEFUL_ATTEMPTS; attempt++) {
                outcome = store.retrying(() -> hopefully(change)).orElse(null);
            }
        }
        if (outcome == null) {
            outcome = store.retrying(() -> store.together(() -> holding(change)));
        }
        return settled(change.caller(), change.shape(), outcome);
    }

    void delete(Caller caller, Shape shape, UUID id, Precondition precondition) {
        AuditEvent event = new ResourceEvent.Deleted(caller, shape.type().name(), id);
        boolean gone = store.retrying(() -> precondition instanceof Precondition.Versions
                ? store.together(() -> {
                    resources
                            .hold(caller.sourceId(), shape, id, Hold.EVERYTHING)
                            .orElseThrow(() -> notFound(shape, id));
                    check(precondition, found(caller, shape, id));
                    return resources.delete(caller.sourceId(), shape, id, event);
                })
                : resources.delete(caller.sourceId(), shape, id, event));
        if (!gone) {
            throw notFound(shape, id);
        }
    }

    /// The one statement for people to be added and removed, when it is enough.
    private Optional<Entry> membersOnly(Change change) {
        if (change.members().isEmpty()
                || change.document() != null
                || change.precondition() instanceof Precondition.Versions) {
            return Optional.empty();
        }
        Set<UUID> add = new HashSet<>();
        Set<UUID> remove = new HashSet<>();
        for (MemberChange each : change.members()) {
            Optional<List<UUID>> ids = switch (each) {
                case MemberChange.Add(List<Member> members) ->
                    ids(members.stream().map(Member::value).toList());
                case MemberChange.Remove(List<String> values) -> ids(values);
                case MemberChange.RemoveMatching other -> Optional.empty();
                case MemberChange.ReplaceAll other -> Optional.empty();
                case MemberChange.Clear other -> Optional.empty();
            };
            if (ids.isEmpty()) {
                return Optional.empty();
            }
            // The last word about somebody counts.
            boolean adding = each instanceof MemberChange.Add;
            (adding ? add : remove).addAll(ids.get());
            ids.get().forEach((adding ? remove : add)::remove);
        }
        AuditEvent event = new ResourceEvent.MembersChanged(
                change.caller(), change.shape().type().name(), change.id());
        return store.retrying(
                () -> memberships.change(change.sourceId(), change.shape(), change.id(), add, remove, event));
    }

    private static Optional<List<UUID>> ids(List<String> values) {
        List<UUID> ids =
                values.stream().map(References::id).flatMap(Optional::stream).toList();
        return ids.size() == values.size() ? Optional.of(ids) : Optional.empty();
    }

    /// Empty when somebody else wrote in between.
    private Optional<Outcome> hopefully(Change change) {
        Entry before = found(change.caller(), change.shape(), change.id());
        check(change.precondition(), before);
        return written(change, before, before.version());
    }

    private Outcome holding(Change change) {
        Shape shape = change.shape();
        // Nobody may add members between the look at a group's version and the change that depends on it.
        Hold hold = shape.members() && change.precondition() instanceof Precondition.Versions
                ? Hold.EVERYTHING
                : Hold.CHANGE;
        long version = resources
                .hold(change.sourceId(), shape, change.id(), hold)
                .orElseThrow(() -> notFound(shape, change.id()));
        Entry before = found(change.caller(), shape, change.id());
        check(change.precondition(), before);
        Outcome outcome = written(change, before, version)
                .orElseThrow(() -> new IllegalStateException("a row changed while it was held"));
        if (!shape.uniques().isEmpty()) {
            uniqueValues.keep(
                    change.sourceId(), shape, change.id(), outcome.entry().document());
        }
        if (change.members().isEmpty()) {
            return outcome;
        }
        Set<String> unsettled = new HashSet<>(outcome.unsettled());
        unsettled.addAll(memberSequence.apply(change.caller(), shape, change.id(), change.members()));
        return new Outcome(found(change.caller(), shape, change.id()), unsettled);
    }

    private Optional<Outcome> written(Change change, Entry before, long version) {
        ObjectNode document = change.document() == null
                ? before.document()
                : change.document().apply(before.document());
        if (Json.same(before.document(), document)) {
            return Optional.of(new Outcome(before, List.of()));
        }
        AuditEvent event = change.event(Differences.names(before.document(), document));
        return resources
                .update(change.sourceId(), change.shape(), before, version, document, event)
                .map(written -> new Outcome(
                        new Entry(
                                before.id(),
                                before.type(),
                                written.version(),
                                written.created(),
                                written.lastModified(),
                                document,
                                before.groups(),
                                written.manager()),
                        unsettled(change.shape(), before.id(), document, written)));
    }

    /// Which references to look at again: those that may wait for this resource, and its own.
    private static List<String> unsettled(Shape shape, UUID id, ObjectNode document, Written written) {
        List<String> values = new ArrayList<>();
        if (written.awaited()) {
            values.add(id.toString());
            if (document.path("externalId").isTextual()) {
                values.add(document.path("externalId").textValue());
            }
        }
        if (written.dangling()) {
            values.add(Resources.managerOf(shape, document));
        }
        return values;
    }

    /// Lets references meet after the change, and returns the resource as it is then.
    private Entry settled(Caller caller, Shape shape, Outcome outcome) {
        if (outcome.unsettled().isEmpty() || references.settle(caller, outcome.unsettled()) == 0) {
            return outcome.entry();
        }
        return resources
                .find(caller.sourceId(), shape, outcome.entry().id(), View.FULL)
                .orElse(outcome.entry());
    }

    private Entry found(Caller caller, Shape shape, UUID id) {
        return resources.find(caller.sourceId(), shape, id, View.FULL).orElseThrow(() -> notFound(shape, id));
    }

    private static void check(Precondition precondition, Entry entry) {
        boolean holds = switch (precondition) {
            case Precondition.None none -> true;
            case Precondition.Any any -> true;
            case Precondition.Versions(Set<Long> versions) -> versions.contains(entry.version());
        };
        if (!holds) {
            throw ScimProblem.of(412, "If-Match: the resource has another version by now");
        }
    }

    private static ScimProblem notFound(Shape shape, UUID id) {
        return ScimProblem.notFound(shape.type().name(), id.toString());
    }
}
