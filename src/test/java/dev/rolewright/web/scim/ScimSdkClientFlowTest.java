package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.ScimClient.unique;
import static org.assertj.core.api.Assertions.assertThat;

import de.captaingoldfish.scim.sdk.client.ScimClientConfig;
import de.captaingoldfish.scim.sdk.client.ScimRequestBuilder;
import de.captaingoldfish.scim.sdk.client.builder.BulkBuilder;
import de.captaingoldfish.scim.sdk.client.response.ServerResponse;
import de.captaingoldfish.scim.sdk.common.constants.EndpointPaths;
import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.constants.enums.PatchOp;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.complex.Name;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Email;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.common.response.BulkResponse;
import de.captaingoldfish.scim.sdk.common.response.BulkResponseOperation;
import de.captaingoldfish.scim.sdk.common.response.ListResponse;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The client of SCIM-SDK, as it comes, against this server.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ScimSdkClientFlowTest {

    private ScimRequestBuilder scim;

    @BeforeEach
    void connect() {
        scim = new ScimRequestBuilder(
                "http://localhost:" + RestAssured.port + ScimClient.ROOT,
                ScimClientConfig.builder()
                        .httpHeaders(Map.of("Authorization", "Bearer " + ScimClient.TOKEN))
                        .build());
    }

    @AfterEach
    void disconnect() {
        scim.close();
    }

    @Test
    void readsWhatTheServerSaysOfItself() {
        ServiceProvider provider = scim.loadServiceProviderConfiguration();

        assertThat(provider.getBulkConfig().isSupported()).isTrue();
        assertThat(provider.getBulkConfig().getMaxOperations()).isEqualTo(1000);
        assertThat(provider.getFilterConfig().isSupported()).isTrue();
        assertThat(provider.getPatchConfig().isSupported()).isTrue();
        assertThat(provider.getETagConfig().isSupported()).isTrue();
    }

    @Test
    void createsReadsReplacesAndDeletes() {
        User created = create(user(unique("ada")));

        ServerResponse<User> read = scim.get(
                        User.class, EndpointPaths.USERS, created.getId().orElseThrow())
                .sendRequest();
        assertThat(read.isValidScimResponse()).isTrue();
        assertThat(read.getResource()).isEqualTo(created);

        User changed = read.getResource();
        changed.setDisplayName("Ada L");
        ServerResponse<User> replaced = scim.update(
                        User.class, EndpointPaths.USERS, created.getId().orElseThrow())
                .setResource(changed)
                .sendRequest();
        assertThat(replaced.isSuccess()).isTrue();
        assertThat(replaced.getResource().getDisplayName()).hasValue("Ada L");

        ServerResponse<User> deleted = scim.delete(
                        User.class, EndpointPaths.USERS, created.getId().orElseThrow())
                .sendRequest();
        assertThat(deleted.getHttpStatus()).isEqualTo(204);
        ServerResponse<User> gone = scim.get(
                        User.class, EndpointPaths.USERS, created.getId().orElseThrow())
                .sendRequest();
        assertThat(gone.getHttpStatus()).isEqualTo(404);
        assertThat(gone.getErrorResponse().getStatus()).isEqualTo(404);
    }

    @Test
    void findsByComplexFiltersAndPages() {
        String family = unique("fam");
        for (int i = 0; i < 4; i++) {
            User user = user(family + i);
            user.setName(Name.builder().familyName(family).givenName("G" + i).build());
            user.setActive(i % 2 == 0);
            user.setEmails(List.of(Email.builder()
                    .value(i + "@" + family + ".test")
                    .type("work")
                    .build()));
            create(user);
        }

        ServerResponse<ListResponse<User>> active = scim.list(User.class, EndpointPaths.USERS)
                .filter("name.familyName", Comparator.EQ, family)
                .and(true, "active", Comparator.EQ, true)
                .or("emails.value", Comparator.SW, "1@", true)
                .build()
                .sortBy("name.givenName")
                .sortOrder(SortOrder.DESCENDING)
                .get()
                .sendRequest();
        ServerResponse<ListResponse<User>> page = scim.list(User.class, EndpointPaths.USERS)
                .filter("emails[type eq \"work\" and value ew \"@" + family + ".test\"]")
                .sortBy("userName")
                .startIndex(2)
                .count(2)
                .attributes("userName")
                .post()
                .sendRequest();
        ServerResponse<ListResponse<User>> all = scim.list(User.class, EndpointPaths.USERS)
                .filter("userName sw \"" + family + "\"")
                .get()
                .getAll();

        assertThat(names(active)).containsExactly(family + 2, family + 1, family + 0);
        assertThat(names(page)).containsExactly(family + 1, family + 2);
        assertThat(page.getResource().getTotalResults()).isEqualTo(4);
        assertThat(names(all)).hasSize(4);
    }

    @Test
    void patchesWithTagsAndWithout() {
        User ada = create(user(unique("ada")));
        String id = ada.getId().orElseThrow();
        // This client's own setters for tags leave the header of a PATCH out.
        String tag = ada.getMeta().orElseThrow().getVersion().orElseThrow().toString();

        ServerResponse<User> patched = scim.patch(User.class, EndpointPaths.USERS, id)
                .addOperation()
                .op(PatchOp.ADD)
                .path("emails")
                .valueNode(Email.builder().value("a@b.test").type("work").build())
                .next()
                .op(PatchOp.REPLACE)
                .path("nickName")
                .value("A")
                .build()
                .sendRequest(Map.of("If-Match", tag));
        ServerResponse<User> stale = scim.patch(User.class, EndpointPaths.USERS, id)
                .addOperation()
                .op(PatchOp.REPLACE)
                .path("nickName")
                .value("B")
                .build()
                .sendRequest(Map.of("If-Match", tag));
        ServerResponse<User> unchanged = scim.get(User.class, EndpointPaths.USERS, id)
                .sendRequest(Map.of("If-None-Match", patched.getHttpHeaders().get("ETag")));

        assertThat(patched.getHttpStatus()).isEqualTo(200);
        assertThat(patched.getResource().getNickName()).hasValue("A");
        assertThat(patched.getResource().getEmails()).hasSize(1);
        assertThat(stale.getHttpStatus()).isEqualTo(412);
        assertThat(unchanged.getHttpStatus()).isEqualTo(304);
    }

    @Test
    void changesMembership() {
        String ada = create(user(unique("ada"))).getId().orElseThrow();
        String bo = create(user(unique("bo"))).getId().orElseThrow();
        Group draft = Group.builder()
                .displayName(unique("readers"))
                .members(List.of(Member.builder().value(ada).build()))
                .build();
        ServerResponse<Group> created = scim.create(Group.class, EndpointPaths.GROUPS)
                .setResource(draft)
                .sendRequest();
        assertThat(created.getHttpStatus()).isEqualTo(201);
        String group = created.getResource().getId().orElseThrow();

        ServerResponse<Group> patched = scim.patch(Group.class, EndpointPaths.GROUPS, group)
                .addOperation()
                .op(PatchOp.ADD)
                .path("members")
                .valueNode(Member.builder().value(bo).build())
                .next()
                .op(PatchOp.REMOVE)
                .path("members[value eq \"" + ada + "\"]")
                .build()
                .sendRequest();

        assertThat(patched.getHttpStatus()).isEqualTo(204);
        ServerResponse<Group> read =
                scim.get(Group.class, EndpointPaths.GROUPS, group).sendRequest();
        assertThat(read.getResource().getMembers())
                .extracting(m -> m.getValue().orElseThrow())
                .containsExactly(bo);
        ServerResponse<User> person =
                scim.get(User.class, EndpointPaths.USERS, bo).sendRequest();
        assertThat(person.getResource().getGroups())
                .extracting(g -> g.getValue().orElseThrow())
                .containsExactly(group);
    }

    @Test
    void doesManyThingsAtOnce() {
        User old = create(user(unique("old")));
        Group team = Group.builder()
                .displayName(unique("team"))
                .members(List.of(
                        Member.builder().value("bulkId:new").type("User").build()))
                .build();
        BulkBuilder bulk = scim.bulk();
        bulk.failOnErrors(1);
        bulk.bulkRequestOperation(EndpointPaths.GROUPS)
                .method(HttpMethod.POST)
                .bulkId("team")
                .data(team)
                .next();
        bulk.bulkRequestOperation(EndpointPaths.USERS)
                .method(HttpMethod.POST)
                .bulkId("new")
                .data(user(unique("new")))
                .next();

        ServerResponse<BulkResponse> answer = bulk.bulkRequestOperation(
                        EndpointPaths.USERS, old.getId().orElseThrow())
                .method(HttpMethod.DELETE)
                .sendRequest();

        assertThat(answer.getHttpStatus()).isEqualTo(200);
        List<BulkResponseOperation> results = answer.getResource().getBulkResponseOperations();
        assertThat(results).extracting(BulkResponseOperation::getStatus).containsExactly(201, 201, 204);
        assertThat(results.get(1).getBulkId()).hasValue("new");
        String group = id(results.get(0));
        String person = id(results.get(1));
        ServerResponse<Group> read =
                scim.get(Group.class, EndpointPaths.GROUPS, group).sendRequest();
        assertThat(read.getResource().getMembers())
                .extracting(m -> m.getValue().orElseThrow())
                .containsExactly(person);
    }

    private static String id(BulkResponseOperation result) {
        String location = result.getLocation().orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private User create(User user) {
        ServerResponse<User> answer =
                scim.create(User.class, EndpointPaths.USERS).setResource(user).sendRequest();
        assertThat(answer.getHttpStatus()).as(answer.getResponseBody()).isEqualTo(201);
        return answer.getResource();
    }

    private static User user(String userName) {
        return User.builder().userName(userName).build();
    }

    private static List<String> names(ServerResponse<ListResponse<User>> answer) {
        assertThat(answer.isSuccess()).as(answer.getResponseBody()).isTrue();
        return answer.getResource().getListedResources().stream()
                .map(user -> user.getUserName().orElseThrow())
                .toList();
    }
}
