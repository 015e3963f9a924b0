package dev.rolewright.directory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.ResourceEvent;
import dev.rolewright.model.Caller;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Binder;
import dev.rolewright.scim.filter.Bound;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.Matcher;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.patch.Member;
import dev.rolewright.scim.patch.MemberChange;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Changes of one group's members in their order, inside a transaction: the general way, for members nobody knows yet,
/// externalIds, filters and whole sets.
@ApplicationScoped
class MemberSequence {

    private final Memberships memberships;
    private final References references;
    private final AuditTrail trail;
    private final boolean refuseUnknown;

    MemberSequence(Memberships memberships, References references, AuditTrail trail, DirectoryConfig config) {
        this.memberships = memberships;
        this.references = references;
        this.trail = trail;
        this.refuseUnknown = switch (config.unknownMembers()) {
            case KEEP -> false;
            case REFUSE -> true;
        };
    }

    /// Applies the changes and returns the references that now wait for their targets.
    Collection<String> apply(Caller caller, Shape group, UUID id, List<MemberChange> changes) {
        Pass pass = new Pass(caller, group, id);
        changes.forEach(pass::apply);
        if (pass.changed()) {
            memberships.touch(List.of(id));
        }
        pass.conclude();
        return pass.awaited;
    }

    /// Gives a group the members it begins with and returns the references that now wait for
    /// their targets. That is no modification: until there is one, `lastModified` is `created`
    /// (RFC 7643 §3.1).
    Collection<String> begin(Caller caller, Shape group, UUID id, List<Member> members) {
        Pass pass = new Pass(caller, group, id);
        pass.add(members);
        pass.conclude();
        return pass.awaited;
    }

    /// One run over the changes. What is added and removed again, or the other way round, did not happen.
    private final class Pass {

        private final Caller caller;
        private final Shape group;
        private final UUID id;
        private final Set<UUID> added = new LinkedHashSet<>();
        private final Set<UUID> removed = new LinkedHashSet<>();
        private final Set<String> awaited = new LinkedHashSet<>();
        private final Set<String> forgotten = new LinkedHashSet<>();

        Pass(Caller caller, Shape group, UUID id) {
            this.caller = caller;
            this.group = group;
            this.id = id;
        }

        void apply(MemberChange change) {
            switch (change) {
                case MemberChange.Add(List<Member> members) -> add(members);
                case MemberChange.Remove(List<String> values) -> remove(values);
                case MemberChange.RemoveMatching(Filter filter) -> removeMatching(filter);
                case MemberChange.ReplaceAll(List<Member> members) -> replaceAll(members);
                case MemberChange.Clear() -> replaceAll(List.of());
            }
        }

        boolean changed() {
            return !added.isEmpty() || !removed.isEmpty();
        }

        void conclude() {
            if (!changed() && awaited.isEmpty() && forgotten.isEmpty()) {
                return;
            }
            trail.record(new ResourceEvent.MembersChanged(
                    caller,
                    group.type().name(),
                    id,
                    List.copyOf(added),
                    List.copyOf(removed),
                    List.copyOf(awaited),
                    List.copyOf(forgotten)));
        }

        private void add(List<Member> members) {
            Set<String> values = values(members);
            Map<String, UUID> known = known(values);
            values.removeAll(known.keySet());
            expect(values);
            came(memberships.add(id, known.values()));
        }

        private void remove(List<String> named) {
            Set<String> values = new LinkedHashSet<>(named);
            Map<String, UUID> known = known(values);
            gone(memberships.remove(id, known.values()));
            forget(references.forget(id, values));
        }

        private void removeMatching(Filter filter) {
            Resolved members = new Resolved(
                    null, group.type().core().attribute(Shape.MEMBERS).orElseThrow(), null);
            Bound selector = Binder.bindSelector(filter, members);
            gone(memberships.removeMatching(id, FilterSql.member(selector, group)));
            forget(references.forget(id, meant(selector, references.awaited(id))));
        }

        /// Those who are awaited and may be meant. What they will be is not known yet, so every type a
        /// member can have is tried: a removal must not leave access behind.
        private List<String> meant(Bound selector, List<String> values) {
            return values.stream()
                    .filter(value -> group.memberTypes().stream()
                            .anyMatch(type -> Matcher.matchesElement(
                                    selector,
                                    JsonNodeFactory.instance
                                            .objectNode()
                                            .put("value", value)
                                            .put("type", type))))
                    .toList();
        }

        private void replaceAll(List<Member> members) {
            Set<String> values = values(members);
            Map<String, UUID> known = known(values);
            values.removeAll(known.keySet());
            gone(memberships.retain(id, known.values()));
            forget(references.forgetOthers(id, values));
            expect(values);
            came(memberships.add(id, known.values()));
        }

        private Map<String, UUID> known(Set<String> values) {
            values.forEach(Json::storable);
            return values.isEmpty() ? Map.of() : references.targets(caller.sourceId(), group.memberTypes(), values);
        }

        private void expect(Set<String> unknown) {
            if (unknown.isEmpty()) {
                return;
            }
            if (refuseUnknown) {
                throw ScimProblem.of(
                        ScimProblem.Type.invalidValue,
                        "members: " + unknown.size() + " of the ids belong to nobody this service knows");
            }
            for (String value : references.await(caller.sourceId(), id, unknown)) {
                if (!forgotten.remove(value)) {
                    awaited.add(value);
                }
            }
        }

        private void forget(List<String> values) {
            for (String value : values) {
                if (!awaited.remove(value)) {
                    forgotten.add(value);
                }
            }
        }

        private void came(List<UUID> ids) {
            for (UUID member : ids) {
                if (!removed.remove(member)) {
                    added.add(member);
                }
            }
        }

        private void gone(List<UUID> ids) {
            for (UUID member : ids) {
                if (!added.remove(member)) {
                    removed.add(member);
                }
            }
        }

        private static Set<String> values(List<Member> members) {
            Set<String> values = new LinkedHashSet<>();
            members.forEach(member -> values.add(member.value()));
            return values;
        }
    }
}
