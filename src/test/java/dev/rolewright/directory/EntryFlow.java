package dev.rolewright.directory;

import static dev.rolewright.directory.Patches.refs;
import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.audit.AuditEntry;
import dev.rolewright.audit.AuditQuery;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.patch.PatchOp;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// People and groups as the directory gives them back.
abstract class EntryFlow extends SourceFlow {

    Entry person(String userName, String more) {
        return directory.create(source.caller(), user, Ids.next(), Intake.create(user, body(userName, more)));
    }

    Entry group(String name, Entry... members) {
        ObjectNode body = json("{\"schemas\": [\"%s\"], \"displayName\": \"%s\", \"members\": %s}"
                .formatted(
                        group.core().id(),
                        name,
                        refs(Stream.of(members).map(EntryFlow::id).toArray())));
        return directory.create(source.caller(), group, Ids.next(), Intake.create(group, body));
    }

    Entry members(Entry group, List<PatchOp> operations) {
        return directory.patch(source.caller(), group.type(), id(group), operations, Precondition.NONE);
    }

    List<UUID> members(Entry group) {
        return members(group.id());
    }

    Optional<Entry> find(ResourceType type, UUID id) {
        return directory.find(source.id(), type, id.toString(), View.FULL);
    }

    ResultPage search(String filter) {
        return directory.search(
                source.id(),
                new Query(
                        List.of(user),
                        FilterParser.parse(filter, FilterLimits.STANDARD),
                        null,
                        new Paging.Index(1, 100),
                        View.FULL,
                        "https://example.org"));
    }

    List<UUID> found(String filter) {
        return search(filter).entries().stream().map(Entry::id).toList();
    }

    List<AuditEntry> trail() {
        return log.read(new AuditQuery(source.name(), null, null, null, null, null, null, null, 1_000));
    }

    AuditEntry lastOf(Entry entry) {
        return log.read(new AuditQuery(source.name(), id(entry), null, null, null, null, null, null, 1))
                .getFirst();
    }

    static String id(Entry entry) {
        return entry.id().toString();
    }

    static void refuses(int status, ScimProblem.Type type, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ScimProblem.class, problem -> {
            assertThat(problem.status()).as(problem.detail()).isEqualTo(status);
            assertThat(problem.type()).isEqualTo(type);
        });
    }
}
