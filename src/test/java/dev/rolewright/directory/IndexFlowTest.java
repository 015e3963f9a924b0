package dev.rolewright.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.directory.PageSql.Half;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.ResourceType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people and groups are looked up by is answered by an index, as the server itself explains.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class IndexFlowTest {

    private static final UUID SOMEBODY = new UUID(0x01a1fb0000007000L, 0x8000000000000009L);

    @Inject
    DataSource store;

    @Inject
    DirectoryStore sql;

    @Inject
    Catalog catalog;

    private static TestSource source;

    @BeforeEach
    void fillADirectory() {
        if (source != null) {
            return;
        }
        source = TestSource.create(store);
        sql.run(Sql.of("""
                        INSERT INTO resource (id, source_id, type, version, created, last_modified, document, search)
                        SELECT gen_random_uuid(), ?, t, 1, now(), now() - i * interval '1 minute', d, d
                        FROM unnest(ARRAY['User', 'Group']) t, generate_series(1, 8000) i, jsonb_build_object(
                            'userName', CASE t WHEN 'User' THEN 'u' || i END, 'externalId', 'e' || i,
                            'displayName', 'd' || i, 'title', 't' || i,
                            'emails', jsonb_build_array(jsonb_build_object(
                                'value', 'u' || i || '@example.org', 'type', 'work', 'primary', true))) d""", source.id()));
        sql.run(Sql.of("ANALYZE resource"));
    }

    @AfterAll
    static void forgetEverybody() throws SQLException {
        TestPostgres.forgetEverybody();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    id eq "01a1fb00-0000-7000-8000-000000000009"                   | (id =
                    userName eq "U77"                                              | resource_user_name
                    userName sw "u777"                                             | resource_user_name
                    externalId eq "e77"                                            | resource_external_id
                    displayName eq "D77"                                           | resource_display_name
                    displayName eq "d77" and title eq "t77"                        | resource_display_name
                    emails.value eq "u77@example.org"                              | resource_emails
                    emails eq "U77@example.org"                                    | resource_emails
                    emails[type eq "work" and value eq "u77@example.org"]          | resource_emails
                    emails[type eq "work"].value eq "u77@example.org"              | resource_emails
                    emails[value eq "u77@example.org" and not (type eq "home")]    | resource_emails
                    id eq "01a1fb00-0000-7000-8000-000000000009" and emails co "x" | (id =
                    meta.lastModified gt "2999-01-01T00:00:00Z"                    | resource_last_modified
                    """)
    void findsPeopleByIndex(String filter, String index) {
        assertThat(plan("User", filter)).contains(index).doesNotContain("Seq Scan");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    id eq "01a1fb00-0000-7000-8000-000000000009"           | (id =
                    externalId eq "e77"                                    | resource_external_id
                    displayName eq "AzureAD_Test-0f8d"                     | resource_display_name
                    meta.lastModified ge "2999-01-01T00:00:00Z"            | resource_last_modified
                    members.value eq "01a1fb00-0000-7000-8000-000000000009" | membership_member
                    """)
    void findsGroupsByIndex(String filter, String index) {
        assertThat(plan("Group", filter)).contains(index);
    }

    @ParameterizedTest
    @CsvSource({
        "ID, resource_pkey",
        "USER_NAME, resource_user_name",
        "EXTERNAL_ID, resource_external_id",
        "EMPLOYEE_NUMBER, resource_employee_number",
        "EMAIL, resource_emails"
    })
    void findsWhoIsMeantByIndex(Identity.Key key, String index) {
        assertThat(explain(Identities.named(key, List.of(SOMEBODY.toString()))))
                .contains(index)
                .doesNotContain("Seq Scan");
    }

    @Test
    void findsWhoChangedInATimeByIndex() {
        Instant from = Instant.now().minusSeconds(1_200);
        String filter =
                "meta.lastModified ge \"%s\" and meta.lastModified lt \"%s\"".formatted(from, from.plusSeconds(300));

        assertThat(plan("User", filter)).contains("resource_last_modified").doesNotContain("Seq Scan");
    }

    @Test
    void findsTheGroupsOfAPersonByIndex() {
        String plan = explain(new Sql()
                .add(
                        "SELECT " + Columns.of(Shape.of(type("User")), View.FULL) + " FROM resource r WHERE r.id = ?",
                        SOMEBODY));

        assertThat(plan).contains("membership_member").contains("resource_pkey").doesNotContain("Seq Scan");
    }

    @Test
    void findsThoseWhoseUserNameBeginsSoByIndex() {
        assertThat(explain(Identities.begun(List.of("u7", "u77"))))
                .containsPattern("Index Cond: .*userName.*>.*userName.*<")
                .contains("resource_user_name")
                .doesNotContain("Seq Scan on resource");
    }

    @ParameterizedTest
    @CsvSource({
        "userName, false, resource_user_name",
        "userName, true, resource_user_name",
        "displayName, false, resource_display_name",
        "externalId, true, resource_external_id",
        "meta.lastModified, false, resource_last_modified",
        "meta.lastModified, true, resource_last_modified"
    })
    void beginsAnIndexedSortWithoutSortingEverybody(String attribute, boolean descending, String index) {
        Sort sort = new Sort(AttributePath.parse(attribute), descending);

        String plan = explain(page("User", null, sort).index(100, 0));

        assertThat(plan).contains(index).doesNotContain("Seq Scan").doesNotContainPattern("->  Sort");
    }

    @ParameterizedTest
    @CsvSource({
        "userName, false, resource_user_name",
        "displayName, false, resource_display_name",
        "displayName, true, resource_display_name",
        "externalId, true, resource_external_id",
        "meta.lastModified, false, resource_last_modified",
        "meta.lastModified, true, resource_last_modified"
    })
    void continuesAnIndexedSortWhereThePageBeforeEnded(String attribute, boolean descending, String index) {
        PageSql page = page("User", null, new Sort(AttributePath.parse(attribute), descending));
        String key = attribute.startsWith("meta") ? Instant.now().toString() : "e77";

        String begins = explain(page.behind(null, Half.WITH_KEY, 100));
        String continues = explain(page.behind(new Position(key, SOMEBODY), Half.WITH_KEY, 100));

        assertThat(begins).contains(index).doesNotContain("Seq Scan").doesNotContainPattern("->  Sort");
        assertThat(continues).contains(index).doesNotContain("Seq Scan").doesNotContainPattern("->  Sort");
        assertThat(continues).containsPattern("Index Cond: .*(" + key.substring(0, 3) + "|ROW)");
    }

    @Test
    void findsThoseWithoutAValueByIndex() {
        PageSql page = page("User", null, new Sort(AttributePath.of("displayName"), false));

        assertThat(explain(page.behind(new Position(null, SOMEBODY), Half.WITHOUT_KEY, 100)))
                .contains("resource_display_name")
                .doesNotContainPattern("->  Sort");
    }

    @Test
    void readsASmallGroupMemberByMember() {
        String one = explain(Memberships.of(source.id(), List.of(SOMEBODY)));
        String several = explain(Memberships.of(source.id(), List.of(SOMEBODY, SOMEBODY)));

        for (String plan : List.of(one, several)) {
            assertThat(plan)
                    .contains("Nested Loop", "using resource_pkey")
                    .containsPattern("Index Cond: \\(group_id = ")
                    .doesNotContain("Merge Join")
                    .doesNotContain("Hash Join");
        }
    }

    @Test
    void countsAFarPageOffInTheIndexAlone() {
        sql.run(Sql.of("VACUUM resource"));

        assertThat(explain(page("User", null, null).index(100, 5_000))).contains("Index Only Scan using resource_page");
    }

    private PageSql page(String type, @Nullable String filter, @Nullable Sort sort) {
        Query query = new Query(
                List.of(type(type)),
                filter == null ? null : FilterParser.parse(filter, FilterLimits.STANDARD),
                sort,
                new Paging.Index(1, 100),
                View.PLAIN,
                "https://example.org/scim/v2");
        return PageSql.of(source.id(), query, catalog);
    }

    private String plan(String type, String filter) {
        return explain(page(type, filter, null).index(100, 0));
    }

    private String explain(Sql query) {
        return String.join("\n", sql.all(new Sql().add("EXPLAIN ").add(query), row -> row.getString(1)));
    }

    private ResourceType type(String name) {
        return catalog.type(name).orElseThrow();
    }
}
