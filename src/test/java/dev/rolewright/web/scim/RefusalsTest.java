package dev.rolewright.web.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.store.StoreFailure;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    /// Of no use to these answers.
    private final RoutingContext exchange = (RoutingContext) Proxy.newProxyInstance(
            RefusalsTest.class.getClassLoader(), new Class<?>[] {RoutingContext.class}, (_, method, _) -> {
                throw new AssertionError(method + " was asked for");
            });

    @Test
    void aStoreThatIsAwayWhileATrailIsWrittenIsAskedAgainLater() {
        try (Response answer = Refusals.answer(new StoreFailure(new SQLException("gone", "57P01")), exchange)) {
            assertThat(answer.getStatus()).isEqualTo(503);
            assertThat(answer.getHeaderString("Retry-After")).isEqualTo("5");
            assertThat(new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8))
                    .contains("urn:ietf:params:scim:api:messages:2.0:Error")
                    .doesNotContain("gone");
        }
    }
}
