package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.ScimClient.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.scim2.client.ScimService;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.messages.SortOrder;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.EnterpriseUserExtension;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.Manager;
import com.unboundid.scim2.common.types.Member;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.ServiceProviderConfigResource;
import com.unboundid.scim2.common.types.UserResource;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.JerseyClientBuilder;
import org.glassfish.jersey.jnh.connector.JavaNetHttpConnectorProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The SCIM client of UnboundID, as it comes, against this server. It knows nothing of bulk requests.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class UnboundIdClientFlowTest {

    private Client http;
    private ScimService scim;

    @BeforeEach
    void connect() {
        http = JerseyClientBuilder.createClient(
                new ClientConfig().connectorProvider(new JavaNetHttpConnectorProvider()));
        http.register((ClientRequestFilter)
                request -> request.getHeaders().putSingle("Authorization", "Bearer " + ScimClient.TOKEN));
        scim = new ScimService(http.target("http://localhost:" + RestAssured.port + ScimClient.ROOT));
    }

    @AfterEach
    void disconnect() {
        http.close();
    }

    @Test
    void readsWhatTheServerSaysOfItself() throws ScimException {
        ServiceProviderConfigResource config = scim.getServiceProviderConfig();

        assertThat(config.getPatch().isSupported()).isTrue();
        assertThat(config.getBulk().isSupported()).isTrue();
        assertThat(config.getEtag().isSupported()).isTrue();
        assertThat(config.getPagination().supportsCursorPagination()).isTrue();
        assertThat(scim.getResourceTypes().getResources())
                .extracting(type -> type.getName())
                .contains("User", "Group");
        assertThat(scim.getSchemas().getResources())
                .extracting(schema -> schema.getId())
                .contains(ScimClient.USER, ScimClient.ENTERPRISE);
        assertThat(scim.getSchema(ScimClient.GROUP).getName()).isEqualTo("Group");
        assertThat(scim.getResourceType("User").getEndpoint()).hasToString("/Users");
    }

    @Test
    void createsReadsReplacesAndDeletes() throws ScimException {
        UserResource boss = scim.create("Users", new UserResource().setUserName(unique("boss")));
        UserResource draft = new UserResource()
                .setUserName(unique("ada"))
                .setName(new Name().setFamilyName("Lovelace").setGivenName("Ada"))
                .setEmails(
                        new Email().setValue("ada@example.test").setType("work").setPrimary(true));
        draft.setExtension(
                new EnterpriseUserExtension().setDepartment("Data").setManager(new Manager().setValue(boss.getId())));

        UserResource created = scim.create("Users", draft);
        UserResource read = scim.retrieve(created);

        assertThat(read).isEqualTo(created);
        assertThat(read.getEmails()).extracting(Email::getValue).containsExactly("ada@example.test");
        assertThat(read.getExtension(EnterpriseUserExtension.class).getManager().getValue())
                .isEqualTo(boss.getId());

        read.setDisplayName("Ada L");
        UserResource replaced = scim.replace(read);
        assertThat(replaced.getDisplayName()).isEqualTo("Ada L");
        assertThat(scim.retrieve("Users", created.getId(), UserResource.class)).isEqualTo(replaced);

        scim.delete(replaced);
        assertThatThrownBy(() -> scim.retrieve(replaced)).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void learnsOfADuplicate() throws ScimException {
        UserResource ada = scim.create("Users", new UserResource().setUserName(unique("ada")));

        assertThatThrownBy(() -> scim.create("Users", new UserResource().setUserName(ada.getUserName())))
                .isInstanceOfSatisfying(
                        ResourceConflictException.class,
                        e -> assertThat(e.getScimError().getScimType()).isEqualTo("uniqueness"));
    }

    @Test
    void findsByComplexFilters() throws ScimException {
        String family = unique("fam");
        UserResource ada = scim.create("Users", person(family, "Ada", "ada@work.test", true));
        UserResource bo = scim.create("Users", person(family, "Bo", "bo@home.test", true));
        UserResource cy = scim.create("Users", person(family, "Cy", "cy@work.test", false));
        Filter inFamily = Filter.eq("name.familyName", family);

        assertThat(find(Filter.and(
                        inFamily, Filter.fromString("emails[type eq \"work\" and value ew \"@work.test\"]"))))
                .containsExactlyInAnyOrder(ada.getId(), cy.getId());
        assertThat(find(Filter.and(inFamily, Filter.or(Filter.eq("active", false), Filter.sw("name.givenName", "b")))))
                .containsExactlyInAnyOrder(bo.getId(), cy.getId());
        assertThat(find(Filter.and(inFamily, Filter.not(Filter.pr("displayName")), Filter.ne("name.givenName", "Ada"))))
                .containsExactlyInAnyOrder(bo.getId(), cy.getId());
        assertThat(find(Filter.and(
                        inFamily,
                        Filter.gt("meta.created", "2020-01-01T00:00:00Z"),
                        Filter.le("userName", ada.getUserName()))))
                .contains(ada.getId());
    }

    @Test
    void pagesAndSorts() throws ScimException {
        String family = unique("fam");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            names.add(scim.create("Users", person(family, "G" + i, i + "@x.test", true))
                    .getUserName());
        }
        Filter inFamily = Filter.eq("name.familyName", family);

        ListResponse<UserResource> byIndex = scim.searchRequest("Users")
                .filter(inFamily)
                .sort("name.givenName", SortOrder.DESCENDING)
                .page(2, 2)
                .invoke(UserResource.class);
        assertThat(byIndex.getTotalResults()).isEqualTo(5);
        assertThat(byIndex.getStartIndex()).isEqualTo(2);
        assertThat(byIndex.getResources())
                .extracting(UserResource::getUserName)
                .containsExactly(names.get(3), names.get(2));

        List<String> seen = new ArrayList<>();
        ListResponse<UserResource> page = scim.searchRequest("Users")
                .filter(inFamily)
                .firstPageCursorWithCount(2)
                .invoke(UserResource.class);
        while (true) {
            page.forEach(user -> seen.add(user.getUserName()));
            if (page.getNextCursor() == null) {
                break;
            }
            page = scim.searchRequest("Users")
                    .filter(inFamily)
                    .pageWithCursor(page.getNextCursor(), 2)
                    .invokePost(UserResource.class);
        }
        assertThat(seen).containsExactlyElementsOf(names);
    }

    @Test
    void patchesOnCondition() throws ScimException {
        UserResource ada = scim.create("Users", person(unique("fam"), "Ada", "ada@work.test", true));

        UserResource patched = scim.modifyRequest(ada)
                .ifMatch()
                .replaceValue("displayName", "Ada L")
                .addOperation(PatchOperation.replace("emails[type eq \"work\"].value", "new@work.test"))
                .removeValues("name.givenName")
                .invoke();

        assertThat(patched.getDisplayName()).isEqualTo("Ada L");
        assertThat(patched.getEmails()).extracting(Email::getValue).containsExactly("new@work.test");
        assertThat(patched.getName().getGivenName()).isNull();
        assertThatThrownBy(() -> scim.modifyRequest(ada)
                        .ifMatch()
                        .replaceValue("displayName", "Stale")
                        .invoke())
                .isInstanceOf(PreconditionFailedException.class);
        assertThatThrownBy(() -> scim.replaceRequest(ada).ifMatch().invoke())
                .isInstanceOf(PreconditionFailedException.class);
    }

    @Test
    void changesMembership() throws ScimException {
        UserResource ada = scim.create("Users", new UserResource().setUserName(unique("ada")));
        UserResource bo = scim.create("Users", new UserResource().setUserName(unique("bo")));
        GroupResource group = scim.create(
                "Groups",
                new GroupResource().setDisplayName(unique("readers")).setMembers(new Member().setValue(ada.getId())));

        scim.modifyRequest(group)
                .addValues("members", new Member().setValue(bo.getId()))
                .removeValues("members[value eq \"" + ada.getId() + "\"]")
                .invoke(Void.class);

        assertThat(scim.retrieve(group).getMembers())
                .extracting(Member::getValue)
                .containsExactly(bo.getId());
        assertThat(scim.retrieve(bo).getGroups()).extracting(g -> g.getValue()).containsExactly(group.getId());
        assertThat(scim.retrieve(ada).getGroups()).isNullOrEmpty();
    }

    private List<String> find(Filter filter) throws ScimException {
        return scim.search("Users", filter.toString(), UserResource.class).getResources().stream()
                .map(UserResource::getId)
                .toList();
    }

    private static UserResource person(String family, String given, String mail, boolean active) {
        return new UserResource()
                .setUserName(unique(family + given))
                .setName(new Name().setFamilyName(family).setGivenName(given))
                .setEmails(new Email().setValue(mail).setType("work"))
                .setActive(active);
    }
}
