package dev.rolewright.ops;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class HealthFlowTest {

    @Test
    void isUpWithItsStore() {
        given().when()
                .get("/q/health")
                .then()
                .statusCode(200)
                .body("status", is("UP"))
                .body("checks.name", hasItems("Store takes writes", "Contract"))
                .body("checks.find { it.name == 'Contract' }.data.holds", notNullValue());
    }

    @Test
    void isReadyWhenItsStoreTakesWrites() {
        given().when()
                .get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", hasItems("Store takes writes"));
    }

    @Test
    void countsForPrometheus() {
        given().when()
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("jvm_memory_used_bytes"), containsString("\nstore_ready 1.0\n"));
    }

    @Test
    void documentsItself() {
        given().accept("application/json")
                .when()
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("info.title", is("Rolewright"));
        given().when().get("/q/swagger-ui/").then().statusCode(200).body(containsString("/q/openapi"));
    }
}
