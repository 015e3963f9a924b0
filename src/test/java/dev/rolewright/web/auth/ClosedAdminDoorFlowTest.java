package dev.rolewright.web.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(ClosedAdminDoorFlowTest.NoAdmin.class)
class ClosedAdminDoorFlowTest {

    public static class NoAdmin implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rolewright.admin.token", "", "rolewright.management.open-documentation", "false");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer ", "Bearer " + TestTokens.ADMIN, "Basic YWRtaW46", "Basic Og=="})
    void nothingOpensADoorWithoutALock(String authorization) {
        given().header("Authorization", authorization)
                .get("/api/sources")
                .then()
                .statusCode(403)
                .body("detail", containsString("ROLEWRIGHT_ADMIN_TOKEN"));
    }

    @Test
    void norTheDocumentation() {
        given().auth().preemptive().basic("admin", "").get("/q/openapi").then().statusCode(403);
    }
}
