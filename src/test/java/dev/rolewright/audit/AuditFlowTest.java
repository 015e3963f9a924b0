package dev.rolewright.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.model.Caller;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class AuditFlowTest {

    @Inject
    AuditTrail trail;

    @Inject
    AuditLog log;

    @Inject
    DataSource store;

    private final String request = UUID.randomUUID().toString();

    @Test
    void remembersWhoDidWhatInWhichRequest() {
        Instant before = Instant.now().minusSeconds(1);
        Caller caller = new Caller(1, "default", "okta-2026", request, List.of("O5"));

        QuarkusTransaction.requiringNew()
                .run(() -> trail.record(new TokenEvent.Created(caller, "t-17", "rotation", Instant.EPOCH)));

        AuditEntry entry = read(null).getFirst();
        assertThat(entry.at()).isBetween(before, Instant.now().plusSeconds(1));
        assertThat(entry.source()).isEqualTo("default");
        assertThat(entry.actor()).isEqualTo("okta-2026");
        assertThat(entry.action()).isEqualTo("token.created");
        assertThat(entry.subjectType()).isEqualTo("Token");
        assertThat(entry.subjectId()).isEqualTo("t-17");
        assertThat(entry.before()).isNull();
        assertThat(entry.detail().toString())
                .isEqualTo("{\"name\": \"rotation\", \"quirks\": [\"O5\"], \"expires\": \"1970-01-01T00:00:00Z\"}"
                        .replace(": ", ":")
                        .replace(", ", ","));
    }

    @Test
    void sharesTheFateOfTheTransactionItTellsOf() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    trail.record(new SourceEvent.Created(caller(), "contoso"));
                    throw new IllegalStateException("the change failed");
                }))
                .hasMessage("the change failed");

        assertThat(read(null)).isEmpty();
    }

    @Test
    void refusesToWriteOutsideATransaction() {
        AuditEvent event = new SourceEvent.Created(caller(), "contoso");

        assertThatThrownBy(() -> trail.record(event)).hasMessageContaining("ransaction");
        assertThat(read(null)).isEmpty();
    }

    @Test
    void isReadNewestFirstPageByPage() {
        for (String name : List.of("a", "b", "c")) {
            QuarkusTransaction.requiringNew().run(() -> trail.record(new SourceEvent.Created(caller(), name)));
        }

        List<AuditEntry> first = log.read(new AuditQuery(null, null, request, null, null, null, null, null, 2));
        List<AuditEntry> second = log.read(new AuditQuery(
                null, null, request, null, null, null, null, first.getLast().id(), 2));

        assertThat(first).extracting(AuditEntry::subjectId).containsExactly("c", "b");
        assertThat(second).extracting(AuditEntry::subjectId).containsExactly("a");
    }

    @Test
    void filtersBySubjectActorActionSourceAndTime() {
        QuarkusTransaction.requiringNew().run(() -> trail.record(new SourceEvent.Created(caller(), request)));
        Instant at = read(null).getFirst().at();

        assertThat(log.read(new AuditQuery(null, request, null, null, null, null, null, null, 9)))
                .hasSize(1);
        assertThat(log.read(new AuditQuery(
                        "default", request, request, "ada", "source.created", at, at.plusNanos(1000), null, 9)))
                .hasSize(1);
        assertThat(log.read(new AuditQuery("other", request, null, null, null, null, null, null, 9)))
                .isEmpty();
        assertThat(log.read(new AuditQuery(null, request, null, "bob", null, null, null, null, 9)))
                .isEmpty();
        assertThat(log.read(new AuditQuery(null, request, null, null, "source.closed", null, null, null, 9)))
                .isEmpty();
        assertThat(log.read(new AuditQuery(null, request, null, null, null, at.plusNanos(1000), null, null, 9)))
                .isEmpty();
        assertThat(log.read(new AuditQuery(null, request, null, null, null, null, at, null, 9)))
                .isEmpty();
    }

    /// The tests speak to the store as the owner of the table, and as a superuser at that.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_event SET actor = 'nobody'",
                "UPDATE audit_event SET actor = 'nobody' WHERE false",
                "DELETE FROM audit_event",
                "TRUNCATE audit_event",
                "TRUNCATE resource, audit_event CASCADE",
                "MERGE INTO audit_event e USING (SELECT 1 AS one) o ON e.id > 0 WHEN MATCHED THEN DELETE",
                "SET session_replication_role = 'replica'; DELETE FROM audit_event",
            })
    void cannotBeRewrittenEvenByItsOwner(String tampering) throws SQLException {
        QuarkusTransaction.requiringNew().run(() -> trail.record(new SourceEvent.Created(caller(), "contoso")));

        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            try {
                assertThatThrownBy(() -> statement.execute(tampering)).hasMessageContaining("append-only");
            } finally {
                statement.execute("RESET session_replication_role");
            }
        }
        assertThat(read("ada")).hasSize(1);
    }

    private Caller caller() {
        return new Caller(1, "default", "ada", request, List.of());
    }

    private List<AuditEntry> read(String actor) {
        return log.read(new AuditQuery(null, null, request, actor, null, null, null, null, 9));
    }
}
