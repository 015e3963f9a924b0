package dev.rolewright.directory;

import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class SearchFlowTest extends SourceFlow {

    private static final String BASE = "https://example.org/scim/v2";

    @Inject
    DirectoryStore sql;

    private final Random random = new Random(20261121);

    @Test
    void pagesByIndexInTheOrderOfCreationWithTruthfulTotals() {
        List<UUID> made = people(25);

        assertThat(index(null, null, 1, 10)).isEqualTo(made.subList(0, 10));
        assertThat(index(null, null, 11, 10)).isEqualTo(made.subList(10, 20));
        assertThat(index(null, null, 21, 10)).isEqualTo(made.subList(20, 25));
        assertThat(index(null, null, 26, 10)).isEmpty();
        for (int start : List.of(1, 11, 21, 26, 1_000)) {
            assertThat(page(null, null, new Paging.Index(start, 10)).total()).isEqualTo(25);
            assertThat(page("userName sw \"p\"", null, new Paging.Index(start, 10))
                            .total())
                    .isEqualTo(25);
        }
        assertThat(page(null, null, new Paging.Index(1, 0))).isEqualTo(new ResultPage(25, List.of(), null));
        assertThat(page("userName ew \"7\"", null, new Paging.Index(1, 0)).total())
                .isEqualTo(2);
        assertThat(index("userName ew \"7\"", null, 2, 1)).containsExactly(made.get(17));
    }

    @Test
    void pagesByCursorThroughEverythingOnceWhateverHappensMeanwhile() {
        List<UUID> made = people(25);

        List<UUID> seen = new ArrayList<>();
        String cursor = null;
        int left = 25;
        do {
            ResultPage page = page(null, null, new Paging.Cursor(cursor, 10));
            assertThat(page.total()).isEqualTo(left--);
            page.entries().forEach(entry -> seen.add(entry.id()));
            cursor = page.nextCursor();
            // Somebody who was already shown goes; an index page would now skip one.
            directory.delete(source.caller(), user, seen.getFirst().toString(), Precondition.NONE);
            seen.removeFirst();
        } while (cursor != null);

        assertThat(seen).isEqualTo(made.subList(3, 25));
    }

    @Test
    void keepsTheTotalAFilteredCursorSearchBeganWith() {
        people(12);

        ResultPage first = page("userName pr", null, new Paging.Cursor(null, 5));
        people(1);
        ResultPage second = page("userName pr", null, new Paging.Cursor(first.nextCursor(), 5));

        assertThat(first.total()).isEqualTo(12);
        assertThat(second.total()).isEqualTo(12);
        assertThat(page("userName pr", null, new Paging.Cursor(null, 100)).total())
                .isEqualTo(13);
    }

    @Test
    void anEmptyOrFullLastPageHasNoCursor() {
        people(10);

        assertThat(page(null, null, new Paging.Cursor(null, 10)).nextCursor()).isNull();
        assertThat(page(null, null, new Paging.Cursor(null, 9)).nextCursor()).isNotNull();
        assertThat(page(null, null, new Paging.Cursor(null, 0))).isEqualTo(new ResultPage(10, List.of(), null));
        assertThat(page("userName eq \"nobody\"", null, new Paging.Cursor(null, 10)))
                .isEqualTo(new ResultPage(0, List.of(), null));
    }

    @Test
    void sortsByAnyAttributeWithAbsentValuesLast() {
        UUID beth = person("\"displayName\": \"beth\", \"name\": {\"familyName\": \"Z\"}, \"active\": true");
        UUID nobody = person("\"active\": false");
        UUID anna = person("\"displayName\": \"Anna\", \"name\": {\"familyName\": \"M\"}, \"active\": true");
        UUID anna2 = person("\"displayName\": \"ANNA\", \"name\": {\"familyName\": \"É\"}, \"active\": false");

        assertSorted("displayName", anna, anna2, beth, nobody);
        assertSorted("name.familyName", anna, beth, anna2, nobody);
        assertSorted("active", nobody, anna2, beth, anna);
        assertSorted("id", beth, nobody, anna, anna2);
        assertSorted("meta.created", beth, nobody, anna, anna2);
        assertSorted("meta.lastModified", beth, nobody, anna, anna2);
        assertSorted("meta.version", beth, nobody, anna, anna2);
        assertSorted("meta.resourceType", beth, nobody, anna, anna2);
        assertSorted("meta.location", beth, nobody, anna, anna2);
        assertSorted("schemas", beth, nobody, anna, anna2);
        assertSorted("nickName", beth, nobody, anna, anna2);
    }

    @Test
    void sortsByThePrimaryOrElseTheFirstOfSeveralValues() {
        UUID none = person("\"active\": true");
        UUID primary = person("\"emails\": [{\"value\": \"a@x\"}, {\"value\": \"m@x\", \"primary\": true}]");
        UUID first = person("\"emails\": [{\"value\": \"b@x\"}, {\"value\": \"a@x\"}]");
        UUID other = person("\"emails\": [{\"value\": \"z@x\", \"primary\": false}, {\"value\": \"a@x\"}]");

        assertSorted("emails", first, primary, other, none);
        assertSorted("emails.value", first, primary, other, none);
    }

    @Test
    void sortsByWhatIsDerived() {
        UUID ada = person("\"displayName\": \"Ada\"");
        UUID bob = person("\"displayName\": \"Bob\"");
        UUID alone = person("\"displayName\": \"Cyd\"");
        UUID z = group("z", bob);
        UUID a = group("a", ada);
        UUID empty = group("empty");

        assertSorted("groups.display", ada, bob, alone);
        assertThat(ids(directory.search(
                        source.id(), query(List.of(group), null, sort("members.display"), new Paging.Index(1, 9)))))
                .containsExactly(a, z, empty);
        assertThat(ids(directory.search(
                        source.id(), query(List.of(group), null, sort("members.type"), new Paging.Index(1, 9)))))
                .containsExactly(z, a, empty);
    }

    @Test
    void refusesToSortByWhatDoesNotExistOrHasNoOrder() {
        refuses(Type.invalidPath, () -> page(null, sort("shoeSize"), new Paging.Index(1, 10)));
        refuses(Type.invalidPath, () -> page(null, sort("name"), new Paging.Index(1, 10)));
        refuses(Type.invalidPath, () -> page(null, sort("password"), new Paging.Index(1, 10)));
    }

    @Test
    void cursorAndIndexShowTheSameOrder() {
        for (int i = 0; i < 40; i++) {
            String name = random.nextInt(3) == 0 ? "" : ", \"displayName\": \"d" + random.nextInt(6) + "\"";
            person("\"nickName\": \"n" + random.nextInt(4) + "\"" + name);
        }
        for (String attribute : List.of("displayName", "nickName", "userName", "meta.lastModified", "title", "id")) {
            for (boolean descending : List.of(false, true)) {
                for (String filter : java.util.Arrays.asList(null, "nickName ne \"n1\"")) {
                    Sort sort = new Sort(path(attribute), descending);
                    List<UUID> all = ids(page(filter, sort, new Paging.Index(1, 100)));
                    for (int count : List.of(1, 3, 7, 100)) {
                        assertThat(walk(filter, sort, count))
                                .as(attribute + (descending ? " down" : " up") + " by " + count)
                                .isEqualTo(all);
                        assertThat(leaf(filter, sort, count)).isEqualTo(all);
                    }
                }
            }
        }
    }

    @Test
    void findsAcrossTypes() {
        UUID ada = person("\"displayName\": \"same\", \"nickName\": \"n\"");
        UUID crew = group("same");
        UUID bob = person("\"displayName\": \"other\"");
        List<ResourceType> both = List.of(user, group);

        assertThat(ids(directory.search(source.id(), query(both, null, null, new Paging.Index(1, 10)))))
                .containsExactly(ada, crew, bob);
        assertThat(ids(directory.search(source.id(), query(both, null, null, new Paging.Index(2, 1)))))
                .containsExactly(crew);
        assertThat(directory
                        .search(source.id(), query(both, null, null, new Paging.Index(1, 1)))
                        .total())
                .isEqualTo(3);
        ResultPage same =
                directory.search(source.id(), query(both, "displayName eq \"same\"", null, new Paging.Index(1, 10)));
        assertThat(same.entries()).extracting(entry -> entry.type().name()).containsExactly("User", "Group");
        assertThat(ids(directory.search(source.id(), query(both, "nickName pr", null, new Paging.Index(1, 10)))))
                .containsExactly(ada);
        assertThat(ids(directory.search(source.id(), query(both, null, sort("nickName"), new Paging.Index(1, 10)))))
                .containsExactly(ada, crew, bob);
        List<UUID> walked = new ArrayList<>();
        String cursor = null;
        do {
            ResultPage page = directory.search(
                    source.id(), query(both, null, new Sort(path("displayName"), true), new Paging.Cursor(cursor, 1)));
            walked.addAll(ids(page));
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(walked).containsExactly(crew, ada, bob);
    }

    @Test
    void opensNoCursorButItsOwn() {
        people(4);
        Sort byName = sort("userName");
        String cursor = page(null, byName, new Paging.Cursor(null, 2)).nextCursor();

        assertThat(page(null, byName, new Paging.Cursor(cursor, 2)).entries()).hasSize(2);
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        assertThat(page(null, byName, new Paging.Cursor(null, 2)).nextCursor())
                .as("sealed: the same place never looks the same")
                .isNotEqualTo(cursor);
        refuses(Type.invalidCursor, () -> page(null, sort("displayName"), new Paging.Cursor(cursor, 2)));
        refuses(Type.invalidCursor, () -> page("userName pr", byName, new Paging.Cursor(cursor, 2)));
        refuses(Type.invalidCursor, () -> page(null, new Sort(byName.path(), true), new Paging.Cursor(cursor, 2)));
        refuses(
                Type.invalidCursor,
                () -> directory.search(
                        TestSource.create(store).id(),
                        query(List.of(user), null, byName, new Paging.Cursor(cursor, 2))));
        refuses(Type.invalidCount, () -> page(null, byName, new Paging.Cursor(cursor, 3)));
        for (String wrong : List.of("", "x", "äöü", "AAAA", "a".repeat(200), cursor + "A", cursor.substring(1))) {
            refuses(Type.invalidCursor, () -> page(null, byName, new Paging.Cursor(wrong, 2)));
        }
        byte[] sealed = Base64.getUrlDecoder().decode(cursor);
        for (int i = 0; i < sealed.length; i++) {
            byte[] tampered = sealed.clone();
            tampered[i] ^= 1;
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(tampered);
            refuses(Type.invalidCursor, () -> page(null, byName, new Paging.Cursor(token, 2)));
        }
    }

    @Test
    void aCursorEndsWithItsTimeAndOutlivesTheProcess() {
        people(3);
        Query first = query(List.of(user), null, null, new Paging.Cursor(null, 2));
        Cursors.Cursor place = new Cursors.Cursor(2, -1, new Position(null, Ids.next()));

        String fresh =
                new Cursors(sql, Settings.withCursorsThatLast(Duration.ofMinutes(1))).seal(source.id(), first, place);
        String old =
                new Cursors(sql, Settings.withCursorsThatLast(Duration.ofMillis(-1))).seal(source.id(), first, place);

        assertThat(new Cursors(sql, Settings.withCursorsThatLast(Duration.ZERO)).open(source.id(), first, fresh))
                .isEqualTo(place);
        refuses(Type.expiredCursor, () -> page(null, null, new Paging.Cursor(old, 2)));
    }

    @Test
    void endsASearchThatTakesTooLong() {
        Sql slow = Sql.of("SELECT pg_sleep(20)");

        assertThatThrownBy(() -> sql.all(slow, row -> 1, Duration.ofSeconds(1)))
                .isInstanceOfSatisfying(
                        ScimProblem.class, problem -> assertThat(problem.type()).isEqualTo(Type.tooMany));
    }

    // --- words ---

    /// Ascending as given, descending backwards.
    private void assertSorted(String attribute, UUID... expected) {
        List<UUID> up = List.of(expected);
        assertThat(ids(page(null, sort(attribute), new Paging.Index(1, 100))))
                .as(attribute)
                .isEqualTo(up);
        assertThat(ids(page(null, new Sort(path(attribute), true), new Paging.Index(1, 100))))
                .as(attribute + " down")
                .isEqualTo(up.reversed());
        assertThat(walk(null, sort(attribute), 1)).isEqualTo(up);
    }

    private List<UUID> walk(@Nullable String filter, Sort sort, int count) {
        List<UUID> walked = new ArrayList<>();
        String cursor = null;
        do {
            ResultPage page = page(filter, sort, new Paging.Cursor(cursor, count));
            walked.addAll(ids(page));
            cursor = page.nextCursor();
        } while (cursor != null);
        return walked;
    }

    private List<UUID> leaf(@Nullable String filter, Sort sort, int count) {
        List<UUID> leafed = new ArrayList<>();
        ResultPage page;
        do {
            page = page(filter, sort, new Paging.Index(leafed.size() + 1, count));
            leafed.addAll(ids(page));
        } while (!page.entries().isEmpty());
        assertThat(page.total()).isEqualTo(leafed.size());
        return leafed;
    }

    private List<UUID> index(@Nullable String filter, @Nullable Sort sort, int start, int count) {
        return ids(page(filter, sort, new Paging.Index(start, count)));
    }

    private ResultPage page(@Nullable String filter, @Nullable Sort sort, Paging paging) {
        return directory.search(source.id(), query(List.of(user), filter, sort, paging));
    }

    private static Query query(List<ResourceType> types, @Nullable String filter, @Nullable Sort sort, Paging paging) {
        Filter tree = filter == null ? null : FilterParser.parse(filter, FilterLimits.STANDARD);
        return new Query(types, tree, sort, paging, View.FULL, BASE);
    }

    private static Sort sort(String attribute) {
        return new Sort(path(attribute), false);
    }

    private static AttributePath path(String attribute) {
        return AttributePath.parse(attribute);
    }

    private static List<UUID> ids(ResultPage page) {
        return page.entries().stream().map(Entry::id).toList();
    }

    private List<UUID> people(int number) {
        return Stream.generate(() -> person("\"active\": true")).limit(number).toList();
    }

    private int people;

    private UUID person(String more) {
        UUID id = Ids.next();
        directory.create(
                source.caller(),
                user,
                id,
                Intake.create(
                        user,
                        json("{\"schemas\": [\"%s\"], \"userName\": \"p%d\", %s}"
                                .formatted(user.core().id(), people++, more))));
        return id;
    }

    private UUID group(String name, UUID... members) {
        List<String> refs =
                Stream.of(members).map(id -> "{\"value\": \"" + id + "\"}").toList();
        UUID id = Ids.next();
        directory.create(
                source.caller(),
                group,
                id,
                Intake.create(
                        group,
                        json("{\"schemas\": [\"%s\"], \"displayName\": \"%s\", \"members\": %s}"
                                .formatted(group.core().id(), name, refs))));
        return id;
    }

    private static void refuses(Type type, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ScimProblem.class,
                        problem ->
                                assertThat(problem.type()).as(problem.detail()).isEqualTo(type));
    }
}
