package dev.rolewright.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.store.StoreFailure;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    private final ContainerRequestContext request = request();

    @Test
    void aStoreThatIsAwayIsNoFaultOfOurs() {
        try (Response answer = new Problems().of(new StoreFailure(new SQLException("gone", "08006")), request)) {
            assertThat(answer.getStatus()).isEqualTo(503);
            assertThat(answer.getHeaderString("Retry-After")).isEqualTo("5");
            assertThat(text(answer)).contains("The store does not answer").doesNotContain("gone");
        }
    }

    @Test
    void aStatementThatMakesNoSenseIs() {
        try (Response answer = new Problems().of(new StoreFailure(new SQLException("hunter2", "42601")), request)) {
            assertThat(answer.getStatus()).isEqualTo(500);
            assertThat(text(answer)).contains("X-Request-Id").doesNotContain("hunter2");
        }
    }

    private static String text(Response answer) {
        return new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
    }

    /// As far as a log line asks for it.
    private static ContainerRequestContext request() {
        UriInfo address = proxy(UriInfo.class, _ -> URI.create("/api/people"));
        return proxy(ContainerRequestContext.class, type -> type == UriInfo.class ? address : "GET");
    }

    private static <T> T proxy(Class<T> type, Function<Class<?>, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                ProblemsTest.class.getClassLoader(),
                new Class<?>[] {type},
                (_, method, _) -> answers.apply(method.getReturnType())));
    }
}
