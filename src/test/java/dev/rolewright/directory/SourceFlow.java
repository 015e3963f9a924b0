package dev.rolewright.directory;

import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.audit.AuditLog;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.ResourceType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;

/// A test in which one identity provider speaks to the directory, by a source of its own.
abstract class SourceFlow {

    @Inject
    Directory directory;

    @Inject
    Catalog catalog;

    @Inject
    AuditLog log;

    @Inject
    DataSource store;

    TestSource source;
    ResourceType user;
    ResourceType group;

    @BeforeEach
    void openASource() {
        source = TestSource.create(store);
        user = catalog.type("User").orElseThrow();
        group = catalog.type("Group").orElseThrow();
    }

    /// @param more further attributes
    ObjectNode body(String userName, String more) {
        return json("{\"schemas\": [\"%s\"], \"userName\": \"%s\"%s}"
                .formatted(user.core().id(), userName, more.isEmpty() ? "" : ", " + more));
    }

    List<UUID> members(UUID of) {
        List<UUID> ids = new ArrayList<>();
        try (Members members = directory.members(source.id(), List.of(of))) {
            for (MemberRef member = members.next(); member != null; member = members.next()) {
                assertThat(member.group()).isEqualTo(of);
                ids.add(member.id());
            }
        }
        return ids;
    }

    long total(ResourceType type) {
        return directory
                .search(
                        source.id(),
                        new Query(List.of(type), null, null, new Paging.Index(1, 0), View.PLAIN, "https://example.org"))
                .total();
    }
}
