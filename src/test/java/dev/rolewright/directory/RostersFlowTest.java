package dev.rolewright.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.schema.Catalog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever pages through the people of groups meets each of them once, however they are in.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class RostersFlowTest {

    @Inject
    Directory directory;

    @Inject
    Rosters rosters;

    @Inject
    Catalog catalog;

    @Inject
    DataSource store;

    private Pushes pushes;
    private final String tag = UUID.randomUUID().toString();

    @BeforeEach
    void openASource() {
        pushes = Pushes.into(directory, catalog, TestSource.create(store));
    }

    @Test
    void everybodyIsMetOnceThroughNestedGroupsAndCircles() {
        List<UUID> people = pushes.people(7);
        UUID inner = pushes.group("inner " + tag, people.subList(0, 4));
        UUID middle = pushes.group("middle " + tag, List.of(inner, people.get(4), people.get(0)));
        UUID outer = pushes.group("outer " + tag, List.of(middle, people.get(5)));
        pushes.patchGroup(inner, Pushes.add(outer));
        pushes.group("beside " + tag, people);

        assertThat(paged("outer " + tag, 2)).containsExactlyElementsOf(ids(people.subList(0, 6)));
        assertThat(paged("outer " + tag, 100)).containsExactlyElementsOf(ids(people.subList(0, 6)));
        assertThat(paged("beside " + tag, 3)).containsExactlyElementsOf(ids(people));
    }

    @Test
    void groupsAreChosenByTheirExternalIdToo() {
        List<UUID> people = pushes.people(2);
        UUID group = pushes.group("with " + tag, people);
        pushes.patchGroup(group, Pushes.replace("externalId", "\"" + tag + "\""));

        assertThat(rosters.people((_, _, externalId) -> externalId.equals(Optional.of(tag)), Optional.empty(), 10))
                .containsExactlyElementsOf(ids(people));
        assertThat(rosters.people((_, name, _) -> name.equals("nobody's " + tag), Optional.empty(), 10))
                .isEmpty();
    }

    @Test
    void groupsOfOneNameAreToldApartByTheirSource() {
        TestSource other = TestSource.create(store);
        pushes.group("crew " + tag, pushes.people(2));
        Pushes others = Pushes.into(directory, catalog, other);
        List<UUID> theirs = others.people(2);
        others.group("crew " + tag, theirs);

        assertThat(rosters.people(
                        (source, name, _) -> source.equals(other.name()) && name.equals("crew " + tag),
                        Optional.empty(),
                        10))
                .containsExactlyElementsOf(ids(theirs));
    }

    private List<PersonId> paged(String group, int limit) {
        List<PersonId> met = new ArrayList<>();
        while (true) {
            List<PersonId> page = rosters.people(
                    (_, name, _) -> name.equals(group),
                    met.isEmpty() ? Optional.empty() : Optional.of(met.getLast()),
                    limit);
            if (page.isEmpty()) {
                return met;
            }
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            met.addAll(page);
        }
    }

    private static List<PersonId> ids(List<UUID> people) {
        return people.stream().map(PersonId::new).sorted().toList();
    }
}
