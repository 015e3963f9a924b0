package dev.rolewright.directory;

import static dev.rolewright.Patience.await;
import static dev.rolewright.directory.Patches.add;
import static dev.rolewright.directory.Patches.both;
import static dev.rolewright.directory.Patches.ops;
import static dev.rolewright.directory.Patches.refs;
import static dev.rolewright.directory.Patches.remove;
import static dev.rolewright.directory.Patches.replace;
import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.directory.Entry.GroupRef;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.ScimProblem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Who is in which group, whatever becomes of either.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class GroupsFlowTest extends EntryFlow {

    @Test
    void aChangeOfMembersIsAChangeOfTheGroup() {
        Entry ada = person("ada", "");
        Entry crew = group("crew");

        Entry joined = members(crew, add(id(ada)));

        assertThat(joined.version()).isEqualTo(crew.version() + 1);
        assertThat(joined.lastModified()).isAfter(crew.lastModified());
        assertThat(find(group, crew.id())).contains(joined);
        assertThat(members(crew)).containsExactly(ada.id());
        refuses(
                412,
                null,
                () -> directory.patch(
                        source.caller(),
                        group,
                        id(crew),
                        add(id(ada)),
                        new Precondition.Versions(Set.of(crew.version()))));
    }

    @Test
    void addsAndRemovesMembersInTheOrderOfTheOperations() {
        Entry ada = person("ada", "");
        Entry bob = person("bob", "");
        Entry cyd = person("cyd", "");
        Entry crew = group("crew", ada);

        members(crew, both(remove(id(ada)), add(id(bob), id(cyd))));
        assertThat(members(crew)).containsExactlyInAnyOrder(bob.id(), cyd.id());

        members(crew, both(add(id(ada)), remove(id(ada), id(bob))));
        assertThat(members(crew)).containsExactly(cyd.id());

        members(crew, both(remove(id(cyd)), add(id(cyd))));
        assertThat(members(crew)).containsExactly(cyd.id());
    }

    @Test
    void addingAMemberOrRemovingAStrangerTwiceChangesNothing() {
        Entry ada = person("ada", "");
        Entry bob = person("bob", "");
        Entry crew = group("crew", ada);
        int before = trail().size();

        Entry again = members(
                crew, both(add(id(ada)), remove(id(bob), UUID.randomUUID().toString(), "never-heard")));

        assertThat(again).isEqualTo(crew);
        assertThat(members(crew)).containsExactly(ada.id());
        assertThat(trail()).hasSize(before);
    }

    @Test
    void replacesClearsAndFiltersMembers() {
        Entry ada = person("ada", "\"displayName\": \"Ada L\"");
        Entry bob = person("bob", "");
        Entry inner = group("inner");
        Entry crew = group("crew", ada);

        members(
                crew,
                ops("{\"op\": \"replace\", \"path\": \"members\", \"value\": %s}".formatted(refs(id(bob), id(inner)))));
        assertThat(members(crew)).containsExactlyInAnyOrder(bob.id(), inner.id());

        members(crew, ops("{\"op\": \"remove\", \"path\": \"members[type eq \\\"Group\\\"]\"}"));
        assertThat(members(crew)).containsExactly(bob.id());

        members(crew, both(add(id(ada)), ops("{\"op\": \"remove\", \"path\": \"members[display sw \\\"ada\\\"]\"}")));
        assertThat(members(crew)).containsExactly(bob.id());

        members(crew, ops("{\"op\": \"remove\", \"path\": \"members\"}"));
        assertThat(members(crew)).isEmpty();
    }

    @Test
    void renamesAGroupAndChangesItsMembersInOneGoOrNotAtAll() {
        Entry ada = person("ada", "");
        Entry crew = group("crew");

        Entry both = members(crew, both(replace("displayName", "\"staff\""), add(id(ada))));

        assertThat(both.document().path("displayName").textValue()).isEqualTo("staff");
        assertThat(members(crew)).containsExactly(ada.id());
        refuses(
                400,
                ScimProblem.Type.invalidPath,
                () -> members(crew, both(remove(id(ada)), replace("nonsense", "\"x\""))));
        assertThat(members(crew)).containsExactly(ada.id());
        assertThat(find(group, crew.id())).contains(both);
    }

    @Test
    void aPutWithoutMembersLeavesThemAndOneWithNoneRemovesThem() {
        Entry ada = person("ada", "");
        Entry bob = person("bob", "");
        Entry crew = group("crew", ada);

        put(crew, "");
        assertThat(members(crew)).containsExactly(ada.id());

        put(crew, ", \"Members\": " + refs(id(bob)));
        assertThat(members(crew)).containsExactly(bob.id());

        put(crew, ", \"members\": []");
        assertThat(members(crew)).isEmpty();
    }

    @Test
    void showsAPersonsGroupsDirectAndIndirect() {
        Entry ada = person("ada", "");
        Entry inner = group("inner", ada);
        Entry middle = group("middle", inner);
        Entry outer = group("outer", middle, ada);
        group("elsewhere");
        // A circle, and a group in itself.
        members(inner, add(id(outer)));
        members(inner, add(id(inner)));

        List<GroupRef> groups = find(user, ada.id()).orElseThrow().groups();

        assertThat(groups)
                .containsExactlyInAnyOrder(
                        new GroupRef(inner.id(), "inner", true),
                        new GroupRef(middle.id(), "middle", false),
                        new GroupRef(outer.id(), "outer", true));
        assertThat(search("userName eq \"ada\"").entries().getFirst().groups()).isEqualTo(groups);
        assertThat(directory
                        .find(source.id(), user, id(ada), View.PLAIN)
                        .orElseThrow()
                        .groups())
                .isEmpty();
    }

    @Test
    void aDeletedPersonLeavesEveryGroup() {
        Entry ada = person("ada", "");
        Entry bob = person("bob", "");
        Entry crew = group("crew", ada, bob);

        directory.delete(source.caller(), user, id(ada), Precondition.NONE);

        assertThat(find(user, ada.id())).isEmpty();
        assertThat(members(crew)).containsExactly(bob.id());
        assertThat(find(group, crew.id()).orElseThrow().version()).isEqualTo(crew.version() + 1);
        assertThat(total(user)).isEqualTo(1);
        assertThat(lastOf(ada).detail().path("groups").get(0).textValue()).isEqualTo(id(crew));
        refuses(404, null, () -> directory.delete(source.caller(), user, id(ada), Precondition.NONE));
    }

    @Test
    void aDeletedGroupLeavesNoTrace() {
        Entry ada = person("ada", "");
        Entry inner = group("inner", ada);
        members(inner, add(id(inner)));
        Entry outer = group("outer", inner);

        directory.delete(source.caller(), group, id(inner), Precondition.NONE);

        assertThat(members(outer)).isEmpty();
        assertThat(find(user, ada.id()).orElseThrow().groups()).isEmpty();
        assertThat(total(group)).isEqualTo(1);
        assertThat(lastOf(inner).detail().path("members")).hasSize(2);
    }

    @Test
    void refusesToChooseMembersByAnAddressItDoesNotKnow() {
        Entry ada = person("ada", "");
        Entry crew = group("crew", ada);

        refuses(
                400,
                ScimProblem.Type.invalidFilter,
                () -> members(
                        crew, ops("{\"op\": \"remove\", \"path\": \"members[$ref eq \\\"https://x/Users/1\\\"]\"}")));
        assertThat(members(crew)).containsExactly(ada.id());
    }

    @Test
    void streamsTheMembersOfSeveralGroupsInTheOrderAskedFor() throws SQLException {
        Entry ada = person("ada", "\"displayName\": \"Ada\"");
        Entry small = group("small", ada);
        Entry empty = group("empty");
        Entry large = group("large");
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    WITH made AS (INSERT INTO resource SELECT gen_random_uuid(), %d, 'User', 1, now(), now(), '{}', '{}'
                        FROM generate_series(1, 2500) RETURNING id)
                    INSERT INTO membership SELECT '%s', id FROM made""".formatted(source.id(), large.id()));
        }

        List<MemberRef> streamed = new ArrayList<>();
        try (Members members = directory.members(source.id(), List.of(large.id(), empty.id(), small.id()))) {
            for (MemberRef member = members.next(); member != null; member = members.next()) {
                streamed.add(member);
            }
        }

        assertThat(streamed).hasSize(2_501);
        assertThat(streamed.getLast()).isEqualTo(new MemberRef(small.id(), ada.id(), "User", "Ada"));
        assertThat(streamed.subList(0, 2_500))
                .allMatch(member -> member.group().equals(large.id()))
                .extracting(member -> member.id().toString())
                .isSorted();
        assertThat(members(large)).hasSize(2_500);
    }

    /// Forty readers are more than there are connections.
    @Test
    void readersOfGroupsWhoTakeTheirTimeKeepNobodyElseWaiting() throws Exception {
        Entry ada = person("ada", "");
        Entry crew = group("crew", ada);
        CountDownLatch enough = new CountDownLatch(1);
        AtomicInteger reading = new AtomicInteger();
        List<Future<MemberRef>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                readers.add(threads.submit(() -> {
                    try (Members members = directory.members(source.id(), List.of(crew.id()))) {
                        reading.incrementAndGet();
                        enough.await();
                        return members.next();
                    }
                }));
            }
            try {
                await().untilAtomic(reading, greaterThanOrEqualTo(16));

                assertThat(threads.submit(() -> directory.find(source.id(), user, id(ada), View.PLAIN)))
                        .succeedsWithin(Duration.ofSeconds(5))
                        .matches(Optional::isPresent);
            } finally {
                enough.countDown();
            }
        }
        assertThat(readers)
                .allSatisfy(
                        reader -> assertThat(reader.get()).isEqualTo(new MemberRef(crew.id(), ada.id(), "User", null)));
    }

    private Entry put(Entry entry, String more) {
        ObjectNode body = json("{\"schemas\": [\"%s\"], \"displayName\": \"crew\"%s}"
                .formatted(group.core().id(), more));
        return directory.replace(source.caller(), group, id(entry), body, Precondition.NONE);
    }
}
